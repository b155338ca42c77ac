"""The number at which somebody is called: they set it themselves, and confirm it with a code that was sent to it."""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from desks.duty.actions import send_call
from desks.duty.errors import NoGateway, TooManyCodes, WrongCode
from desks.duty.gateway import configured_gateway
from desks.duty.models import DutyCall, DutyNumber
from desks.duty.states import CallPurpose, CallState, DutyChannel
from victor.access import require
from victor.accounts.models import User
from victor.audit.actions import record, seal_of
from victor.field_encryption import encrypt_value

NUMBER_SIZE = 16  # of the longest number: its encrypted length tells nothing
DAY = timedelta(days=1)
CODE_VALIDITY = timedelta(minutes=15)
MAX_TRIES = 5
MAX_CODES = 10  # of one person within a day


@transaction.atomic
def set_number(number: str, channel: DutyChannel, *, by: User) -> DutyNumber:
    """Send a code to a new number. An earlier one stays in use until the new one is confirmed.

    Raises:
        NoGateway: nothing can be sent.
        TooManyCodes: the person has asked for many today.
    """
    require(by, "desks.set_duty_number")
    if configured_gateway() is None:
        raise NoGateway
    today = DutyCall.objects.filter(purpose=CallPurpose.CODE, person=by, created_at__gt=timezone.now() - DAY)
    if today.count() >= MAX_CODES:
        raise TooManyCodes
    own, _is_new = DutyNumber.objects.select_for_update().get_or_create(person=by)
    code = f"{secrets.randbelow(10**6):06}"
    own.encrypted_new, own.new_channel = encrypt_value(number.ljust(NUMBER_SIZE)), channel
    own.code_digest, own.code_sent_at, own.tries = _digest(by, code), timezone.now(), 0
    own.save(update_fields=["encrypted_new", "new_channel", "code_digest", "code_sent_at", "tries"])
    _cancel_codes(by)
    send_call(purpose=CallPurpose.CODE, person=by, channel=channel, code=code)
    record("duty.number_set", own, by=by)
    return own


def confirm_number(code: str, *, by: User) -> DutyNumber:
    """Use the new number from now on, since its code was typed.

    Raises:
        WrongCode: it is another, too old, or was tried too often.
    """
    own = _confirm_if_right(code, by=by)
    if own is None:  # after the transaction, so that the try stays counted
        raise WrongCode
    return own


@transaction.atomic
def _confirm_if_right(code: str, *, by: User) -> DutyNumber | None:
    own = DutyNumber.objects.select_for_update().filter(person=by).first()
    require(by, "desks.set_duty_number", own)
    if own is None or own.code_sent_at is None or own.tries >= MAX_TRIES:
        return None
    own.tries += 1
    is_right = hmac.compare_digest(own.code_digest, _digest(by, code))
    if not is_right or own.code_sent_at + CODE_VALIDITY < timezone.now():
        own.save(update_fields=["tries"])
        return None
    own.encrypted_number, own.channel, own.confirmed_at = own.encrypted_new, own.new_channel, timezone.now()
    own.encrypted_new = own.code_digest = ""
    own.code_sent_at = None
    own.save()
    record("duty.number_confirmed", own, by=by)
    return own


@transaction.atomic
def remove_number(*, by: User) -> None:
    """Delete one's number. One's duties stay in the rota, which says that nobody can call."""
    require(by, "desks.set_duty_number")
    own = DutyNumber.objects.select_for_update().filter(person=by).first()
    if own is None:
        return
    record("duty.number_removed", own, by=by)
    own.delete()


def _cancel_codes(person: User) -> None:
    waiting = DutyCall.objects.filter(person=person, purpose=CallPurpose.CODE, state=CallState.WAITING)
    waiting.update(state=CallState.CANCELLED, encrypted_code="")


def _digest(person: User, code: str) -> str:
    """What is stored of a code: made with a key that is not in the database."""
    return seal_of(f"desks.duty.code:{person.pk}:{code.strip()}")
