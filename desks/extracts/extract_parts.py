"""The parts of an extract: two registries, which other slices join. Each part says who may get it.

Some parts are chosen whole. Of others each thing is chosen by itself: notes and papers go out one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from django.utils.translation import gettext_lazy as _

from desks.cases.case_page import current_blocks, named_lines
from desks.cases.casework import StatusDecision
from desks.cases.code_lists import Block, Sensitivity, StatusBody
from desks.cases.envelopes import DAMAGED, paper_of, read_words
from desks.cases.models import TimelineEntry
from desks.cases.states import NOTE_KINDS, EntryKind, VictimStatus
from desks.desk.states import Service
from desks.extracts.states import FAMILIAR, OFFICIAL, Receiver
from desks.placements.models import Placement, PlacementText
from desks.placements.place_words import PLACE_WORDS, named_words
from desks.plans.casework import ServiceRow
from desks.plans.code_lists import GoalKind
from desks.plans.forms import RETURN_DAYS, RETURN_WORDS, goal_labels
from desks.plans.models import Goal, Plan
from desks.plans.presenters import plan_lines
from desks.plans.states import GoalState, ServiceState
from victor.formatting import long_day, short_moment
from victor.forms.numbers import read_digits
from victor.vault.errors import Unopenable

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

    from desks.cases.models import Case, Sealed
    from victor.vault.keys.keyring import UnlockedVault

Lines: TypeAlias = "Sequence[tuple[str, str]]"
# Labels and values, asked for only in the language of the paper.
MakeLines: TypeAlias = "Callable[[], Lines]"


@dataclass(frozen=True)
class ExtractPart:
    """A part: its name, its title, who may get it, and what reads it with an open vault."""

    name: str
    title: StrOrPromise
    receivers: frozenset[Receiver]
    read: Callable[[Case, UnlockedVault], MakeLines]


@dataclass(frozen=True)
class ListedPart:
    """A part of which each thing is chosen by itself. `list_choices` names them by number, without an open vault."""

    name: str
    title: StrOrPromise
    receivers: frozenset[Receiver]
    list_choices: Callable[[Case], Sequence[tuple[int, str]]]
    read: Callable[[Sequence[int], Case, UnlockedVault], MakeLines]

    def code_of(self, number: int) -> str:
        """How one thing of it is called in the choice, and in the row of a paper: "notes-12"."""
        return f"{self.name}-{number}"

    def numbers_in(self, codes: Iterable[str]) -> list[int]:
        """What a choice holds of it."""
        prefix = f"{self.name}-"
        numbers = [read_digits(code.removeprefix(prefix)) for code in codes if code.startswith(prefix)]
        return [number for number in numbers if number is not None]


PARTS: dict[str, ExtractPart] = {}
LISTED: dict[str, ListedPart] = {}
MAX_LISTED = 200  # the newest
EVERYBODY = frozenset(Receiver)
# Of the place where a child lives: what whoever helps the child needs.
OF_PLACE = tuple(word for word in PLACE_WORDS if word.name in {"address", "carers"})
OF_RETURN = frozenset({*RETURN_WORDS, *RETURN_DAYS})


def add_extract_part(part: ExtractPart) -> ExtractPart:
    """Offer a part for extracts."""
    PARTS[part.name] = part
    return part


def add_listed_part(part: ListedPart) -> ListedPart:
    """Offer the things of a part for extracts, one by one."""
    LISTED[part.name] = part
    return part


def titles_of(codes: Iterable[str]) -> list[str]:
    """What the parts of a choice are called, each once."""
    chosen = list(codes)
    whole = [str(part.title) for part in PARTS.values() if part.name in chosen]
    return whole + [str(part.title) for part in LISTED.values() if part.numbers_in(chosen)]


def read_row(case: Case, row: Sealed | None, by: UnlockedVault) -> Mapping[str, object]:
    """The words of a row; none where there is no row.

    Raises:
        NoGrant, Unopenable: the record cannot be read, or was altered.
    """
    return read_rows(case, [row], by)[row.envelope_id] if row is not None else {}


def read_rows(case: Case, rows: Sequence[Sealed], by: UnlockedVault) -> Mapping[UUID, Mapping[str, object]]:
    """The words of several rows, by envelope.

    Raises:
        NoGrant, Unopenable: as above.
    """
    contents = read_words(case, rows, by=by)
    if DAMAGED in contents.values():
        raise Unopenable
    return contents


def _read_block(block: Block) -> Callable[[Case, UnlockedVault], MakeLines]:
    def read(case: Case, by: UnlockedVault) -> MakeLines:
        content = read_row(case, next(iter(current_blocks(case, [block])), None), by)
        return lambda: named_lines(block, content)

    return read


def _read_place(case: Case, by: UnlockedVault) -> MakeLines:
    place = Placement.objects.current().filter(case=case).first()
    text = PlacementText.objects.saved().filter(placement=place).first() if place else None
    content = read_row(case, text, by)

    def lines() -> Lines:
        kind = [(str(_("Where the child lives")), str(place.get_kind_display()))] if place else []
        return [*kind, *named_words(OF_PLACE, content)]

    return lines


def _read_standing(case: Case, by: UnlockedVault) -> MakeLines:
    """Where the case stands, in codes: no vault is asked, but the paper is made by somebody who has one."""
    return lambda: [
        (str(_("Age")), str(case.get_age_band_display())),
        (str(_("Without parent or guardian")), str(case.get_unaccompanied_display())),
        (str(_("Guardian")), str(case.get_guardian_state_display())),
        (str(_("Risk")), str(case.get_risk_display())),
        (str(_("Status")), str(case.get_victim_status_display())),
    ]


def _valid_plan(case: Case) -> Plan | None:
    """The plan that counts. What is being written, or waits for a supervisor, is on no paper."""
    return Plan.objects.valid().filter(case=case).prefetch_related("goals").first()


def _read_plan(case: Case, by: UnlockedVault) -> MakeLines:
    """The words of the plan and its goals. What a return needs is a part of its own."""
    plan = _valid_plan(case)
    content = read_row(case, plan, by)
    texts = content.get("goals")
    words = texts if isinstance(texts, list) else []
    goals = [(goal, words[goal.number - 1]) for goal in plan.goals.all() if goal.number <= len(words)] if plan else []
    shown = {name: value for name, value in content.items() if name not in {*OF_RETURN, "goals", "changed"}}
    return lambda: [*plan_lines(shown), *(line for goal, own in goals for line in _goal_lines(goal, own))]


def _goal_lines(goal: Goal, words: Mapping[str, str]) -> Lines:
    """A goal, without its kind: the name of a kind can tell what happened."""
    title, labels = _("Goal %(number)s") % {"number": goal.number}, goal_labels()
    lines = [(f"{title} · {labels[name]}", words[name]) for name in labels if words.get(name)]
    if goal.planned_on:
        lines.append((f"{title} · {labels['planned_on']}", long_day(goal.planned_on)))
    if goal.state != GoalState.OPEN and goal.ended_on:
        lines.append((f"{title} · {GoalState(goal.state).label}", long_day(goal.ended_on)))
    return lines


def _read_return(case: Case, by: UnlockedVault) -> MakeLines:
    content = read_row(case, _valid_plan(case), by)
    return lambda: plan_lines({name: value for name, value in content.items() if name in OF_RETURN})


def _read_services(case: Case, by: UnlockedVault) -> MakeLines:
    """The services that were not declined, each with where it stands and who gives it."""
    services = ServiceRow.objects.filter(case=case).exclude(state=ServiceState.DECLINED)
    rows = list(services.select_related("envelope__key"))
    contents = read_rows(case, rows, by)
    return lambda: [_service_line(row, contents[row.envelope_id]) for row in rows]


def _service_line(row: ServiceRow, words: Mapping[str, object]) -> tuple[str, str]:
    day = row.ended_on or row.provided_on or row.answered_on or row.offered_on or row.requested_on
    facts = [str(ServiceState(row.state).label), long_day(day), str(words.get("provider", ""))]
    return str(Service(row.service).label), " · ".join(fact for fact in facts if fact)


def _notes(case: Case) -> QuerySet[TimelineEntry]:
    """The notes that may leave the desk, the newest first. A sensitive one never does."""
    return TimelineEntry.objects.filter(case=case, kind__in=NOTE_KINDS, sensitivity=Sensitivity.NORMAL).order_by(
        "-made_at", "-pk"
    )


def _list_notes(case: Case) -> Sequence[tuple[int, str]]:
    rows = _notes(case).select_related("author")[:MAX_LISTED]
    names = [(row, row.author.name if row.author else "") for row in rows]
    return [
        (row.pk, " · ".join(filter(None, [short_moment(row.made_at), str(EntryKind(row.kind).label), name])))
        for row, name in names
    ]


def _read_notes(numbers: Sequence[int], case: Case, by: UnlockedVault) -> MakeLines:
    rows = list(_notes(case).filter(pk__in=numbers).select_related("envelope__key").reverse())
    contents = read_rows(case, rows, by)
    written = [(row, contents[row.envelope_id]) for row in rows if row.envelope_id is not None]
    return lambda: [
        (f"{EntryKind(row.kind).label} · {long_day(row.made_at)}", str(words["text"])) for row, words in written
    ]


def _papers(case: Case) -> QuerySet[StatusDecision]:
    """The decisions of which the record holds the paper."""
    return StatusDecision.objects.filter(case=case, paper__isnull=False)


def _list_papers(case: Case) -> Sequence[tuple[int, str]]:
    return [(row.pk, " · ".join(_paper_line(row))) for row in _papers(case).order_by("-made_at", "-pk")[:MAX_LISTED]]


def _read_papers(numbers: Sequence[int], case: Case, by: UnlockedVault) -> MakeLines:
    """The names of the papers and their dates. The papers themselves are downloaded one by one."""
    rows = list(_papers(case).filter(pk__in=numbers).select_related("paper"))
    for row in rows:
        paper_of(case, row)
    return lambda: [_paper_line(row) for row in rows]


def _paper_line(row: StatusDecision) -> tuple[str, str]:
    return long_day(row.decided_on), f"{VictimStatus(row.status).label} · {StatusBody(row.body).label}"


add_extract_part(ExtractPart("standing", _("Where the case stands"), OFFICIAL, _read_standing))
for block in Block:
    receivers = OFFICIAL if block == Block.SAFETY else EVERYBODY
    add_extract_part(ExtractPart(str(block), block.label, receivers, _read_block(block)))
add_extract_part(ExtractPart("place", _("Place to live"), EVERYBODY, _read_place))
add_extract_part(ExtractPart("plan", _("Plan and goals"), FAMILIAR, _read_plan))
add_extract_part(ExtractPart("return", GoalKind.SAFE_RETURN.label, OFFICIAL, _read_return))
add_extract_part(ExtractPart("services", _("Services"), FAMILIAR, _read_services))
add_listed_part(ListedPart("notes", _("Notes"), EVERYBODY, _list_notes, _read_notes))
add_listed_part(ListedPart("documents", _("Papers of decisions"), OFFICIAL, _list_papers, _read_papers))
