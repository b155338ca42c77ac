"""What runs by the clock: alerts end on their day, and senders are told of those that nobody has opened."""

from __future__ import annotations

from contextlib import suppress

from celery import shared_task
from django.utils import timezone

from desks.alerts import actions
from desks.alerts.errors import AlertOver
from desks.alerts.models import Alert, AlertDesk
from victor.vault.errors import Unopenable


@shared_task(name="desks.periodic.watch_alerts")
def watch_alerts() -> int:
    """End what is over, tell senders, call whom nobody has called; return how many alerts have ended."""
    now, ended = timezone.now(), 0
    for alert in Alert.objects.ended_by(now):
        with suppress(AlertOver, Unopenable):
            actions.end_alert(alert, by=actions.CLOCK)
            ended += 1
    for alert in Alert.objects.unopened_by(now).select_related("sent_by"):
        with suppress(Unopenable):
            actions.warn_sender(alert, by=actions.CLOCK)
    for delivery in AlertDesk.objects.without_alarm().select_related("alert", "desk__country"):
        with suppress(AlertOver, Unopenable):
            actions.call_duty(delivery, by=actions.CLOCK)
    return ended
