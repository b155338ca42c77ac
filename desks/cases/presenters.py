"""The sections of a case's page that this slice shows: the child, people, the timeline, the log; and names in lists."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from desks.cases.case_page import Entry, Reading, Written, current_blocks, entries, name_of, named_lines
from desks.cases.casework import CaseHold, CasePhase, Guardian, IdentityBlock, Relative, StatusDecision
from desks.cases.code_lists import Answer, Block
from desks.cases.envelopes import DAMAGED, read_words, reason_of
from desks.cases.locks import able_colleagues
from desks.cases.merges import absorbed_cases
from desks.cases.sections import CASE_SECTIONS, CaseReader, CaseSection, add_case_section
from desks.cases.states import BlockState
from victor.accounts.models import User
from victor.audit.models import Entry as LogEntry
from victor.audit.states import deed_in_words
from victor.formatting import long_day
from victor.stored_names import stored_reference
from victor.vault.errors import NoGrant, Unopenable
from victor.vault.records.actions import read_all

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from desks.cases.models import Case, Sealed
    from victor.vault.keys.keyring import UnlockedVault

MAX_LOG = 200
MAX_TIMELINE = 500
COMPARED = (Block.IDENTITY, Block.CONTACT)


@dataclass(frozen=True)
class RecordPart:
    """A part of the child's record: the version that counts, drafts that wait for a choice, how many came before."""

    block: Block
    current: IdentityBlock | None
    words: Written | None
    lines: Sequence[tuple[str, str]]
    drafts: Sequence[tuple[IdentityBlock, Written | None, Sequence[tuple[str, str]]]]

    @property
    def title(self) -> str:
        """What the part is called."""
        return str(self.block.label)


@dataclass(frozen=True)
class WrittenRow:
    """A row with its words, and these as lines where they have several parts."""

    row: Any  # a model of `casework`: each template knows which
    words: Written | None
    lines: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class LoggedDeed:
    """A row of the log: who did what, when. It holds no word of the case."""

    at: datetime
    person: str
    deed: str


def record_parts(reader: CaseReader) -> list[RecordPart]:
    """The child's record."""
    current = {Block(row.block): row for row in current_blocks(reader.case)}
    drafts = list(
        IdentityBlock.objects.filter(case=reader.case, state=BlockState.DRAFT).select_related("author", "envelope__key")
    )
    reading = Reading(reader, [*current.values(), *drafts])
    return [_part(block, current.get(block), drafts, reading) for block in Block]


def _part(block: Block, row: IdentityBlock | None, drafts: list[IdentityBlock], reading: Reading) -> RecordPart:
    words = reading.of(row) if row else None
    waiting = [
        (draft, said, named_lines(block, said.content) if said else [])
        for draft in drafts
        if draft.block == block
        for said in [reading.of(draft)]
    ]
    return RecordPart(block, row, words, named_lines(block, words.content) if words else [], waiting)


PARTS_OF_WORDS = {
    "name": _("Name"),
    "contact": _("How to reach them"),
    "number": _("Number given by the authority"),
    "speaks": _("Languages they speak"),
    "why": _("Why nobody may contact them"),
    "reason": _("Reason or remarks"),
    "text": _("Reason"),
}


def _written(rows: Sequence[Sealed], reading: Reading) -> list[WrittenRow]:
    written = []
    for row in rows:
        words = reading.of(row)
        content = words.content if words and not words.is_damaged else {}
        lines = [(str(label), str(content[name])) for name, label in PARTS_OF_WORDS.items() if content.get(name)]
        written.append(WrittenRow(row, words, lines))
    return written


def people_of_case(reader: CaseReader) -> dict[str, object]:
    """Who works on the case and since when, guardians, relatives, decisions, phases, holds, named people."""
    case = reader.case
    guardians = list(Guardian.objects.filter(case=case).select_related("author", "envelope__key"))
    relatives = list(Relative.objects.filter(case=case).select_related("author", "envelope__key"))
    decisions = list(StatusDecision.objects.filter(case=case).select_related("author", "envelope__key"))
    phases = list(CasePhase.objects.filter(case=case).select_related("author", "envelope__key"))
    reading = Reading(reader, [*guardians, *relatives, *decisions, *phases])
    return {
        "assignments": case.assignments.select_related("person").order_by("-since", "-pk"),
        "guardians": _written(guardians, reading),
        "relatives": _written(relatives, reading),
        "decisions": _written(decisions, reading),
        "phases": _written(phases, reading),
        "holds": _holds(reader),
        "named": able_colleagues(case).order_by("name") if case.is_restricted else [],
        "is_tracing_blocked": case.family_may_be_involved != Answer.NO,
    }


def _holds(reader: CaseReader) -> list[tuple[CaseHold, Written]]:
    holds = list(reader.case.holds.select_related("by", "lifted_by", "reason__key"))
    return [(hold, _reason(reader, hold)) for hold in holds]


def _reason(reader: CaseReader, hold: CaseHold) -> Written:
    if reader.vault is None:
        return Written(is_locked=True)
    try:
        contents = read_all([reason_of(reader.case, hold.reason)], by=reader.vault)
    except Unopenable:
        return Written(DAMAGED)
    return Written(contents[hold.reason_id])


