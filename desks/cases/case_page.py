"""What the page of a case shows. Everything is loaded, and decrypted where the vault is open, before it renders."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from desks.cases.casework import IdentityBlock, Task
from desks.cases.clocks import CLOCK_KINDS, due_in_words
from desks.cases.code_lists import AssignmentReason, Block, ClosureOutcome, RelativeKind
from desks.cases.decisions import open_request
from desks.cases.envelopes import DAMAGED, read_words
from desks.cases.gates import Gate, next_gate
from desks.cases.models import Case, Sealed, TimelineEntry
from desks.cases.record_forms import block_labels
from desks.cases.requests import MoveRequest
from desks.cases.sections import CaseReader, CaseSection, sections_in_order
from desks.cases.states import (
    BlockState,
    CaseMove,
    EntryKind,
    GuardianState,
    RequestState,
    Stage,
    TaskState,
    VictimStatus,
)
from desks.cases.steps import Rights, Step, offered_steps
from desks.desk.rules import leads
from desks.reports.states import Risk

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from django_stubs_ext import StrOrPromise

    from victor.accounts.models import User

LAST_ENTRIES = 5
MERGE_KINDS = frozenset({EntryKind.MERGED, EntryKind.MERGE_UNDONE})  # their code is the reference of the other case
# In which code list the code of a row of the timeline stands.
CODE_LISTS: dict[str, Any] = {
    EntryKind.RISK: Risk,
    EntryKind.STAGE: Stage,
    EntryKind.STATUS: VictimStatus,
    EntryKind.GUARDIAN: GuardianState,
    EntryKind.CHILD: Block,
    EntryKind.ASSIGNED: AssignmentReason,
    EntryKind.RELATIVE: RelativeKind,
    EntryKind.TASK: TaskState,
    EntryKind.ASKED: CaseMove,
    EntryKind.RETURNED: CaseMove,
}


@dataclass(frozen=True)
class Written:
    """Words of an envelope: readable, covered while the vault is locked, or damaged. They are never simply empty."""

    content: dict[str, object] = field(default_factory=dict)
    is_locked: bool = False

    @property
    def is_damaged(self) -> bool:
        """Whether somebody has altered what was written."""
        return self.content is DAMAGED

    @property
    def text(self) -> str:
        """The words of a note, a task, a reason."""
        return str(self.content.get("text", ""))


class Reading:
    """What is written in some rows of a case, by row."""

    def __init__(self, reader: CaseReader, rows: Iterable[Sealed]) -> None:
        self.is_locked = reader.vault is None
        self.contents: dict[UUID, dict[str, object]] = {}
        if reader.vault is not None:
            self.contents = read_words(reader.case, rows, by=reader.vault)

    def of(self, row: Sealed) -> Written | None:
        """The words of a row; None where it has none."""
        if row.envelope_id is None:
            return None
        if self.is_locked:
            return Written(is_locked=True)
        return Written(self.contents.get(row.envelope_id, DAMAGED))


@dataclass(frozen=True)
class Entry:
    """A row of the timeline, with its words."""

    row: TimelineEntry
    words: Written | None
    origin: str = ""  # the merged case from which it comes

    @property
    def title(self) -> str:
        """What it tells: "Risk: High", "Note"."""
        kind = EntryKind(self.row.kind)
        if kind in MERGE_KINDS:
            return f"{kind.label}: {self.row.code}"
        values = CODE_LISTS.get(kind)
        if values is None or self.row.code not in values.values:
            return str(kind.label)
        return f"{kind.label}: {values(self.row.code).label}"


@dataclass(frozen=True)
class OpenTask:
    """A task that waits, with its words, and until when."""

    row: Task
    words: Written | None
    due: str
    is_late: bool


@dataclass(frozen=True)
class OpenRequest:
    """A decision that somebody asks for."""

    row: MoveRequest
    words: Written | None
    outcome: str
    is_own: bool
    may_decide: bool
    into: str  # the case with which it is to be merged


def clock_lines(case: Case, now: datetime) -> list[tuple[str, bool]]:
    """The clocks of a case in words, the soonest first, and whether each is late."""
    return [(due_in_words(clock.kind, clock.due_at, now), clock.due_at <= now) for clock in case.clocks.all()]


def entries(reader: CaseReader, rows: Sequence[TimelineEntry], *, origin: str = "") -> list[Entry]:
    """Rows of the timeline with their words."""
    reading = Reading(reader, rows)
    return [Entry(row, reading.of(row), origin) for row in rows]


class CasePage:
    """The page of a case: its header, the gate, what is open, the last rows of the timeline.

    Raises:
        NoGrant: the key of whoever reads does not open the case.
        Unopenable: the row of the case itself was altered.
    """

    def __init__(self, reader: CaseReader) -> None:
        case, now = reader.case, timezone.now()
        self.case, self.reader = case, reader
        self.clocks = clock_lines(case, now)
        rows = list(case.timeline.select_related("author", "concerned", "envelope__key")[:LAST_ENTRIES])
        tasks = list(case.tasks.filter(state=TaskState.OPEN).select_related("owner", "envelope__key"))
        request = case.requests.filter(state=RequestState.ASKED).select_related("author", "envelope__key").first()
        safety = current_blocks(case, [Block.SAFETY])
        requests = [request] if request else []
        reading = Reading(reader, [*rows, *tasks, *requests, *safety])
        self.entries = [Entry(row, reading.of(row)) for row in rows]
        self.tasks = [
            OpenTask(
                task,
                reading.of(task),
                due_in_words("task", task.due_at, now) if task.due_at else "",
                task.due_at is not None and task.due_at <= now,
            )
            for task in tasks
        ]
        self.safety = reading.of(safety[0]) if safety else None
        self.request = _open_request(request, reading, reader.user) if request else None
        self.status_request = open_request(case) if case.is_running else None
        self.gate: Gate | None = next_gate(case) if case.is_running else None

    @property
    def sections(self) -> list[CaseSection]:
        """The sections that have a page of their own."""
        return sections_in_order()

    @property
    def safety_lines(self) -> list[tuple[str, str]]:
        """The rule of safe contact, each part with its name."""
        return named_lines(Block.SAFETY, self.safety.content) if self.safety else []


def _open_request(request: MoveRequest, reading: Reading, user: User) -> OpenRequest:
    closure = getattr(request, "closure", None) if request.move == CaseMove.CLOSE else None
    outcome = str(ClosureOutcome(closure.outcome).label) if closure else ""
    into = _other_of(request, user) if request.move == CaseMove.MERGE else ""
    is_own = request.author_id == user.pk
    may_decide = not is_own and leads(user, request.case.desk)
    return OpenRequest(request, reading.of(request), outcome, is_own, may_decide, into)


def _other_of(request: MoveRequest, user: User) -> str:
    """The case with which somebody asks to merge, if the reader may open it."""
    others = Case.objects.visible_to(user).filter(merges__request=request)
    return others.values_list("reference", flat=True).first() or ""


def current_blocks(case: Case, blocks: Iterable[Block] = Block) -> list[IdentityBlock]:
    """The version of each part that counts."""
    saved = IdentityBlock.objects.filter(case=case, block__in=list(blocks), state=BlockState.SAVED)
    newest = saved.order_by("block", "-number").distinct("block")
    return list(newest.select_related("author", "envelope__key"))


def named_lines(block: Block, content: Mapping[str, object]) -> list[tuple[str, str]]:
    """What is written in a part, each value with the name of its field."""
    labels = block_labels(block)
    return [(labels[name], str(content[name])) for name in labels if content.get(name) not in (None, "")]


def name_of(content: Mapping[str, object]) -> str:
    """How a child is called, for the column of names."""
    return " ".join(str(content[part]) for part in ("given", "family") if content.get(part))


@dataclass(frozen=True)
class CaseRow:
    """A case in the list, with its soonest clock in words; its name only where somebody asked for names."""

    case: Case
    due: str
    is_late: bool
    name: str = ""

    @property
    def flags(self) -> list[str]:
        """What one has to see at once."""
        guardian = GuardianState(self.case.guardian_state)
        waits = {GuardianState.NONE, GuardianState.REQUESTED, GuardianState.REFUSED, GuardianState.ENDED}
        flags = [str(guardian.label)] if self.case.presumed_at and guardian in waits else []
        running = {clock.kind for clock in self.case.clocks.all()}
        return flags + [str(kind.flag) for name, kind in CLOCK_KINDS.items() if kind.flag and name in running]


def case_rows(cases: Sequence[Case], names: Mapping[UUID, str], now: datetime) -> list[CaseRow]:
    """The rows of a list. The clocks of all of them are one query."""
    rows = []
    for case in cases:
        clock = next(iter(case.clocks.all()), None)
        due = due_in_words(clock.kind, clock.due_at, now) if clock else ""
        rows.append(CaseRow(case, due, clock is not None and clock.due_at <= now, names.get(case.pk, "")))
    return rows


@dataclass(frozen=True)
class StepLink:
    """The words of a step, and the path of its page."""

    title: StrOrPromise
    url: str


@dataclass(frozen=True)
class StepLinks:
    """What a reader can do next with a case. What is rare stands under "More"."""

    usual: Sequence[StepLink]
    rare: Sequence[StepLink]


def step_links(case: Case, user: User, rights: Rights, section: str) -> StepLinks:
    """The steps that the server accepts from this reader: on the first page of a case all, else those of a section."""
    steps = [step for step in offered_steps(case, user) if section in {"now", step.section}]
    on_people = section in {"now", "people"}
    usual = [_step_link(case, step) for step in steps if not step.is_rare]
    rare = [_step_link(case, step) for step in steps if step.is_rare]
    if on_people and rights.may_status:
        usual.append(_page_link(case, gettext_lazy("Status of the child"), "case_status"))
    if section == "now" and rights.may_merge:
        rare.append(_page_link(case, gettext_lazy("Merge with another case"), "case_merge"))
    if on_people and rights.may_restrict:
        rare.append(_page_link(case, gettext_lazy("Restrict the case"), "case_restrict"))
    if on_people and rights.may_name:
        rare.append(_page_link(case, gettext_lazy("Add a person who may open it"), "case_name_person"))
        rare.append(_page_link(case, gettext_lazy("Lift the restriction"), "case_lift_restriction"))
    return StepLinks(usual, rare)


def _step_link(case: Case, step: Step) -> StepLink:
    return StepLink(step.title, reverse("desks:case_step", args=[case.desk.slug, case.reference, step.name]))


def _page_link(case: Case, title: StrOrPromise, route: str) -> StepLink:
    return StepLink(title, reverse(f"desks:{route}", args=[case.desk.slug, case.reference]))
