"""A report goes to another desk: the reporter is asked and agrees, the other desk takes it, this one gives it.

From then on only the other desk opens it. The reporter's receipt leads there too.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from desks.desk.errors import DeskMoveNotPossible, NoKeys
from desks.desk.models import Desk
from desks.handovers.models import HandOver
from desks.handovers.states import HAND_OVER_MOVES, HandOverMove, HandOverState
from desks.inbox.actions import answer_reporter
from desks.reports import emails as reports_emails
from desks.reports.actions import lock_worked_report, people_to_notify
from desks.reports.models import Report
from desks.reports.states import OPEN_STATES, Channel, EscalationLevel
from desks.retention.deletion_dates import schedule_deletion
from victor.access import System, require
from victor.accounts.models import User
from victor.audit.actions import record
from victor.vault.keys.keyring import UnlockedVault
from victor.vault.records.actions import share_record
from victor.vault.records.actions import withdraw_record as withdraw_key


@transaction.atomic
def ask_hand_over(report: Report, target: Desk, text: str, *, language: str, by: UnlockedVault) -> HandOver:
    """Ask the reporter, in an answer, whether another desk may have their report.

    Raises:
        NotPossible: it has an outcome, or a hand-over is under way.
        NoKeys: the other desk is this one, or has none.
    """
    report = lock_worked_report(report, by=by.person)
    if report.state not in OPEN_STATES or report.hand_overs.open().exists():
        raise DeskMoveNotPossible
    if target.pk == report.desk_id or target.group_id is None:
        raise NoKeys
    answer_reporter(report, text, language=language, by=by)
    asked = HandOver.objects.create(report=report, source=report.desk, target=target, asked_by=by.person)
    record("hand_over.asked", asked, by=by.person, to=target.slug)
    return asked


def agree_to_hand_over(hand_over: HandOver, *, by: User | System) -> HandOver:
    """The reporter says yes: with their receipt, or to a colleague where they came by telephone or to the counter."""
    return _record_answer(hand_over, HandOverMove.AGREE, by=by)


def decline_hand_over(hand_over: HandOver, *, by: User | System) -> HandOver:
    """The reporter says no, or no longer yes."""
    return _record_answer(hand_over, HandOverMove.DECLINE, by=by)


@transaction.atomic
def accept_hand_over(hand_over: HandOver, *, by: User | System) -> HandOver:
    """The other desk takes the report."""
    require(by, "desks.work", hand_over.target)
    return _move(hand_over, HandOverMove.ACCEPT, by=by)


@transaction.atomic
def refuse_hand_over(hand_over: HandOver, *, by: User | System) -> HandOver:
    """The other desk does not take it."""
    require(by, "desks.work", hand_over.target)
    return _move(hand_over, HandOverMove.REFUSE, by=by)


@transaction.atomic
def withdraw_hand_over(hand_over: HandOver, *, by: User | System) -> HandOver:
    """This desk keeps it after all."""
    lock_worked_report(hand_over.report, by=by)
    return _move(hand_over, HandOverMove.WITHDRAW, by=by)


@transaction.atomic
def complete_hand_over(hand_over: HandOver, *, by: UnlockedVault) -> HandOver:
    """Give it: from this moment the other desk opens it, and this one does not.

    Raises:
        NoKeys: the other desk has none any more.
    """
    report = lock_worked_report(hand_over.report, by=by.person)
    given = _move(hand_over, HandOverMove.COMPLETE, by=by.person)
    source, target = report.desk.group, given.target.group
    if source is None or target is None:
        raise NoKeys
    share_record(report.key, target, by=by)
    withdraw_key(report.key, source, by=by.person)
    report.desk, report.assignee, report.read_at, report.unread_since = given.target, None, None, timezone.now()
    report.save(update_fields=["desk", "assignee", "read_at", "unread_since"])
    schedule_deletion(report)  # by the law of the other desk's country
    _notify_desk(given.target)
    return given


@transaction.atomic
def _record_answer(hand_over: HandOver, move: HandOverMove, *, by: User | System) -> HandOver:
    """Only the reporter answers, unless they have no receipt."""
    lock_worked_report(hand_over.report, by=by)
    if isinstance(by, User) and hand_over.report.channel == Channel.WEB:
        raise DeskMoveNotPossible
    moved = _move(hand_over, move, by=by)
    if moved.state == HandOverState.AGREED:
        _notify_desk(moved.target)
    return moved


def _notify_desk(desk: Desk) -> None:
    """Those of the other desk learn that something waits."""
    for person in people_to_notify(desk, EscalationLevel.DESK):
        reports_emails.notify_worker(person)


def _move(hand_over: HandOver, move: HandOverMove, *, by: User | System) -> HandOver:
    """The hand-over after a move, for whoever has been found to have the right.

    Raises:
        NotPossible: the move does not start from where it stands.
    """
    found = HandOver.objects.select_for_update(of=["self"]).select_related("source", "target", "report")
    hand_over = found.get(pk=hand_over.pk)
    starts, leads = HAND_OVER_MOVES[move]
    if hand_over.state not in starts or hand_over.source_id != hand_over.report.desk_id:
        raise DeskMoveNotPossible
    hand_over.state, hand_over.moved_at = leads, timezone.now()
    hand_over.save(update_fields=["state", "moved_at"])
    record(f"hand_over.{leads}", hand_over, by=by)
    return hand_over
