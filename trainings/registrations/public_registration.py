"""Visitors register themselves and their colleagues, and learn nothing of who is registered.

Whoever owns an address learns by email that it was used again, and is asked where another person uses it.
"""

from __future__ import annotations

from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone
from django.utils.crypto import salted_hmac

from trainings.registrations import emails
from trainings.registrations.actions import open_registration_of, register, register_group
from trainings.registrations.errors import AlreadyRegistered, PerhapsRegistered
from trainings.registrations.models import Registration, RegistrationGroup
from trainings.registrations.names import mailbox_key, search_key
from victor.access import Visitor

REPEATED_PRESS = timedelta(minutes=10)  # the same button pressed twice
MAX_QUESTIONS = 5  # to one mailbox within the interval
NOTICE_INTERVAL = 60 * 60  # seconds: nobody can have somebody else's mailbox filled


def sign_up(registration: Registration, *, need: str = "", by: Visitor) -> None:
    """Register a visitor. The visitor does not learn who is registered: the owner of the address does.

    If this person is registered already, the owner gets an e-mail that says so. If somebody else is registered with the
    address, the owner is asked whether this is another person, and nobody is registered before the answer.

    Raises:
        NotOpen: registration is not open.
    """
    try:
        register(registration, need=need, by=by)
    except AlreadyRegistered as refusal:
        _notify_registered_owner(refusal.registration)
    except PerhapsRegistered:
        _ask_owner(registration, has_need=bool(need))


def sign_up_group(group: RegistrationGroup, members: list[Registration], *, by: Visitor) -> None:
    """Register a visitor's colleagues. Those who are or may be registered already get an e-mail about that.

    Raises:
        NotOpen: registration is not open.
        NotAllFit: they come together or not at all, and there are fewer seats.
    """
    register_group(group, members, by=by)
    for member in members:
        if member.pk:
            continue
        member.group = group
        if earlier := open_registration_of(member, group.seminar):
            _notify_registered_owner(earlier)
        else:
            _ask_owner(member, has_need=False)


def _notify_registered_owner(registration: Registration) -> None:
    if timezone.now() - registration.registered_at < REPEATED_PRESS:
        return
    if cache.add(f"trainings.registered_before.{registration.pk}", 1, NOTICE_INTERVAL):
        emails.send_already_registered(registration)


def _ask_owner(registration: Registration, *, has_need: bool) -> None:
    """Ask whether this is another person who shares the address; not again within the hour, and not without end."""
    seminar, mailbox = registration.seminar_id, mailbox_key(registration.email)
    person = salted_hmac("trainings.sharing", f"{seminar}:{mailbox}:{search_key(registration.name)}").hexdigest()
    box = salted_hmac("trainings.sharing", f"{seminar}:{mailbox}").hexdigest()
    if not cache.add(f"trainings.sharing.{person}", 1, NOTICE_INTERVAL):
        return
    if any(cache.add(f"trainings.sharing.{box}.{number}", 1, NOTICE_INTERVAL) for number in range(MAX_QUESTIONS)):
        emails.send_sharing_question(registration, has_need=has_need)
