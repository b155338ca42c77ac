"""What a case's rows say of their envelopes, checked before anything is read; and reading that survives damage.

Who owns the database can make a row name another envelope, another case, another person. Each such row carries a stamp,
and the envelope has to belong to the case and to its purpose.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from desks.cases.casework import CasePhase, Guardian, IdentityBlock, Relative, StatusDecision, Task
from desks.cases.models import Case, Sealed, TimelineEntry
from desks.cases.requests import MoveRequest
from desks.cases.states import CasePurpose
from victor.vault.errors import Unopenable
from victor.vault.keys.keyring import verify_stamp
from victor.vault.records.actions import read_all
from victor.vault.records.expectations import Expected

if TYPE_CHECKING:
    from uuid import UUID

    from victor.vault.keys.keyring import UnlockedVault
    from victor.vault.records.models import Envelope, SealedFile

PURPOSES: dict[type[Sealed], CasePurpose] = {
    TimelineEntry: CasePurpose.ENTRY,
    IdentityBlock: CasePurpose.BLOCK,
    CasePhase: CasePurpose.PHASE,
    Guardian: CasePurpose.GUARDIAN,
    Relative: CasePurpose.RELATIVE,
    StatusDecision: CasePurpose.STATUS,
    Task: CasePurpose.TASK,
    MoveRequest: CasePurpose.REQUEST,
}
DAMAGED: dict[str, object] = {"damaged": True}  # what is read in the place of a part that was altered


def add_purpose(model: type[Sealed], purpose: CasePurpose) -> None:
    """Say for which purpose the envelopes of a model of a higher slice are written."""
    PURPOSES[model] = purpose


def words_of(case: Case, row: Sealed) -> Expected:
    """The envelope of a row of this case.

    Raises:
        Unopenable: the row is not as we have written it, or it is of another case.
    """
    if verify_stamp(row).case_id != case.pk:  # type: ignore[attr-defined]
        raise Unopenable
    return Expected(row.envelope, case.key_id, {PURPOSES[type(row)]})


def read_words(case: Case, rows: Iterable[Sealed], *, by: UnlockedVault) -> dict[UUID, dict[str, object]]:
    """What is written in the envelopes of these rows, by the envelope's primary key; `DAMAGED` for what was altered.

    All are read at once. Only where one of them is damaged is each read by itself.

    Raises:
        NoGrant: the key of whoever reads does not open the case.
    """
    sealed = [row for row in rows if row.envelope_id is not None]
    expected: dict[UUID, Expected] = {}
    for row in sealed:
        try:
            expected[row.envelope_id] = words_of(case, row)
        except Unopenable:
            continue
    contents = {row.envelope_id: DAMAGED for row in sealed}
    try:
        return contents | read_all(expected.values(), by=by)
    except Unopenable:
        return contents | _read_apart(expected, by=by)


def _read_apart(expected: dict[UUID, Expected], *, by: UnlockedVault) -> dict[UUID, dict[str, object]]:
    contents: dict[UUID, dict[str, object]] = {}
    for pk, wanted in expected.items():
        try:
            contents |= read_all([wanted], by=by)
        except Unopenable:
            contents[pk] = DAMAGED
    return contents


def paper_of(case: Case, decision: StatusDecision) -> SealedFile:
    """The paper of a decision of this case.

    Raises:
        Unopenable: the row is not as we have written it, it is of another case, or there is no paper.
    """
    if verify_stamp(decision).case_id != case.pk or decision.paper is None:
        raise Unopenable
    return decision.paper


def reason_of(case: Case, envelope: Envelope) -> Expected:
    """The envelope of a hold's reason."""
    return Expected(envelope, case.key_id, {CasePurpose.HOLD})
