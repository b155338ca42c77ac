"""The clock of the seminars."""

from celery import shared_task

from trainings.actions import fill, remind_of, send_wave
from trainings.models import Mailing, Seminar
from trainings.states import DAYS_BEFORE


@shared_task
def fill_seats() -> int:
    """Let offers lapse whose time is over and offer what is free: whatever frees a seat does so at once, this makes
    up for what the clock alone decides. Return how many offers were made."""
    return sum(fill(seminar) for seminar in Seminar.objects.with_a_line())


@shared_task
def send_mailings() -> int:
    """One wave of each mailing that goes out; return how many mails were given to the outbox."""
    return sum(send_wave(mailing) for mailing in Mailing.objects.going_out().order_by("released_at", "pk"))


@shared_task
def remind() -> int:
    """Write to those who have a place a week and a day before the beginning, each once; return how many mailings."""
    return sum(remind_of(seminar, days) for days in DAYS_BEFORE for seminar in Seminar.objects.near(days))
