"""A report goes to another desk: the reporter is asked and agrees, the other desk takes it, this one gives it.

From then on only the other desk opens it. The reporter's receipt leads there too.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from desks import emails
from desks.actions.answers import answer, locked
from desks.actions.breaches import people_of
from desks.actions.retention import schedule
from desks.errors import NoKeys, NotPossible
from desks.models import Desk, HandOver, Report
from desks.states import HAND_OVER_MOVES, OPEN, Channel, HandOverMove, HandOverState, Level
from victor.access import System, require
from victor.accounts.models import User
from victor.audit.actions import record
from victor.vault.actions import share
from victor.vault.actions import withdraw as withdraw_key
from victor.vault.keys import Opened


@transaction.atomic
def ask_hand_over(report: Report, target: Desk, text: str, *, language: str, by: Opened) -> HandOver:
    """Ask the reporter, in an answer, whether another desk may have their report.

    Raises:
        NotPossible: it has an outcome, or a hand-over is under way.
        NoKeys: the other desk is this one, or has none.
    """
    report = locked(report, by=by.person)
    if report.state not in OPEN or report.hand_overs.open().exists():
        raise NotPossible
    if target.pk == report.desk_id or target.group_id is None:
        raise NoKeys
    answer(report, text, language=language, by=by)
    asked = HandOver.objects.create(report=report, source=report.desk, target=target, asked_by=by.person)
    record("hand_over.asked", asked, by=by.person, to=target.slug)
    return asked


def agree(hand_over: HandOver, *, by: User | System) -> HandOver:
    """The reporter says yes: with their receipt, or to a colleague where they came by telephone or to the counter."""
    return _answered(hand_over, HandOverMove.AGREE, by=by)


def decline(hand_over: HandOver, *, by: User | System) -> HandOver:
    """The reporter says no, or no longer yes."""
    return _answered(hand_over, HandOverMove.DECLINE, by=by)


@transaction.atomic
def accept(hand_over: HandOver, *, by: User | System) -> HandOver:
    """The other desk takes the report."""
    require(by, "desks.work", hand_over.target)
    return _moved(hand_over, HandOverMove.ACCEPT, by=by)


@transaction.atomic
def refuse(hand_over: HandOver, *, by: User | System) -> HandOver:
    """The other desk does not take it."""
    require(by, "desks.work", hand_over.target)
    return _moved(hand_over, HandOverMove.REFUSE, by=by)


@transaction.atomic
def withdraw(hand_over: HandOver, *, by: User | System) -> HandOver:
    """This desk keeps it after all."""
    locked(hand_over.report, by=by)
    return _moved(hand_over, HandOverMove.WITHDRAW, by=by)


@transaction.atomic
def complete(hand_over: HandOver, *, by: Opened) -> HandOver:
    """Give it: from this moment the other desk opens it, and this one does not.

    Raises:
        NoKeys: the other desk has none any more.
    """
    report = locked(hand_over.report, by=by.person)
    given = _moved(hand_over, HandOverMove.COMPLETE, by=by.person)
    source, target = report.desk.group, given.target.group
    if source is None or target is None:
        raise NoKeys
    share(report.key, target, by=by)
    withdraw_key(report.key, source, by=by.person)
    report.desk, report.assignee, report.read_at, report.waits_since = given.target, None, None, timezone.now()
    report.save(update_fields=["desk", "assignee", "read_at", "waits_since"])
    schedule(report)  # by the law of the other desk's country
    _tell(given.target)
    return given


@transaction.atomic
def _answered(hand_over: HandOver, move: HandOverMove, *, by: User | System) -> HandOver:
    """Only the reporter answers, unless they have no receipt."""
    locked(hand_over.report, by=by)
    if isinstance(by, User) and hand_over.report.channel == Channel.WEB:
        raise NotPossible
    moved = _moved(hand_over, move, by=by)
    if moved.state == HandOverState.AGREED:
        _tell(moved.target)
    return moved


def _tell(desk: Desk) -> None:
    """Those of the other desk learn that something waits."""
    for person in people_of(desk, Level.DESK):
        emails.something_waits(person)


def _moved(hand_over: HandOver, move: HandOverMove, *, by: User | System) -> HandOver:
    """The hand-over after a move, for whoever has been found to have the right.

    Raises:
        NotPossible: the move does not start from where it stands.
    """
    found = HandOver.objects.select_for_update(of=["self"]).select_related("source", "target", "report")
    hand_over = found.get(pk=hand_over.pk)
    starts, leads = HAND_OVER_MOVES[move]
    if hand_over.state not in starts or hand_over.source_id != hand_over.report.desk_id:
        raise NotPossible
    hand_over.state, hand_over.moved_at = leads, timezone.now()
    hand_over.save(update_fields=["state", "moved_at"])
    record(f"hand_over.{leads}", hand_over, by=by)
    return hand_over
