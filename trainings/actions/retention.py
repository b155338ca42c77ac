"""What is deleted when its time is over. The proof says how many, and nothing of whom."""

from __future__ import annotations

from django.db import transaction

from trainings.actions.registration import CLOCK
from trainings.models import Group, Need, Registration, Seminar
from trainings.retention import needs_of_those_ended_by, registrations_of_those_ended_by
from victor.audit.actions import record


def erase_needs() -> int:
    """Delete what people needed in order to take part, and what those would have needed who do not come."""
    due = Need.objects.due(needs_of_those_ended_by())
    seminars = Seminar.objects.filter(pk__in=due.values("registration__seminar"))
    return sum(_erase_needs(seminar) for seminar in seminars)


def erase_registrations() -> int:
    """Delete registrations with all that belongs to them; certificates are a register of their own and stay."""
    due = Registration.objects.of_seminars_ended_by(registrations_of_those_ended_by())
    seminars = Seminar.objects.filter(pk__in=due.values("seminar"))
    return sum(_erase_registrations(seminar) for seminar in seminars)


@transaction.atomic
def _erase_needs(seminar: Seminar) -> int:
    due = Need.objects.due(needs_of_those_ended_by()).filter(registration__seminar=seminar)
    count = due.delete()[1].get("trainings.Need", 0)
    record("needs.erased", seminar, by=CLOCK, count=count)
    return count


@transaction.atomic
def _erase_registrations(seminar: Seminar) -> int:
    count = seminar.registrations.all().delete()[1].get("trainings.Registration", 0)
    Group.objects.filter(seminar=seminar).delete()
    record("registrations.erased", seminar, by=CLOCK, count=count)
    return count
