"""A report goes to another desk: the reporter is asked and agrees, the other desk takes it, this one gives it.

It is a referral of a report without a case, and takes the moves of referrals: it is made ready while the reporter is
asked, and sent when they agree. From the last move on only the other desk opens the report. The reporter's receipt
leads there too.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from desks.desk.errors import DeskMoveNotPossible, NoKeys
from desks.desk.querysets import require_key
from desks.inbox.actions import answer_reporter
from desks.referrals.actions import answer_time
from desks.referrals.errors import ReferralMoveNotPossible
from desks.referrals.locks import lock_hand_over, move_referral, receiver_group, require_start
from desks.referrals.models import Referral
from desks.referrals.states import ReferralKind, ReferralMove, ReferralState, RevokeReason, Urgency
from desks.referrals.wishes import new_referral_reference
from desks.reports import emails as reports_emails
from desks.reports.actions import lock_report, lock_worked_report, people_to_notify
from desks.reports.states import OPEN_STATES, Channel, EscalationLevel, Risk
from desks.retention.deletion_dates import schedule_deletion
from victor.access import require
from victor.accounts.models import User
from victor.vault.groups.locks import lock_record
from victor.vault.groups.models import Group
from victor.vault.keys.keyring import save_stamped, update_stamped
from victor.vault.records.actions import share_record, withdraw_record

if TYPE_CHECKING:
    from django.core.mail import EmailMultiAlternatives

    from desks.desk.models import Desk
    from desks.reports.models import Report
    from victor.access import Actor
    from victor.vault.keys.keyring import UnlockedVault

HELD_DAYS = 30  # how long what the reporter has agreed to holds


@transaction.atomic
def ask_hand_over(report: Report, target: Desk, text: str, *, language: str, by: UnlockedVault) -> Referral:
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
    hand_over = Referral(kind=ReferralKind.REPORT, report=report, from_desk=report.desk, to_desk=target)
    hand_over.reference, hand_over.author = new_referral_reference(), by.person
    save_stamped(hand_over)
    move_referral(hand_over, ReferralMove.PREPARE, by=by.person, to=target.pk)
    return hand_over


@transaction.atomic
def agree_to_hand_over(hand_over: Referral, *, by: Actor) -> Referral:
    """The reporter says yes: with their receipt, or to a colleague where they came by telephone or to the counter.

    From now on the other desk sees that a report is offered. It answers in the time of a referral.
    """
    alerts = _compose_alerts(hand_over.to_desk)
    hand_over, report = _lock_for_reporter(hand_over, ReferralMove.SEND, by=by)
    now, urgency = timezone.now(), Urgency.URGENT if report.risk == Risk.DANGER else Urgency.NORMAL
    hand_over.sent_at, hand_over.urgency = now, urgency
    hand_over.answer_by = answer_time(hand_over.to_desk, urgency, now)
    hand_over.expires_at = now + timedelta(days=HELD_DAYS)
    _send(alerts)
    columns = ("sent_at", "urgency", "answer_by", "expires_at")
    move_referral(hand_over, ReferralMove.SEND, *columns, by=by, to=hand_over.to_desk_id)
    return hand_over


@transaction.atomic
def decline_hand_over(hand_over: Referral, *, by: Actor) -> Referral:
    """The reporter says no, or no longer yes."""
    hand_over, _report = _lock_for_reporter(hand_over, ReferralMove.WITHDRAW, by=by)
    return _end(hand_over, ReferralMove.WITHDRAW, RevokeReason.CONSENT_WITHDRAWN, by=by)


@transaction.atomic
def accept_hand_over(hand_over: Referral, *, by: Actor) -> Referral:
    """The other desk takes the report. It does not open it yet.

    Raises:
        ReferralMoveNotPossible: it was answered, taken back, or its time is over.
        NoDeskKey: `by` could not read it.
    """
    hand_over = _lock_at_target(hand_over, by=by)
    _require_in_time(hand_over)
    hand_over.accepted_at, hand_over.answer_by = timezone.now(), None
    move_referral(hand_over, ReferralMove.ACCEPT, "accepted_at", "answer_by", by=by)
    return hand_over


@transaction.atomic
def refuse_hand_over(hand_over: Referral, *, by: Actor) -> Referral:
    """The other desk does not take it."""
    hand_over = _lock_at_target(hand_over, by=by)
    hand_over.answer_by = None
    move_referral(hand_over, ReferralMove.DECLINE, "answer_by", by=by)
    return hand_over


@transaction.atomic
def withdraw_hand_over(hand_over: Referral, *, by: Actor) -> Referral:
    """This desk keeps it after all."""
    report = lock_worked_report(_report_of(hand_over), by=by)
    hand_over = _lock(hand_over, report)
    if hand_over.state == ReferralState.ACCEPTED:
        return _end(hand_over, ReferralMove.REVOKE, RevokeReason.NO_NEED, by=by)
    return _end(hand_over, ReferralMove.WITHDRAW, RevokeReason.NO_NEED, by=by)


@transaction.atomic
def complete_hand_over(hand_over: Referral, *, by: UnlockedVault) -> Referral:
    """Give it: from this moment the other desk opens it, and this one does not.

    Raises:
        ReferralMoveNotPossible: the other desk has not accepted it, or its time is over.
        NoKeys: the other desk has none any more.
    """
    alerts = _compose_alerts(hand_over.to_desk)
    report = lock_worked_report(_report_of(hand_over), by=by.person)
    lock_record(report.key, Group.objects.filter(desk__in=[report.desk_id, hand_over.to_desk_id]))
    hand_over = _lock(hand_over, report)
    require_start(hand_over, ReferralMove.CONFIRM)
    _require_in_time(hand_over)
    source, target = report.desk.trusted_group, receiver_group(hand_over)
    if source is None:
        raise NoKeys
    share_record(report.key, target, by=by)
    withdraw_record(report.key, source, by=by.person)
    report.desk, report.assignee, report.read_at, report.unread_since = hand_over.to_desk, None, None, timezone.now()
    update_stamped(report, "desk", "assignee", "read_at", "unread_since")
    schedule_deletion(report)  # by the law of the other desk's country
    _send(alerts)
    move_referral(hand_over, ReferralMove.CONFIRM, by=by.person, to=hand_over.to_desk_id)
    return hand_over


def _end(hand_over: Referral, move: ReferralMove, reason: RevokeReason, *, by: Actor) -> Referral:
    """The report stays at this desk."""
    hand_over.revoke_reason, hand_over.answer_by = reason, None
    move_referral(hand_over, move, "revoke_reason", "answer_by", by=by, reason=str(reason))
    return hand_over


def _lock_for_reporter(hand_over: Referral, move: ReferralMove, *, by: Actor) -> tuple[Referral, Report]:
    """The hand-over and its report, locked. Only the reporter answers, unless they have no receipt."""
    report = lock_report(_report_of(hand_over))
    require(by, "desks.answer_hand_over", report)
    if report.channel == Channel.WEB and isinstance(by, User):
        raise DeskMoveNotPossible
    hand_over = _lock(hand_over, report)
    require_start(hand_over, move)
    return hand_over, report


def _lock_at_target(hand_over: Referral, *, by: Actor) -> Referral:
    """The same for somebody of the other desk who holds its keys."""
    hand_over = _lock(hand_over, lock_report(_report_of(hand_over)))
    require(by, "desks.work", hand_over.to_desk)
    if isinstance(by, User):
        require_key(hand_over.to_desk, by)
    return hand_over


def _lock(hand_over: Referral, report: Report) -> Referral:
    """The hand-over as it is now. Its report is locked already, and still at the desk that gives it.

    Raises:
        ReferralMoveNotPossible: it is of another report, or that one is elsewhere.
        Unopenable: somebody has changed in the database where it stands, or between which desks it is.
    """
    hand_over = lock_hand_over(hand_over)
    if hand_over.report_id != report.pk or hand_over.from_desk_id != report.desk_id:
        raise ReferralMoveNotPossible
    hand_over.report = report
    return hand_over


def _report_of(hand_over: Referral) -> Report:
    if hand_over.report is None:
        raise ReferralMoveNotPossible
    return hand_over.report


def _require_in_time(hand_over: Referral) -> None:
    """Refuse what should have ended, though the clock has not looked at it yet."""
    if hand_over.expires_at is None or hand_over.expires_at <= timezone.now():
        raise ReferralMoveNotPossible


def _compose_alerts(desk: Desk) -> list[EmailMultiAlternatives]:
    """Mails to those of the other desk: something waits. Composed before anything is locked."""
    return list(reports_emails.compose_alerts(people_to_notify(desk, EscalationLevel.DESK)).values())


def _send(alerts: list[EmailMultiAlternatives]) -> None:
    for alert in alerts:
        alert.send()