def timeline_of_case(reader: CaseReader) -> list[Entry]:
    """The whole timeline, the newest first, with that of the cases that were merged with it."""
    whole = _timeline(reader)
    for other in absorbed_cases(reader.case):
        whole += _timeline(CaseReader(other, reader.user, reader.vault), origin=other.reference)
    return sorted(whole, key=lambda entry: entry.row.made_at, reverse=True)[:MAX_TIMELINE]


def _timeline(reader: CaseReader, *, origin: str = "") -> list[Entry]:
    rows = reader.case.timeline.select_related("author", "concerned", "envelope__key")
    return entries(reader, list(rows[:MAX_TIMELINE]), origin=origin)


def log_of_case(reader: CaseReader) -> list[LoggedDeed]:
    """Who did what with the case."""
    rows = list(LogEntry.objects.filter(object=stored_reference(reader.case)).order_by("-sequence")[:MAX_LOG])
    numbers = {row.actor.rpartition(":")[2] for row in rows if row.actor.startswith("accounts.user:")}
    names = dict(User.objects.filter(pk__in=numbers).values_list("pk", "name"))
    by_actor = {f"accounts.user:{pk}": name for pk, name in names.items()}
    return [LoggedDeed(row.at, by_actor.get(row.actor, "VICTOR"), _deed(row)) for row in rows]


def _deed(row: LogEntry) -> str:
    """What was done; of a reading also which section was read."""
    section = CASE_SECTIONS.get(json.loads(row.details).get("section", ""))
    if row.action != "case.read" or section is None:
        return deed_in_words(row.action)
    return gettext("Read: %(section)s") % {"section": section.title}


def names_of_cases(cases: Sequence[Case], vault: UnlockedVault) -> dict[UUID, str]:
    """How the children of these cases are called, as far as the reader's key opens them; "" for those of no name."""
    blocks = {
        row.case_id: row
        for row in IdentityBlock.objects.filter(case__in=cases, block=Block.IDENTITY, state=BlockState.SAVED)
        .order_by("case_id", "-number")
        .distinct("case_id")
        .select_related("envelope__key")
    }
    names: dict[UUID, str] = {}
    for case in cases:
        if row := blocks.get(case.pk):
            names[case.pk] = _name(case, row, vault)
    return names


def _name(case: Case, row: IdentityBlock, vault: UnlockedVault) -> str:
    try:
        content = read_words(case, [row], by=vault)[row.envelope_id]
    except NoGrant:
        return ""
    return str(_("Damaged")) if content is DAMAGED else name_of(content)


@dataclass(frozen=True)
class Compared:
    """One line of a comparison: what it is, and how it stands in each case."""

    label: str
    left: str
    right: str
    is_of_child: bool

    @property
    def differs(self) -> bool:
        """Whether both say something of the child, and not the same."""
        return self.is_of_child and bool(self.left and self.right) and self.left != self.right


def compare_cases(left: CaseReader, right: CaseReader) -> list[Compared]:
    """The facts of both cases; and what the child's record says of name, birth and contact, where the vault is open.

    Raises:
        NoGrant: the key of whoever reads does not open one of them.
    """
    return [
        *_compared(_course(left), _course(right), is_of_child=False),
        *_compared(_child(left), _child(right), is_of_child=True),
    ]


def _compared(left: Mapping[str, str], right: Mapping[str, str], *, is_of_child: bool) -> list[Compared]:
    labels = {**left, **right}
    return [Compared(label, left.get(label, ""), right.get(label, ""), is_of_child) for label in labels]


def _course(reader: CaseReader) -> dict[str, str]:
    """How far the work on a case has come."""
    case = reader.case
    return {
        gettext("Stage"): case.get_stage_display(),
        gettext("Status"): case.get_victim_status_display(),
        gettext("Risk"): case.get_risk_display(),
        gettext("Guardian"): case.get_guardian_state_display(),
        gettext("Worker"): case.worker.name if case.worker else "",
        gettext("Opened"): long_day(timezone.localdate(case.opened_at)),
        gettext("Rows in the timeline"): str(case.timeline.count()),
    }


def _child(reader: CaseReader) -> dict[str, str]:
    """What is known of the child."""
    case = reader.case
    known = {gettext("Age"): case.get_age_band_display(), gettext("Language"): case.get_language_display()}
    return known | _record(reader)


def _record(reader: CaseReader) -> dict[str, str]:
    """What is written of the child, each value with the name of its field; nothing while the vault is locked."""
    blocks = current_blocks(reader.case, COMPARED)
    reading = Reading(reader, blocks)
    lines: dict[str, str] = {}
    for block in blocks:
        words = reading.of(block)
        if words and words.is_damaged:
            lines[str(Block(block.block).label)] = gettext("Damaged")
        elif words:
            lines |= dict(named_lines(Block(block.block), words.content))
    return lines


add_case_section(CaseSection("child", _("Child"), 20, "desks/cases/_child.html", record_parts))
add_case_section(CaseSection("people", _("People"), 80, "desks/cases/_people.html", people_of_case))
add_case_section(CaseSection("timeline", _("Timeline"), 90, "desks/cases/_timeline.html", timeline_of_case))
add_case_section(CaseSection("log", _("Log"), 100, "desks/cases/_log.html", log_of_case))
