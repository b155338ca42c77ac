"""An alarm: people on duty are called for danger, one after the other, until somebody takes it.

The danger is in a report of their desk, in a referral to it in an emergency, or in an alert that a child is missing.
Nothing of any of them leaves the portal.
The calls lie in the database first, and a worker sends them.
"""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog
from django.db import DatabaseError, transaction
from django.utils import timezone

from desks.duty.errors import AlarmOver, AlarmTaken
from desks.duty.gateway import configured_gateway
from desks.duty.models import DutyAlarm, DutyCall
from desks.duty.querysets import calls_at, has_uncalled, next_person, urgent_without_alarm
from desks.duty.states import ALARM_MOVES, AlarmMove, AlarmState, CallState, GatewayEvent
from desks.reports.actions import lock_any_report, lock_worked_report
from desks.reports.envelopes import save_message
from desks.reports.models import Message, Report
from desks.reports.states import EnvelopePurpose, Voice
from victor.access import System, require
from victor.accounts.models import User
from victor.audit.actions import record
from victor.field_encryption import encrypt_value
from victor.languages import content_language
from victor.task_queue import queue_task
from victor.vault.records.actions import write_envelope

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from desks.alerts.models import AlertDesk
    from desks.duty.rules import DutyGateway
    from desks.referrals.models import Referral
    from victor.access import Actor

CLOCK = System("clock")
ANSWER_TIME = timedelta(minutes=15)  # until somebody else is called
MAX_CALLS = 12  # of one alarm, three hours; by then everybody at the desk has mail
SEND_CALLS = "desks.tasks.send_calls"
CODE_SIZE = 8  # of the longest code: its encrypted length tells nothing
log = structlog.get_logger(__name__)


@transaction.atomic
def raise_alarm(report: Report, *, by: Actor) -> DutyAlarm | None:
    """Call whoever is on duty at the report's desk. None where the desk is open and calls only when it is closed.

    The caller holds the report's row. An alarm that nobody has taken yet goes on instead of a second one.
    """
    require(by, "desks.raise_alarm", report)
    running = DutyAlarm.objects.calling().filter(report=report, desk=report.desk).first()
    return running or _start_alarm(DutyAlarm(report=report, desk=report.desk), by=by)


@transaction.atomic
def raise_referral_alarm(referral: Referral, *, by: Actor) -> DutyAlarm | None:
    """The same at the desk to which a referral in an emergency goes. The caller holds the referral's row."""
    require(by, "desks.raise_referral_alarm", referral)
    running = DutyAlarm.objects.calling().filter(referral=referral).first()
    return running or _start_alarm(DutyAlarm(referral=referral, desk=referral.to_desk), by=by)


@transaction.atomic
def raise_alert_alarm(delivery: AlertDesk, *, by: Actor) -> DutyAlarm | None:
    """The same at a desk that is told of a missing child. The caller holds the row of the alert."""
    require(by, "desks.raise_alert_alarm", delivery)
    running = DutyAlarm.objects.calling().filter(alert=delivery).first()
    return running or _start_alarm(DutyAlarm(alert=delivery, desk=delivery.desk), by=by)


def _start_alarm(alarm: DutyAlarm, *, by: Actor) -> DutyAlarm | None:
    now = timezone.now()
    if not calls_at(alarm.desk, now):
        return None
    alarm.code, alarm.raised_at = f"{1000 + secrets.randbelow(9000)}", now
    alarm.save(force_insert=True)
    call = _call_next(alarm, now)
    record("duty.raised", alarm, by=by, desk=alarm.desk_id, person=str(call.person_id) if call else "")
    return alarm


def raise_alarm_or_leave_it(report: Report, *, by: Actor) -> None:
    """The same where nothing may be lost with it: if the database refuses the alarm, the next sweep raises it."""
    require(by, "desks.raise_alarm", report)
    with _left_to_the_sweep():
        raise_alarm(report, by=by)


def raise_referral_alarm_or_leave_it(referral: Referral, *, by: Actor) -> None:
    """The same for a referral in an emergency."""
    require(by, "desks.raise_referral_alarm", referral)
    with _left_to_the_sweep():
        raise_referral_alarm(referral, by=by)


