"""What the clock does with registrations."""

from __future__ import annotations

from celery import shared_task

from trainings.registrations.erasure import erase_needs, erase_registrations
from trainings.registrations.waiting_list import offer_free_seats
from trainings.seminars.models import Seminar


@shared_task(name="trainings.periodic.fill_seats")
def fill_seats() -> int:
    """End offers whose time is over, and offer free seats. Return the number of offers made.

    Actions offer the seats that they free at once: this task is for what time alone changes.
    """
    return sum(offer_free_seats(seminar) for seminar in Seminar.objects.with_waiting_list())


@shared_task(name="trainings.periodic.retain")
def retain() -> tuple[int, int]:
    """Delete needs and registrations whose time is over, also those of missed runs. Return both numbers."""
    return erase_needs(), erase_registrations()
