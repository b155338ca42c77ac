"""What the clock does with values: it tells of those that are due, and deletes files that no row names."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from partners.activities.models import Evidence
from partners.deliverables.models import DeliverableVersion
from partners.grants.models import grant_storage
from partners.targets.models import Period
from partners.targets.states import PeriodState
from partners.values.closures import notify_of_values
from partners.values.models import HandEnteredValue
from partners.values.states import REMINDER_DAYS
from victor.access import System
from victor.files.orphans import delete_orphans

CLOCK = System("clock")


@shared_task(name="partners.periodic.watch_values")
def watch_values() -> int:
    """Tell of values that are due. Returns how many people were told."""
    limit = timezone.localdate() + timedelta(days=max(REMINDER_DAYS))
    periods = Period.objects.filter(state=PeriodState.OPEN, due_on__lte=limit).select_related("grant").order_by("pk")
    return sum(notify_of_values(period, by=CLOCK) for period in periods)


@shared_task(name="partners.periodic.forget_grant_files")
def forget_grant_files() -> int:
    """Delete files to which no evidence, deliverable or value refers. Returns how many."""
    named = set(Evidence.objects.values_list("file", flat=True))
    named |= set(DeliverableVersion.objects.values_list("file", flat=True))
    named |= set(HandEnteredValue.objects.values_list("file", flat=True))
    return delete_orphans(grant_storage(), named)