def raise_alert_alarm_or_leave_it(delivery: AlertDesk, *, by: Actor) -> None:
    """The same for a missing child."""
    require(by, "desks.raise_alert_alarm", delivery)
    with _left_to_the_sweep():
        raise_alert_alarm(delivery, by=by)


@contextmanager
def _left_to_the_sweep() -> Iterator[None]:
    try:
        yield
    except DatabaseError as failure:
        log.warning("alarm not raised at once", type=type(failure).__name__)


def raise_missing_alarms() -> int:
    """Raise alarms for danger that nobody was called for: its desk was open, or it came in by another way."""
    return sum(_raise_missing_alarm(report) for report in urgent_without_alarm().select_related("desk"))


@transaction.atomic
def _raise_missing_alarm(report: Report) -> bool:
    report = lock_any_report(report)
    if not urgent_without_alarm().filter(pk=report.pk).exists():
        return False
    return raise_alarm(report, by=CLOCK) is not None


def call_due() -> int:
    """Call the next person for every alarm that nobody has taken in time; return how many people."""
    return sum(_call_if_due(pk) for pk in DutyAlarm.objects.due().values_list("pk", flat=True))


@transaction.atomic
def _call_if_due(pk: int) -> bool:
    """Whether somebody is called; not, where the report has an outcome or is at another desk now."""
    locked = DutyAlarm.objects.due().select_for_update(of=["self"], skip_locked=True)
    alarm = locked.select_related("report", "desk__country").filter(pk=pk).first()
    if alarm is None:
        return False
    if not alarm.is_needed:
        _end_alarm(alarm, by=CLOCK)
        return False
    call = _call_next(alarm, timezone.now())
    if call is not None:
        record("duty.called", alarm, by=CLOCK, person=str(call.person_id))
    return call is not None


def _call_next(alarm: DutyAlarm, now: datetime) -> DutyCall | None:
    """Put a call to the next person into the database. Where nobody can be called, supervisors are told."""
    person = next_person(alarm, now) if configured_gateway() else None
    is_last = alarm.calls.count() + 1 >= MAX_CALLS
    alarm.next_call_at = None if is_last else now + ANSWER_TIME
    if person is None and configured_gateway():
        alarm.failing_since = alarm.failing_since or now
    alarm.save(update_fields=["next_call_at", "failing_since"])
    if person is None:
        return None
    return send_call(alarm=alarm, person=person, channel=person.duty_number.channel, code=alarm.code)


def send_call(*, code: str, **facts: object) -> DutyCall:
    """Put a call into the database and ask the worker to send it once the transaction is committed."""
    call = DutyCall.objects.create(encrypted_code=encrypt_value(code.ljust(CODE_SIZE)), **facts)
    transaction.on_commit(lambda: queue_task(SEND_CALLS), robust=True)
    return call


@transaction.atomic
def take_alarm(alarm: DutyAlarm, *, by: User) -> DutyAlarm:
    """Take it: nobody else is called. A report is theirs unless somebody has it already. No key is needed for that.

    Raises:
        AlarmTaken: a colleague was faster.
        AlarmOver: the report has an outcome, or the referral was answered.
    """
    report = lock_any_report(alarm.report) if alarm.report else None
    alarm = _lock_alarm(alarm)
    require(by, "desks.work", alarm.desk)
    if alarm.state == AlarmState.TAKEN and alarm.taken_by_id == by.pk:
        return alarm
    _move(alarm, AlarmMove.TAKE)
    now = timezone.now()
    alarm.taken_by, alarm.taken_at, alarm.next_call_at, alarm.failing_since = by, now, None, None
    alarm.save(update_fields=["state", "taken_by", "taken_at", "next_call_at", "failing_since"])
    _cancel_calls(alarm)
    alarm.calls.filter(person=by).update(taken_at=now)
    if report is not None and report.assignee_id is None:
        report.assignee = by
        report.save(update_fields=["assignee"])
    record("duty.taken", alarm, by=by)
    return alarm


