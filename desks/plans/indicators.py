"""What of plans, services and follow-ups is counted of a case, and the figure of services."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Max, Min
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desks.cases.closures import FOLLOW_UP_MONTHS, in_months
from desks.cases.states import EntryKind, Stage
from desks.desk.states import Service
from desks.facts.actions import declares_facts
from desks.facts.deadlines import days_until
from desks.facts.indicators import of_facts
from desks.facts.states import ReviewTime, StepTime
from desks.plans.clocks import PLAN_DAYS, REVIEW_DAYS, REVIEW_MONTHS
from desks.plans.states import ServiceState
from desks.reports.states import Risk
from desks.retention.indicators import DeskPeriod
from victor.indicators.declarations import Breakdown, Indicator, declares_indicators

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from desks.cases.models import Case
    from desks.facts.ciphertexts import Facts

# The letter of each state, and which state counts where a child has one service several times: the first of them.
LETTERS = {
    ServiceState.PROVIDED: "p",
    ServiceState.ENDED: "e",
    ServiceState.ACCEPTED: "a",
    ServiceState.OFFERED: "o",
    ServiceState.REQUESTED: "r",
    ServiceState.DECLINED: "d",
}
STATES = {letter: state for state, letter in LETTERS.items()}
NO_SERVICE = "-"
SERVICES = tuple(Service)  # each has its place in the facts: a new one comes at the end

SERVICE = Breakdown("service", _("Service"), tuple(Service.choices))
STATE = Breakdown("service_state", _("Status"), tuple(ServiceState.choices))


@declares_facts
def facts_of_plan(case: Case) -> Mapping[str, object]:
    """Services by state, whether plan and reviews were in time, and whether the child was safe after closing."""
    safe_6, safe_12 = _answers_after_closing(case)
    plan_step, plan_days = _plan_step(case)
    facts = {"plan_step": plan_step, "plan_days": plan_days, "review_step": _review_step(case)}
    return {"services": _services(case), "safe_6": safe_6, "safe_12": safe_12, **facts}


def _services(case: Case) -> str:
    """A letter for each of the services, in their order; empty where there is none."""
    rows = set(case.services.values_list("service", "state"))
    letters = [
        next((letter for state, letter in LETTERS.items() if (service, state) in rows), NO_SERVICE)
        for service in SERVICES
    ]
    return "".join(letters) if rows else ""


def _plan_step(case: Case) -> tuple[str, int | None]:
    if case.stage == Stage.OPENED:
        return "", None
    agreed_on = case.plans.aggregate(day=Min("agreed_on"))["day"]
    if agreed_on is None:
        return StepTime.OPEN if case.is_running else "", None
    assessed = case.timeline.filter(kind=EntryKind.STAGE, code=Stage.ASSESSED).aggregate(at=Max("made_at"))["at"]
    if assessed is None:
        return "", None
    is_late = agreed_on > timezone.localdate(assessed, case.desk.zone) + timedelta(days=PLAN_DAYS)
    days = days_until(agreed_on, since=assessed, case=case)
    return StepTime.LATE if is_late else StepTime.IN_TIME, days


def _review_step(case: Case) -> str:
    """Whether every review of the support was held by the day on which it was due."""
    starts = [day for day, stage in _entries(case, EntryKind.STAGE) if stage == Stage.IN_SUPPORT]
    if not starts:
        return ""
    rows = case.reviews.filter(held_on__gte=starts[0]).order_by("held_on", "pk").values_list("held_on", "planned_on")
    days = [(held_on, planned_on) for held_on, planned_on in rows if held_on is not None]
    if not days:
        return ReviewTime.NONE
    risks, earlier = _entries(case, EntryKind.RISK), list(starts)
    for day, planned_on in days:
        if day > _due_day(day, planned_on, since=max(known for known in earlier if known <= day), risks=risks):
            return ReviewTime.LATE
        earlier.append(day)
    return ReviewTime.ALL


def _entries(case: Case, kind: EntryKind) -> list[tuple[date, str]]:
    """The days on which the timeline of a case says this, with the codes."""
    rows = case.timeline.filter(kind=kind).order_by("made_at", "pk").values_list("made_at", "code")
    return [(timezone.localdate(moment, case.desk.zone), code) for moment, code in rows]


def _due_day(held_on: date, planned_on: date | None, *, since: date, risks: Sequence[tuple[date, str]]) -> date:
    """When a review was due that was held, by the risk of that day."""
    days = [in_months(since, REVIEW_MONTHS), planned_on or date.max]
    risk_on, risk = [(since, ""), *(entry for entry in risks if entry[0] <= held_on)][-1]
    if risk in REVIEW_DAYS:
        days.append(max(since, risk_on) + timedelta(days=REVIEW_DAYS[Risk(risk)]))
    return min(days)


def _answers_after_closing(case: Case) -> tuple[str, str]:
    """What the follow-ups of the last closing found, after six and after twelve months."""
    if case.stage != Stage.CLOSED or case.closed_at is None:
        return "", ""
    middle = in_months(timezone.localdate(case.closed_at), sum(FOLLOW_UP_MONTHS) // 2)
    first = second = ""
    for row in case.follow_ups.filter(task__made_at__gte=case.closed_at).select_related("task"):
        if row.task.due_at and timezone.localdate(row.task.due_at) > middle:
            second = row.safe
        else:
            first = row.safe
    return first, second


def _service_kinds(facts: Facts) -> list[tuple[str, ...]]:
    pairs = zip(SERVICES, facts.services, strict=False)
    return [(service.value, STATES[letter].value) for service, letter in pairs if letter in STATES]


CASE_SERVICES = Indicator(
    key="case_services",
    name=_("Services for children"),
    definition=_(
        "Services of the cases opened in the period, with their status today. "
        "A child who has one service several times is counted once for it."
    ),
    unit=_("services"),
    breakdowns=(SERVICE, STATE),
    tables=(("service", "service_state"),),
    **of_facts(_service_kinds),
)


@declares_indicators("desks", rank=32)
def plan_indicators(scope: DeskPeriod) -> list[Indicator]:
    """What is reported of services."""
    return [CASE_SERVICES]
