"""What can happen to campaigns besides what can happen to any text (see `victor.publishing.actions`)."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from campaigns.reach.models import Activity, evidence_storage
from victor.access import require
from victor.audit.actions import record


@transaction.atomic
def record_activity(activity: Activity, *, by: Any) -> Activity:
    """Keep an activity, new or changed, that `by` may speak for: before and after the change."""
    before = Activity.objects.select_for_update().filter(pk=activity.pk).first()
    for each in filter(None, (before, activity)):
        require(by, "campaigns.record_activity", each.organisation)
    activity.recorded_by = by
    activity.save()
    if before and before.evidence.name and before.evidence != activity.evidence:
        _delete_evidence_on_commit(before.evidence.name)
    record("activity.recorded", activity, by=by, measure=activity.measure, number=activity.number)
    return activity


@transaction.atomic
def remove_activity(activity: Activity, *, by: Any) -> None:
    """Take an activity back that was recorded by mistake, with its evidence."""
    activity = Activity.objects.select_for_update().get(pk=activity.pk)
    require(by, "campaigns.record_activity", activity.organisation)
    record("activity.removed", activity, by=by, measure=activity.measure, number=activity.number)
    if activity.evidence.name:
        _delete_evidence_on_commit(activity.evidence.name)
    activity.delete()


def _delete_evidence_on_commit(name: str) -> None:
    transaction.on_commit(lambda: evidence_storage().delete(name))
