"""The clock of the seminars."""

from __future__ import annotations

from celery import shared_task

from trainings.registrations.erasure import erase_needs, erase_registrations
from trainings.registrations.waiting_list import offer_free_seats
from trainings.seminars.models import Seminar


@shared_task(name="trainings.periodic.fill_seats")
def fill_seats() -> int:
    """Let offers lapse whose time is over and offer what is free: whatever frees a seat does so at once, this makes
    up for what the clock alone decides. Return how many offers were made."""
    return sum(offer_free_seats(seminar) for seminar in Seminar.objects.with_waiting_list())


@shared_task(name="trainings.periodic.retain")
def retain() -> tuple[int, int]:
    """Delete needs and registrations whose time is over; return how many. What was missed is caught up with."""
    return erase_needs(), erase_registrations()
