"""Deletion of personal data whose time is over. The log says how many rows were deleted, and nothing about whom."""

from __future__ import annotations

from django.db import transaction

from trainings.registrations.models import Need, Registration, RegistrationGroup
from trainings.registrations.retention import needs_due_moment, registrations_due_moment
from trainings.registrations.waiting_list import CLOCK
from trainings.seminars.models import Seminar
from victor.audit.actions import record


def erase_needs() -> int:
    """Delete the needs of seminars that are over, and those of people who do not come. Return the number of needs."""
    due = Need.objects.due(needs_due_moment())
    seminars = Seminar.objects.filter(pk__in=due.values("registration__seminar"))
    return sum(_erase_needs_of(seminar) for seminar in seminars)


def erase_registrations() -> int:
    """Delete registrations with all that belongs to them, except certificates. Return the number of registrations."""
    due = Registration.objects.of_seminars_ended_by(registrations_due_moment())
    seminars = Seminar.objects.filter(pk__in=due.values("seminar"))
    return sum(_erase_registrations_of(seminar) for seminar in seminars)


@transaction.atomic
def _erase_needs_of(seminar: Seminar) -> int:
    due = Need.objects.due(needs_due_moment()).filter(registration__seminar=seminar)
    count = due.delete()[1].get("trainings.Need", 0)
    record("needs.erased", seminar, by=CLOCK, count=count)
    return count


@transaction.atomic
def _erase_registrations_of(seminar: Seminar) -> int:
    count = seminar.registrations.all().delete()[1].get("trainings.Registration", 0)
    RegistrationGroup.objects.filter(seminar=seminar).delete()
    record("registrations.erased", seminar, by=CLOCK, count=count)
    return count
