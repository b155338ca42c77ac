"""What runs by the clock: the next person is called, and what was not sent yet is sent."""

from __future__ import annotations

from celery import shared_task

from desks.duty import actions
from desks.duty.models import DutyCall
from desks.duty.tasks import send_calls


@shared_task(name="desks.periodic.call_duty")
def call_duty() -> int:
    """Raise alarms that are missing, call whoever is next, send what is due; return how many calls were sent."""
    actions.raise_missing_alarms()
    return send_calls()


@shared_task(name="desks.periodic.forget_codes")
def forget_codes() -> int:
    """Delete calls that only brought a code, a month later. Return how many."""
    deleted, _rows = DutyCall.objects.forgettable().delete()
    return deleted
