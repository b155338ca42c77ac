"""Sends one call that is due: what it says is read in one transaction, and the outcome written in another.

No transaction is open while the gateway is asked. Before it is asked, the call is put off until its next try: so a
worker that is killed in between loses nothing, and what the gateway gets twice has the same identifier.
"""

from __future__ import annotations

from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING

import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from desks.duty.errors import CallRefused, GatewayFailed
from desks.duty.gateway import Dispatch, configured_gateway
from desks.duty.models import DutyAlarm, DutyCall
from desks.duty.querysets import has_uncalled
from desks.duty.states import AlarmState, CallPurpose, CallState, DutyChannel
from victor.access import System
from victor.audit.actions import record
from victor.field_encryption import decrypt_value
from victor.languages import language_tag

if TYPE_CHECKING:
    from desks.duty.gateway import Gateway

WORKER = System("worker")
log = structlog.get_logger(__name__)
FIRST_PAUSE, MAX_PAUSE = timedelta(seconds=20), timedelta(minutes=2)
MAX_ATTEMPTS = 10  # with these pauses a quarter of an hour: then somebody else is called anyway


class Outcome(Enum):
    """How one attempt ended."""

    NOTHING = "nothing"  # nothing is due, or there is no gateway
    SENT = "sent"
    PUT_OFF = "put off"  # the gateway does not answer: it would not take the next call either
    REFUSED = "refused"


def send_next() -> Outcome:
    """Send the call that has waited longest."""
    gateway = configured_gateway()
    call = _pick_call() if gateway else None
    if gateway is None or call is None:
        return Outcome.NOTHING
    try:
        _deliver(call, gateway)
    except GatewayFailed as failure:
        return _note_failure(call, failure)
    _note_success(call)
    return Outcome.SENT


def text_of(call: DutyCall) -> str:
    """What a call says, in the active language: no reference, no desk, no word of what has happened."""
    code = decrypt_value(call.encrypted_code).strip() if call.encrypted_code else ""
    if call.purpose == CallPurpose.CODE:
        return _("Your code: %(code)s") % {"code": code}
    if call.channel == DutyChannel.VOICE:
        return _("This is the duty service. Please log in. Press 1 if you have heard this.")
    return _("Duty %(code)s: please log in.") % {"code": code}


@transaction.atomic
def _pick_call() -> DutyCall | None:
    """The next call, which no other worker takes before its next try. What nobody needs any more is cancelled."""
    unneeded = DutyCall.objects.due().filter(purpose=CallPurpose.ALARM).exclude(alarm__state=AlarmState.CALLING)
    DutyCall.objects.filter(pk__in=unneeded.values("pk")).update(state=CallState.CANCELLED, encrypted_code="")
    call = DutyCall.objects.due().select_for_update(of=["self"], skip_locked=True).first()
    if call is not None:
        call.due_at = timezone.now() + min(FIRST_PAUSE * 2**call.attempts, MAX_PAUSE)
        call.attempts += 1
        call.save(update_fields=["due_at", "attempts"])
    return call


def _deliver(call: DutyCall, gateway: Gateway) -> None:
    number = _number_for(call)
    if not number:
        raise CallRefused("no number")
    with override(call.person.language):
        text = text_of(call)
    gateway.send(Dispatch(call.pk, call.channel, number, language_tag(call.person.language), text))


def _number_for(call: DutyCall) -> str:
    """The number of the person as it is now: the one to be confirmed, for a code."""
    own = getattr(call.person, "duty_number", None)
    if own is None:
        return ""
    return own.new_number if call.purpose == CallPurpose.CODE else own.number


@transaction.atomic
def _note_success(call: DutyCall) -> None:
    DutyAlarm.objects.filter(calls=call).update(failing_since=None)
    waiting = DutyCall.objects.filter(pk=call.pk, state=CallState.WAITING)
    if waiting.update(state=CallState.SENT, sent_at=timezone.now(), encrypted_code="", failure=""):
        record("duty.call_sent", call.alarm or call, by=WORKER, call=str(call.pk), person=str(call.person_id))


@transaction.atomic
def _note_failure(call: DutyCall, failure: GatewayFailed) -> Outcome:
    """Write down that nobody was called. Supervisors are told as long as that is so."""
    now, is_refused = timezone.now(), isinstance(failure, CallRefused)
    calling = DutyAlarm.objects.calling().filter(calls=call)
    calling.filter(failing_since=None).update(failing_since=now)
    waiting = DutyCall.objects.filter(pk=call.pk, state=CallState.WAITING)
    if is_refused or call.attempts >= MAX_ATTEMPTS:
        waiting.update(state=CallState.FAILED, encrypted_code="", failure=str(failure))
        if call.alarm and has_uncalled(call.alarm, now):
            calling.update(next_call_at=now)
    else:
        waiting.update(failure=str(failure))
    log.warning("duty call not sent", call=str(call.pk), failure=str(failure))
    return Outcome.REFUSED if is_refused else Outcome.PUT_OFF
