"""The law demands that a case is kept: nothing deletes it before the hold is lifted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from desks.cases.casework import CaseHold
from desks.cases.errors import CaseMoveNotPossible, NeedsWords
from desks.cases.locks import lock_kept_case, lock_row, save_case
from desks.cases.states import CasePurpose, EntryKind
from desks.cases.timeline import add_entry, seal_words
from victor.access import require
from victor.audit.actions import record
from victor.vault.keys.keyring import save_stamped

if TYPE_CHECKING:
    from desks.cases.models import Case
    from victor.accounts.models import User


@transaction.atomic
def hold_case(case: Case, reason: str, *, by: User) -> CaseHold:
    """Keep a case, whatever the rules of retention say. The reason is sealed with it.

    Raises:
        NeedsWords: there is no reason.
    """
    case = _lock(case, by=by)
    if not reason.strip():
        raise NeedsWords
    envelope = seal_words(case, {"text": reason}, CasePurpose.HOLD, by=by)
    hold = CaseHold(case=case, reason=envelope, by=by)
    save_stamped(hold)
    case.hold, case.erase_on = True, None
    save_case(case, "hold", "erase_on")
    add_entry(case, EntryKind.HOLD, by=by)
    record("case.held", case, by=by, hold=hold.pk)
    return hold


@transaction.atomic
def lift_case_hold(hold: CaseHold, *, by: User) -> CaseHold:
    """End a hold. Where it was the last, the case is deleted by the rules again.

    Raises:
        CaseMoveNotPossible: it is lifted.
    """
    case = _lock(hold.case, by=by)
    hold = lock_row(hold, case)
    if hold.lifted_at is not None:
        raise CaseMoveNotPossible
    hold.lifted_by, hold.lifted_at = by, timezone.now()
    hold.save(update_fields=["lifted_by", "lifted_at"])
    case.hold = case.holds.filter(lifted_at=None).exists()
    save_case(case, "hold")
    add_entry(case, EntryKind.HOLD_LIFTED, by=by)
    record("case.hold_lifted", case, by=by, hold=hold.pk)
    return hold


def _lock(case: Case, *, by: User) -> Case:
    """The case for a supervisor, also where its record is kept and not used: the law may demand that it stays."""
    case = lock_kept_case(case, by=by)
    require(by, "desks.supervise_case", case)
    return case
