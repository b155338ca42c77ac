"""A report goes to another desk: the reporter is asked and agrees, the other desk takes it, this one gives it.

From then on only the other desk opens it. The reporter's receipt leads there too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from desks.desk.errors import DeskMoveNotPossible, NoKeys
from desks.desk.querysets import require_key
from desks.handovers.models import HandOver
from desks.handovers.states import HAND_OVER_MOVES, HandOverMove
from desks.inbox.actions import answer_reporter
from desks.reports import emails as reports_emails
from desks.reports.actions import lock_report, lock_worked_report, people_to_notify
from desks.reports.models import Report
from desks.reports.states import OPEN_STATES, Channel, EscalationLevel
from desks.retention.deletion_dates import schedule_deletion
from victor.access import require
from victor.accounts.models import User
from victor.audit.actions import record
from victor.vault.groups.locks import lock_record
from victor.vault.groups.models import Group
from victor.vault.keys.keyring import save_stamped, update_stamped, verify_stamp
from victor.vault.records.actions import share_record, withdraw_record

if TYPE_CHECKING:
    from django.core.mail import EmailMultiAlternatives

    from desks.desk.models import Desk
    from victor.access import Actor
    from victor.vault.keys.keyring import UnlockedVault


@transaction.atomic
def ask_hand_over(report: Report, target: Desk, text: str, *, language: str, by: UnlockedVault) -> HandOver:
    """Ask the reporter, in an answer, whether another desk may have their report.

    Raises:
        DeskMoveNotPossible: it has an outcome, or a hand-over is under way.
        NoKeys: the other desk is this one, or has none.
    """
    report = lock_worked_report(report, by=by.person)
    if report.state not in OPEN_STATES or report.hand_overs.open().exists():
        raise DeskMoveNotPossible
    if target.pk == report.desk_id or target.group_id is None:
        raise NoKeys
    answer_reporter(report, text, language=language, by=by)
    hand_over = HandOver(report=report, source=report.desk, target=target, asked_by=by.person)
    save_stamped(hand_over)
    record("hand_over.asked", hand_over, by=by.person, to=target.slug)
    return hand_over


def agree_to_hand_over(hand_over: HandOver, *, by: Actor) -> HandOver:
    """The reporter says yes: with their receipt, or to a colleague where they came by telephone or to the counter."""
    return _record_answer(hand_over, HandOverMove.AGREE, by=by)


def decline_hand_over(hand_over: HandOver, *, by: Actor) -> HandOver:
    """The reporter says no, or no longer yes."""
    return _record_answer(hand_over, HandOverMove.DECLINE, by=by)


@transaction.atomic
def accept_hand_over(hand_over: HandOver, *, by: Actor) -> HandOver:
    """The other desk takes the report."""
    _require_at_target(hand_over, by)
    return _move(hand_over, HandOverMove.ACCEPT, by=by)


@transaction.atomic
def refuse_hand_over(hand_over: HandOver, *, by: Actor) -> HandOver:
    """The other desk does not take it."""
    _require_at_target(hand_over, by)
    return _move(hand_over, HandOverMove.REFUSE, by=by)


@transaction.atomic
def withdraw_hand_over(hand_over: HandOver, *, by: Actor) -> HandOver:
    """This desk keeps it after all."""
    lock_worked_report(hand_over.report, by=by)
    return _move(hand_over, HandOverMove.WITHDRAW, by=by)


@transaction.atomic
def complete_hand_over(hand_over: HandOver, *, by: UnlockedVault) -> HandOver:
    """Give it: from this moment the other desk opens it, and this one does not.

    Raises:
        NoKeys: the other desk has none any more.
    """
    alerts = _compose_alerts(hand_over.target)
    report = lock_worked_report(hand_over.report, by=by.person)
    lock_record(report.key, Group.objects.filter(desk__in=[report.desk_id, hand_over.target_id]))
    hand_over = _move(hand_over, HandOverMove.COMPLETE, by=by.person)
    source, target = report.desk.trusted_group, hand_over.target.trusted_group
    if source is None or target is None:
        raise NoKeys
    share_record(report.key, target, by=by)
    withdraw_record(report.key, source, by=by.person)
    report.desk, report.assignee, report.read_at, report.unread_since = hand_over.target, None, None, timezone.now()
    update_stamped(report, "desk", "assignee", "read_at", "unread_since")
    schedule_deletion(report)  # by the law of the other desk's country
    _send(alerts)
    return hand_over


@transaction.atomic
def _record_answer(hand_over: HandOver, move: HandOverMove, *, by: Actor) -> HandOver:
    """Only the reporter answers, unless they have no receipt."""
    alerts = _compose_alerts(hand_over.target) if move == HandOverMove.AGREE else []
    report = lock_report(hand_over.report)
    require(by, "desks.answer_hand_over", report)
    if report.channel == Channel.WEB and isinstance(by, User):
        raise DeskMoveNotPossible
    hand_over = _move(hand_over, move, by=by)
    _send(alerts)
    return hand_over


def _require_at_target(hand_over: HandOver, by: Actor) -> None:
    require(by, "desks.work", hand_over.target)
    if isinstance(by, User):
        require_key(hand_over.target, by)


def _compose_alerts(desk: Desk) -> list[EmailMultiAlternatives]:
    """Mails to those of the other desk: something waits. Composed before anything is locked."""
    return list(reports_emails.compose_alerts(people_to_notify(desk, EscalationLevel.DESK)).values())


def _send(alerts: list[EmailMultiAlternatives]) -> None:
    for alert in alerts:
        alert.send()


def _move(hand_over: HandOver, move: HandOverMove, *, by: Actor) -> HandOver:
    """The hand-over after a move, for whoever has been found to have the right.

    Raises:
        DeskMoveNotPossible: the move does not start from where it stands.
        Unopenable: somebody has changed in the database where it stands, or between which desks it is.
    """
    hand_overs = HandOver.objects.select_for_update(of=["self"]).select_related("source", "target", "report")
    hand_over = verify_stamp(hand_overs.get(pk=hand_over.pk))
    starts, leads_to = HAND_OVER_MOVES[move]
    if hand_over.state not in starts or hand_over.source_id != hand_over.report.desk_id:
        raise DeskMoveNotPossible
    hand_over.state, hand_over.moved_at = leads_to, timezone.now()
    update_stamped(hand_over, "state", "moved_at")
    record(f"hand_over.{leads_to}", hand_over, by=by)
    return hand_over
