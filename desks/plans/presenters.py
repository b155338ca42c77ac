"""What pages show of plans, services and reviews: each text with its words, decrypted where the vault is open."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from desks.cases.case_page import Reading, Written
from desks.cases.clocks import due_in_words
from desks.cases.states import GuardianState
from desks.plans.casework import FollowUp, Review, ServiceRow, ServiceStep
from desks.plans.clocks import SERVICE
from desks.plans.code_lists import GoalKind
from desks.plans.completeness import RETURN_NEEDS, ReturnNeed
from desks.plans.forms import RETURN_DAYS, PlanForm, goal_labels
from desks.plans.gates import is_agreed_by_all
from desks.plans.models import Goal, Plan, PlanSignature
from desks.plans.states import (
    OPEN_SERVICES,
    SERVICE_MOVES,
    VALID_STATES,
    GoalState,
    PlanState,
    ServiceState,
)
from desks.plans.step_forms import ReviewForm, ServiceForm
from victor.formatting import long_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from django.forms import Form

    from desks.cases.models import Case, Sealed
    from desks.cases.sections import CaseReader

Lines = list[tuple[str, str]]


@dataclass(frozen=True)
class ShownGoal:
    """A goal, with its words where they can be read."""

    row: Goal
    lines: Lines
    may_end: bool


@dataclass(frozen=True)
class Shown:
    """A row with its words."""

    row: Sealed
    words: Written | None
    lines: Lines = field(default_factory=list)


@dataclass(frozen=True)
class ShownPlan:
    """A version of a plan with its goals and what people have answered."""

    row: Plan
    words: Written | None
    lines: Lines
    goals: Sequence[ShownGoal]
    signatures: Sequence[Shown]
    is_own: bool
    lacks_agreement: bool

    @property
    def waits(self) -> bool:
        """Whether a supervisor has to agree."""
        return self.row.state == PlanState.ASKED

    @property
    def is_valid(self) -> bool:
        """Whether people can be asked for their agreement."""
        return self.row.state in VALID_STATES


@dataclass
class PlanOfCase:
    """The section of a case's page: what counts, the draft, texts that wait for a choice, what was replaced."""

    current: list[ShownPlan] = field(default_factory=list)
    draft: ShownPlan | None = None
    seconds: list[ShownPlan] = field(default_factory=list)
    earlier: list[ShownPlan] = field(default_factory=list)
    planned: Review | None = None
    reviews: Sequence[Shown] = ()
    follow_ups: Sequence[Shown] = ()
    guardian: str = ""

    @property
    def verb(self) -> str:
        """What can be written now."""
        if self.draft is not None:
            return _("Go on with the draft")
        versions = [plan.row.version for plan in [*self.current, *self.earlier]]
        return _("Write version %(number)d") % {"number": max(versions, default=0) + 1}

    def add(self, plan: ShownPlan) -> None:
        """Put a text where it belongs. What was set aside is kept and not shown."""
        if plan.row.state == PlanState.DRAFT:
            self.draft = plan
        elif plan.row.state == PlanState.SECOND:
            self.seconds.append(plan)
        elif plan.row.state == PlanState.SUPERSEDED:
            self.earlier.append(plan)
        else:
            self.current.append(plan)


def plan_of_case(reader: CaseReader) -> PlanOfCase:
    """The plan of a case, version by version, and its reviews."""
    shown = plans_of_case(reader)
    reviews = list(Review.objects.filter(case=reader.case).select_related("author", "envelope__key"))
    follow_ups = list(FollowUp.objects.filter(case=reader.case).select_related("author", "envelope__key"))
    reading = Reading(reader, [*reviews, *follow_ups])
    shown.planned = next((review for review in reviews if review.held_on is None), None)
    shown.reviews = [_shown(row, reading, ReviewForm) for row in reviews if row.held_on is not None]
    shown.follow_ups = [Shown(row, reading.of(row)) for row in follow_ups]
    shown.guardian = _about_guardian(reader.case)
    return shown


def plans_of_case(reader: CaseReader) -> PlanOfCase:
    """The versions of a plan, the newest first."""
    rows = Plan.objects.filter(case=reader.case).exclude(state=PlanState.SET_ASIDE)
    plans = list(rows.select_related("author", "approver", "envelope__key").prefetch_related("goals"))
    signatures = list(PlanSignature.objects.filter(plan__in=plans).select_related("author", "envelope__key"))
    reading, shown = Reading(reader, [*plans, *signatures]), PlanOfCase()
    for row in plans:
        words = reading.of(row)
        content = words.content if words is not None and not words.is_damaged else {}
        own = [Shown(signature, reading.of(signature)) for signature in signatures if signature.plan_id == row.pk]
        shown.add(
            ShownPlan(
                row=row,
                words=words,
                lines=plan_lines(content),
                goals=_goals(row, content),
                signatures=own,
                is_own=reader.user.pk in {row.author_id, *row.writers},
                lacks_agreement=row.state in VALID_STATES and not is_agreed_by_all(reader.case, row),
            )
        )
    return shown


