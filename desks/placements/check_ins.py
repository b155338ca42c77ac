"""Check-ins at a new place: every twelve hours of the watch, one that waits at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from desks.cases.locks import lock_row, lock_running_case, save_case
from desks.cases.states import CasePurpose, EntryKind
from desks.cases.timeline import add_entry, seal_words
from desks.placements.errors import TooEarly
from desks.placements.models import CheckIn, Placement
from desks.placements.states import EARLY, EVERY, WATCH, CheckInState
from victor.access import Actor, account_of
from victor.audit.actions import record
from victor.vault.keys.keyring import save_stamped, update_stamped, verify_stamp

if TYPE_CHECKING:
    from datetime import datetime

    from desks.cases.models import Case


@transaction.atomic
def confirm_presence(check_in: CheckIn, text: str = "", *, by: Actor) -> CheckIn:
    """The child is there. The next check-in of the watch is set; its time does not move with this one.

    Raises:
        CaseMoveNotPossible: somebody has recorded it already.
        TooEarly: its time is still far.
    """
    case, row = _lock_check_in(check_in, by=by)
    now = timezone.now()
    if now < row.due_at - EARLY:
        raise TooEarly(row.due_at - EARLY)
    if text.strip():
        row.envelope = seal_words(case, {"text": text}, CasePurpose.CHECK_IN, by=by)
    row.author = account_of(by)
    settle_check_in(row, CheckInState.PRESENT, now)
    schedule_check_in(row.placement, max(now, row.due_at))
    save_case(case)
    add_entry(case, EntryKind.CHECK_IN, by=by, code=CheckInState.PRESENT)
    record("case.checked_in", case, by=by)
    return row


def schedule_check_in(place: Placement, after: datetime) -> CheckIn | None:
    """Set the next check-in of a watch; None where the watch is over by then."""
    began = place.watch_until - WATCH
    rounds = max((after - began) // EVERY, 0) + 1
    due_at = began + rounds * EVERY
    if due_at > place.watch_until:
        return None
    row = CheckIn(case_id=place.case_id, placement=place, due_at=due_at)
    save_stamped(row)
    return row


def drop_check_in(place: Placement) -> None:
    """Nobody looks for the child at this place any more."""
    for row in lock_due(place):
        settle_check_in(row, CheckInState.DROPPED, timezone.now())


def lock_due(place: Placement) -> list[CheckIn]:
    """The check-in of a place that waits, if there is one."""
    rows = CheckIn.objects.due().filter(placement=place).select_for_update()
    return [verify_stamp(row) for row in rows]


def settle_check_in(row: CheckIn, state: CheckInState, moment: datetime) -> None:
    """Write down what a locked check-in found."""
    row.state, row.done_at = state, moment
    update_stamped(row, "envelope", "author", "state", "done_at")


def _lock_check_in(check_in: CheckIn, *, by: Actor) -> tuple[Case, CheckIn]:
    case = lock_running_case(check_in.case, by=by)
    row = lock_row(check_in, case, CheckInState.DUE)
    verify_stamp(row.placement)
    return case, row
