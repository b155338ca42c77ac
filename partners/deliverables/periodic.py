"""What the clock does with deliverables: it tells of those that are due."""

from __future__ import annotations

from celery import shared_task

from partners.deliverables.actions import notify_of_due
from partners.deliverables.models import Deliverable
from victor.access import System

CLOCK = System("clock")


@shared_task(name="partners.periodic.watch_deliverables")
def watch_deliverables() -> int:
    """Tell owners. Returns of how many deliverables they were told."""
    rows = Deliverable.objects.near().select_related("owner").order_by("pk")
    return sum(notify_of_due(deliverable, by=CLOCK) is not None for deliverable in rows)
