"""Contact points: the person concerned confirms the details by one press, corrects them, or is the contact no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from partners.memberships.emails import compose_contact_question
from partners.memberships.errors import ContactGone
from partners.memberships.models import ContactPoint
from victor.access import Actor, System, require
from victor.audit.actions import record

if TYPE_CHECKING:
    from collections.abc import Sequence

PERMISSION = "partners.confirm_contact"


@transaction.atomic
def confirm_contact(contact: ContactPoint, *, by: Actor) -> ContactPoint:
    """Note that the details are right today.

    Raises:
        ContactGone: the person is no longer the contact.
    """
    contact = _lock_present(contact, by)
    contact.confirmed_on = timezone.localdate()
    contact.save(update_fields=["confirmed_on"])
    record("contact_point.confirmed", contact, by=by)
    return contact


@transaction.atomic
def correct_contact(
    contact: ContactPoint, *, phone: str, job_title: str, languages: Sequence[str], by: Actor
) -> ContactPoint:
    """Change what may have changed, which confirms the rest.

    Raises:
        ContactGone: the person is no longer the contact.
    """
    contact = _lock_present(contact, by)
    contact.phone, contact.job_title, contact.languages = phone, job_title, list(languages)
    contact.confirmed_on = timezone.localdate()
    contact.save(update_fields=["phone", "job_title", "languages", "confirmed_on"])
    record("contact_point.corrected", contact, by=by)
    return contact


@transaction.atomic
def end_contact(contact: ContactPoint, *, by: Actor) -> ContactPoint:
    """Hide a contact at once. That somebody else is to be named stands in the tasks of the coordinators.

    Raises:
        ContactGone: it is hidden already.
    """
    contact = _lock_present(contact, by, "partners.end_contact")
    contact.left_on = timezone.localdate()
    contact.save(update_fields=["left_on"])
    record("contact_point.ended", contact, by=by)
    return contact


@transaction.atomic
def ask_contact(contact: ContactPoint, *, by: System) -> bool:
    """Ask by email whether the details are still right. Return whether the question was due."""
    question = compose_contact_question(contact)
    contact = ContactPoint.objects.select_for_update(of=["self"]).get(pk=contact.pk)
    if not ContactPoint.objects.to_ask().filter(pk=contact.pk).exists():
        return False
    contact.asked_on = timezone.localdate()
    contact.save(update_fields=["asked_on"])
    question.send()
    record("contact_point.asked", contact, by=by)
    return True


def _lock_present(contact: ContactPoint, by: Actor, permission: str = PERMISSION) -> ContactPoint:
    contact = ContactPoint.objects.select_for_update(of=["self"]).get(pk=contact.pk)
    require(by, permission, contact)
    if contact.left_on is not None:
        raise ContactGone
    return contact
