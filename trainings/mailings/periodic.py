"""Sends mailings and reminders by the clock."""

from __future__ import annotations

import structlog
from celery import shared_task

from trainings.mailings.actions import send_reminder, send_wave
from trainings.mailings.models import Mailing, Recipient
from trainings.seminars.models import Seminar
from trainings.seminars.states import REMINDER_DAYS

log = structlog.get_logger(__name__)


@shared_task(name="trainings.periodic.send_mailings")
def send_mailings() -> int:
    """Send one wave of each mailing that is being sent. Return how many emails were queued or given up."""
    return sum(_send_wave_of(mailing) for mailing in Mailing.objects.going_out().order_by("released_at", "pk"))


@shared_task(name="trainings.periodic.note_failures")
def note_failures() -> int:
    """Store which recipients could not be reached before the outbox deletes this. Return how many were noted."""
    return Recipient.objects.note_failures()


@shared_task(name="trainings.periodic.remind")
def remind() -> int:
    """Remind confirmed participants a week and a day before the seminar, once each. Return how many mailings."""
    return sum(
        send_reminder(seminar, days) for days in REMINDER_DAYS for seminar in Seminar.objects.starting_within(days)
    )


def _send_wave_of(mailing: Mailing) -> int:
    try:
        return send_wave(mailing)
    except Exception:  # whatever is wrong with one mailing must not stop the next ones
        log.exception("wave not sent", mailing=mailing.pk)
        return 0
