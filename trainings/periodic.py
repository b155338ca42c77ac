"""The clock of the seminars."""

from celery import shared_task

from trainings.actions import erase_needs, erase_registrations, fill
from trainings.models import Seminar, SessionMaterial
from trainings.models.seminar import materials
from victor.uploads import forget


@shared_task
def fill_seats() -> int:
    """Let offers lapse whose time is over and offer what is free: whatever frees a seat does so at once, this makes
    up for what the clock alone decides. Return how many offers were made."""
    return sum(fill(seminar) for seminar in Seminar.objects.with_a_line())


@shared_task
def forget_files() -> int:
    """Delete what no material of a session names any more; return how many files."""
    return forget(materials(), set(SessionMaterial.objects.values_list("file", flat=True)))


def retain() -> tuple[int, int]:
    """Delete needs and registrations whose time is over; return how many. What was missed is caught up with."""
    return erase_needs(), erase_registrations()