def _goals(row: Plan, content: Mapping[str, object]) -> list[ShownGoal]:
    texts = content.get("goals")
    words = texts if isinstance(texts, list) else []
    labels = goal_labels()
    shown = []
    for goal in row.goals.all():
        own = words[goal.number - 1] if goal.number <= len(words) else {}
        lines = [(str(labels[name]), str(own[name])) for name in labels if own.get(name)]
        may_end = row.state in VALID_STATES and goal.state == GoalState.OPEN
        shown.append(ShownGoal(goal, lines, may_end))
    return shown


def plan_lines(content: Mapping[str, object]) -> Lines:
    """The words of a plan, each with its name. What nobody wrote is not shown as if it were empty."""
    lines = lines_of(PlanForm, {name: value for name, value in content.items() if name not in RETURN_DAYS})
    days = [(name, str(content[name])) for name in RETURN_DAYS if content.get(name)]
    return lines + [(str(PlanForm.base_fields[name].label), long_day(date.fromisoformat(day))) for name, day in days]


def lines_of(form: type[Form], content: Mapping[str, object]) -> Lines:
    """What was typed into a form, each value with the name of its field."""
    fields = form.base_fields
    return [(str(fields[name].label), str(content[name])) for name in fields if content.get(name)]


def _shown(row: Sealed, reading: Reading, form: type[Form]) -> Shown:
    words = reading.of(row)
    return Shown(row, words, lines_of(form, words.content) if words else [])


def _about_guardian(case: Case) -> str:
    """Why there is no guardian to ask, where there is none."""
    if case.guardian_state == GuardianState.REQUESTED and case.guardian_at:
        return _(
            "No guardian yet. The request of %(day)s counts; agreement is asked again once there is a guardian."
        ) % {"day": long_day(case.guardian_at)}
    return ""


def return_needs(plan: ShownPlan | None) -> Sequence[ReturnNeed]:
    """What has to be there where a plan returns the child to another country."""
    kinds = {goal.row.kind for goal in plan.goals} if plan else set()
    return RETURN_NEEDS if GoalKind.SAFE_RETURN in kinds else ()


@dataclass(frozen=True)
class ShownService:
    """A service, what was done, until when it is needed, and what can be recorded now."""

    row: ServiceRow
    words: Written | None
    lines: Lines
    steps: Sequence[Shown]
    due: str
    is_late: bool

    @property
    def is_open(self) -> bool:
        """Whether it is neither declined nor ended."""
        return self.row.state in OPEN_SERVICES

    @property
    def lacks_basis(self) -> bool:
        """Whether nothing says why it may be given."""
        return self.is_open and not self.row.basis

    @property
    def moves(self) -> list[ServiceState]:
        """Where it can go from here."""
        return [state for state, starts in SERVICE_MOVES.items() if self.row.state in starts]


@dataclass(frozen=True)
class ServicesOfCase:
    """The section of a case's page."""

    open: Sequence[ShownService]
    ended: Sequence[ShownService]

    @property
    def without_basis(self) -> str:
        """The open services that nobody may give yet, in words."""
        return ", ".join(str(shown.row.get_service_display()) for shown in self.open if shown.lacks_basis)


def services_of_case(reader: CaseReader) -> ServicesOfCase:
    """The services for a child, those that are open first."""
    rows = list(ServiceRow.objects.filter(case=reader.case).select_related("author", "country", "envelope__key"))
    steps = list(ServiceStep.objects.filter(service__in=rows).select_related("author", "envelope__key"))
    due = dict(reader.case.clocks.filter(kind=SERVICE).values_list("source", "due_at"))
    reading, now = Reading(reader, [*rows, *steps]), timezone.now()
    shown = [_service(row, steps, reading, due.get(f"desks.servicerow:{row.pk}"), now) for row in rows]
    return ServicesOfCase(
        [service for service in shown if service.is_open], [service for service in shown if not service.is_open]
    )


def _service(
    row: ServiceRow, steps: list[ServiceStep], reading: Reading, due: datetime | None, now: datetime
) -> ShownService:
    words = reading.of(row)
    return ShownService(
        row=row,
        words=words,
        lines=lines_of(ServiceForm, words.content) if words else [],
        steps=[Shown(step, reading.of(step)) for step in steps if step.service_id == row.pk],
        due=due_in_words(SERVICE, due, now) if due else "",
        is_late=due is not None and due <= now,
    )