@transaction.atomic
def note_answer(call: DutyCall, event: GatewayEvent, *, by: DutyGateway) -> DutyCall:
    """Write down what the gateway tells of a call. What was told before changes nothing. Hearing stops nothing.

    A call that has failed is followed at once by one to somebody who was not called yet.
    """
    require(by, "desks.note_call", call)
    alarm = DutyAlarm.objects.select_for_update(of=["self"]).filter(calls=call).first()
    call = DutyCall.objects.select_for_update(of=["self"]).get(pk=call.pk)
    if not _is_news(call, event):
        return call
    now = timezone.now()
    if event == GatewayEvent.FAILED:
        call.state, call.failure, call.encrypted_code = CallState.FAILED, "told by the gateway", ""
        if alarm is not None and alarm.state == AlarmState.CALLING:
            is_left = has_uncalled(alarm, now)
            alarm.next_call_at = now if is_left else alarm.next_call_at
            alarm.failing_since = alarm.failing_since or now
            alarm.save(update_fields=["next_call_at", "failing_since"])
            transaction.on_commit(lambda: queue_task(SEND_CALLS), robust=True)
    else:
        call.delivered_at = call.delivered_at or now
        call.heard_at = now if event == GatewayEvent.HEARD else call.heard_at
    call.save(update_fields=["state", "failure", "encrypted_code", "delivered_at", "heard_at"])
    record(f"duty.call_{event}", alarm or call, by=by, call=str(call.pk))
    return call


def _is_news(call: DutyCall, event: GatewayEvent) -> bool:
    if event == GatewayEvent.FAILED:
        return call.state in {CallState.WAITING, CallState.SENT} and call.heard_at is None
    return (call.heard_at if event == GatewayEvent.HEARD else call.delivered_at) is None


@transaction.atomic
def note_calls_made(report: Report, text: str, *, by: User) -> Message:
    """Write down, sealed in the report, whom somebody has called, when, and who answered. No vault has to be open.

    Raises:
        NoDeskKey: the person does not hold the desk's keys.
    """
    report = lock_worked_report(report, by=by)
    envelope = write_envelope(report.key, {"text": text}, purpose=EnvelopePurpose.NOTE, by=by)
    message = save_message(report, envelope, Voice.NOTE, content_language(by.language), by=by)
    record("report.noted", report, by=by)
    return message


def end_referral_alarm(referral: Referral, *, by: Actor) -> None:
    """Call nobody else for a referral that was answered, or that has ended. The caller holds the referral's row."""
    for alarm in DutyAlarm.objects.calling().filter(referral=referral).select_for_update(of=["self"]):
        _end_alarm(alarm, by=by)


def end_alert_alarm(delivery: AlertDesk, *, by: Actor) -> None:
    """Call nobody else for an alert that the desk has opened, or that is over. The caller holds the alert's row."""
    for alarm in DutyAlarm.objects.calling().filter(alert=delivery).select_for_update(of=["self"]):
        _end_alarm(alarm, by=by)


def _end_alarm(alarm: DutyAlarm, *, by: Actor) -> None:
    _move(alarm, AlarmMove.END)
    alarm.ended_at, alarm.next_call_at, alarm.failing_since = timezone.now(), None, None
    alarm.save(update_fields=["state", "ended_at", "next_call_at", "failing_since"])
    _cancel_calls(alarm)
    record("duty.ended", alarm, by=by)


def _cancel_calls(alarm: DutyAlarm) -> None:
    alarm.calls.filter(state=CallState.WAITING).update(state=CallState.CANCELLED, encrypted_code="")


def _lock_alarm(alarm: DutyAlarm) -> DutyAlarm:
    locked = DutyAlarm.objects.select_for_update(of=["self"])
    return locked.select_related("report", "desk__country", "taken_by").get(pk=alarm.pk)


def _move(alarm: DutyAlarm, move: AlarmMove) -> None:
    """Set the state to which a move leads.

    Raises:
        AlarmTaken, AlarmOver: the move does not start from where it stands.
    """
    starts, leads_to = ALARM_MOVES[move]
    if alarm.state not in starts:
        raise AlarmTaken(alarm) if alarm.state == AlarmState.TAKEN else AlarmOver(alarm)
    alarm.state = leads_to
