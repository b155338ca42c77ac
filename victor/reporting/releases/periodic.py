"""What the clock does with releases: it counts those that no worker was asked for, or whose worker was killed."""

from __future__ import annotations

from celery import shared_task

from victor.reporting.releases.models import Release
from victor.reporting.releases.tasks import make_release


@shared_task(name="victor.reporting.releases.periodic.make_releases")
def make_releases() -> int:
    """Make what waits. Returns how many releases were made."""
    return sum(make_release(pk) for pk in Release.objects.unmade().order_by("pk").values_list("pk", flat=True))
