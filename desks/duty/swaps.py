"""Two colleagues swap a duty each: one asks, the other agrees, and only then the rota changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from desks.desk.errors import DeskMoveNotPossible
from desks.duty import emails
from desks.duty.errors import NoConfirmedNumber, NotTheirDuty
from desks.duty.models import DutyNumber, DutySwap
from desks.duty.planning import give_once, holder_of, lock_desk
from desks.duty.states import SWAP_MOVES, SwapMove
from victor.access import require
from victor.accounts.models import User
from victor.audit.actions import record

if TYPE_CHECKING:
    from desks.desk.models import Desk
    from desks.duty.rota import DutyTime


@transaction.atomic
def ask_swap(desk: Desk, given: DutyTime, wanted: DutyTime, *, by: User) -> DutySwap:
    """Ask a colleague to swap a duty for one's own.

    Raises:
        NotTheirDuty: the rota is another by now, or that duty is offered to somebody already.
        NoConfirmedNumber: nobody could call one of the two.
    """
    desk = lock_desk(desk)
    require(by, "desks.work", desk)
    other = holder_of(desk, wanted)
    if holder_of(desk, given) != by.pk or other in {None, by.pk}:
        raise NotTheirDuty
    asked = User.objects.get(pk=other)
    _require_numbers(by, asked)
    if desk.duty_swaps.open_for(by, timezone.now()).filter(given_starts_at=given.starts_at).exists():
        raise NotTheirDuty
    swap = DutySwap(desk=desk, asked_by=by, asked=asked)
    swap.given_rank, swap.given_starts_at, swap.given_ends_at = given.rank, given.starts_at, given.ends_at
    swap.wanted_rank, swap.wanted_starts_at, swap.wanted_ends_at = wanted.rank, wanted.starts_at, wanted.ends_at
    swap.save(force_insert=True)
    emails.notify_of_change(asked)
    record("duty.swap_asked", swap, by=by, person=str(asked.pk))
    return swap


@transaction.atomic
def accept_swap(swap: DutySwap, *, by: User) -> DutySwap:
    """Swap: each has the other's duty from now on.

    Raises:
        DeskMoveNotPossible: it was answered or taken back.
        NotTheirDuty: one of the duties is somebody else's by now, or over.
        NoConfirmedNumber: nobody could call one of the two.
    """
    swap = _move(swap, SwapMove.AGREE, by=by)
    if holder_of(swap.desk, swap.given) != swap.asked_by_id or holder_of(swap.desk, swap.wanted) != swap.asked_id:
        raise NotTheirDuty
    _require_numbers(swap.asked_by, swap.asked)
    give_once(swap.desk, swap.given, swap.asked)
    give_once(swap.desk, swap.wanted, swap.asked_by)
    emails.notify_of_change(swap.asked_by)
    record("duty.swap_agreed", swap, by=by)
    return swap


@transaction.atomic
def decline_swap(swap: DutySwap, *, by: User) -> DutySwap:
    """Keep one's duty. Whoever asked gets a mail.

    Raises:
        DeskMoveNotPossible: it was answered or taken back.
    """
    swap = _move(swap, SwapMove.DECLINE, by=by)
    emails.notify_of_change(swap.asked_by)
    record("duty.swap_declined", swap, by=by)
    return swap


@transaction.atomic
def withdraw_swap(swap: DutySwap, *, by: User) -> DutySwap:
    """Take back what one has asked.

    Raises:
        DeskMoveNotPossible: it was answered or taken back.
    """
    swap = _move(swap, SwapMove.WITHDRAW, by=by)
    record("duty.swap_withdrawn", swap, by=by)
    return swap


def _move(swap: DutySwap, move: SwapMove, *, by: User) -> DutySwap:
    """The swap after a move, for the one of the two who may make it. The rota stays as it is meanwhile."""
    desk = lock_desk(swap.desk)
    locked = DutySwap.objects.select_for_update(of=["self"]).select_related("asked_by", "asked", "desk__country")
    swap = locked.get(pk=swap.pk)
    require(by, "desks.work", desk)
    require(by, "desks.withdraw_swap" if move == SwapMove.WITHDRAW else "desks.answer_swap", swap)
    starts, leads_to = SWAP_MOVES[move]
    if swap.state not in starts:
        raise DeskMoveNotPossible
    swap.state, swap.moved_at = leads_to, timezone.now()
    swap.save(update_fields=["state", "moved_at"])
    return swap


def _require_numbers(*people: User) -> None:
    if DutyNumber.objects.filter(person__in=people, confirmed_at__isnull=False).count() < len(people):
        raise NoConfirmedNumber
