"""Cases are opened of a file that waits, through the same actions as people use: each in a transaction of its own.

What is done is counted in the same transaction, so a row is opened once, also where it stops half-way. With the last
row the file goes.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, cast

from django.db import transaction

from desks.cases.actions import NewCase, open_case
from desks.cases.code_lists import PROVEN_AGES, AgeBand, AgeBasis, Answer, Block, CaseSource, Source
from desks.cases.notes import write_note
from desks.cases.opening_form import band_of
from desks.cases.states import CasePurpose
from desks.cases.timeline import seal_words
from desks.exchange.case_contents import office_of
from desks.exchange.case_words import citizenship_group, countries_in
from desks.exchange.models import HtcdsExtra
from desks.facts.actions import correct_facts
from desks.imports.actions import erase_import, lock_import, read_import, read_mapping
from desks.imports.case_mapping import ListMapping
from desks.imports.contents import faults_in, incoming_cases
from desks.imports.errors import ImportGone, NoRowChosen, UnknownKept
from desks.imports.spreadsheets import OwnList
from desks.reports.states import Risk
from victor.accounts.models import User
from victor.audit.actions import record
from victor.stored_names import stored_reference
from victor.vault.keys.keyring import save_stamped, update_stamped

if TYPE_CHECKING:
    from desks.cases.models import Case
    from desks.exchange.errors import FileFault
    from desks.imports.case_mapping import IncomingCase
    from desks.imports.contents import File
    from desks.imports.models import CaseImport
    from victor.vault.keys.keyring import UnlockedVault


AT_ONCE = 25


@dataclass(frozen=True)
class OpeningAnswers:
    """What no file says, for all its cases. `left_out`: rows without a case. `keep`: what has no field is kept."""

    source: CaseSource
    language: str
    age_basis: AgeBasis
    unaccompanied: Answer
    family_may_be_involved: Answer
    risk: Risk
    reason: str
    limits_task: str
    limits_due_at: datetime
    worker: User | None = None
    keep: bool = False
    left_out: Collection[int] = ()


def read_incoming(row: CaseImport, *, language: str, by: UnlockedVault) -> tuple[list[IncomingCase], list[FileFault]]:
    """What would be opened of a file, and what of it has no field here.

    Raises:
        NotMapped: of a column or a word nobody has said what it means.
        NoGrant, Unopenable: it cannot be read, or was altered.
    """
    file = read_import(row, by=by)
    cases = incoming_cases(file, mapping_of(row, file, by=by), language=language, office=office_of(row.desk))
    return cases, faults_in(file, cases)


def mapping_of(row: CaseImport, file: File, *, by: UnlockedVault) -> ListMapping:
    """What the columns of a file mean; a file of the standard says it itself.

    Raises:
        NoGrant, Unopenable: as above.
    """
    return read_mapping(row.desk, file.letters, by=by) if isinstance(file, OwnList) else ListMapping()


def open_cases(row: CaseImport, answers: OpeningAnswers, *, by: UnlockedVault) -> int:
    """Open the next cases of a file, but for the rows that are left out; return how many were opened.

    At most `AT_ONCE` are, so that nobody waits too long. Where rows are left, the file stays: open them likewise.

    Raises:
        PermissionDenied: `by` does not supervise the desk.
        ImportGone: a day has passed, or it is done or discarded.
        NotMapped, NoGrant, Unopenable: as above.
        NoRowChosen: every row is left out.
        UnknownKept: something has no field here, and nobody has said that it is kept.
        DeskRefusal: whatever the opening of a case refuses. Nothing of that row is written; those before it stand.
    """
    cases, faults = read_incoming(row, language=answers.language, by=by)
    waiting = cases[row.done :]
    if all(case.number in answers.left_out for case in waiting):
        raise NoRowChosen
    if faults and not answers.keep:
        raise UnknownKept
    opened = 0
    for position, case in enumerate(waiting, row.done + 1):
        is_chosen = case.number not in answers.left_out
        if is_chosen and opened == AT_ONCE:
            break
        _settle_row(row, position, case if is_chosen else None, answers, by=by.person)
        opened += is_chosen
    return opened


@transaction.atomic
def _settle_row(
    row: CaseImport, position: int, incoming: IncomingCase | None, answers: OpeningAnswers, *, by: User
) -> None:
    """Open the case of a row, or leave it out, and count it as done."""
    row = lock_import(row, by=by)
    if row.done != position - 1:
        raise ImportGone
    case = _open(row, incoming, answers, by=by) if incoming else None
    row.done = position
    reference = stored_reference(row)
    if row.done == row.rows:
        erase_import(row, by=by)
    else:
        update_stamped(row, "done")
    if case is not None:
        record("case.imported", case, by=by, file=reference)
    if row.done == row.rows:
        record("import.imported", reference, by=by, rows=row.rows)


def _open(row: CaseImport, incoming: IncomingCase, answers: OpeningAnswers, *, by: User) -> Case:
    content = incoming.content
    case = open_case(row.desk, _new_case(incoming, answers), worker=answers.worker, by=by)
    citizenship = citizenship_group(countries_in(str(content.identity.get("citizenships", ""))), row.desk.country_id)
    correct_facts(case, {"sex": content.sex, "form": content.form, "citizenship": citizenship}, by=by)
    for note in content.notes:
        write_note(case, note, language=content.language, by=by)
    if incoming.extra:
        envelope = seal_words(case, {"groups": incoming.extra}, CasePurpose.HTCDS_EXTRA, by=by)
        save_stamped(HtcdsExtra(case=case, envelope=envelope, author=by))
    return case


def _new_case(incoming: IncomingCase, answers: OpeningAnswers) -> NewCase:
    content = incoming.content
    blocks = {Block.IDENTITY: content.identity, Block.CONTACT: content.contact}
    return NewCase(
        source=answers.source,
        language=content.language,
        age_band=_age_band(incoming, answers.age_basis),
        age_basis=answers.age_basis,
        unaccompanied=answers.unaccompanied,
        family_may_be_involved=answers.family_may_be_involved,
        known_from=Source.AUTHORITY if answers.source == CaseSource.AUTHORITY else Source.OTHERS,
        limits_task=answers.limits_task,
        limits_due_at=answers.limits_due_at,
        risk=answers.risk,
        reason=answers.reason,
        child={block: words for block, words in blocks.items() if words},
    )


def _age_band(incoming: IncomingCase, basis: AgeBasis) -> AgeBand:
    """The band of the age. Nobody becomes an adult by a file of which nothing proves the age."""
    identity = incoming.content.identity
    born = [cast("int | None", identity.get(name)) for name in ("birth_year", "birth_month", "birth_day", "age")]
    band = band_of(*born)
    return AgeBand.UNKNOWN if band == AgeBand.ADULT and basis not in PROVEN_AGES else band
