"""Record and remove activities of campaigns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from campaigns.reach.models import Activity, evidence_storage
from victor.access import require
from victor.audit.actions import record
from victor.stored_names import stored_reference

if TYPE_CHECKING:
    from victor.accounts.models import User


@transaction.atomic
def record_activity(activity: Activity, *, by: User) -> Activity:
    """Save an activity, new or changed. `by` must act for its organisation before and after the change."""
    before = Activity.objects.select_for_update().filter(pk=activity.pk).first()
    if before:
        require(by, "campaigns.record_activity", before.organisation)
    require(by, "campaigns.record_activity", activity.organisation)
    activity.recorded_by = by
    activity.save()
    if before and before.evidence.name and before.evidence != activity.evidence:
        _delete_evidence_on_commit(before.evidence.name)
    record("activity.recorded", activity, by=by, measure=activity.measure, number=activity.number)
    return activity


@transaction.atomic
def remove_activity(activity: Activity, *, by: User) -> None:
    """Delete an activity that was recorded by mistake, with its evidence."""
    activity = Activity.objects.select_for_update().get(pk=activity.pk)
    require(by, "campaigns.record_activity", activity.organisation)
    if activity.evidence.name:
        _delete_evidence_on_commit(activity.evidence.name)
    reference = stored_reference(activity)
    activity.delete()
    record("activity.removed", reference, by=by, measure=activity.measure, number=activity.number)


def _delete_evidence_on_commit(name: str) -> None:
    transaction.on_commit(lambda: evidence_storage().delete(name))
