from __future__ import annotations

from celery import shared_task

from campaigns.models import Activity, MaterialFile, evidence, materials
from victor.uploads import forget


@shared_task(name="campaigns.periodic.forget_files")
def forget_files() -> int:
    """Delete what no material and no activity names any more; return how many files."""
    named_files = MaterialFile.objects.values_list("file", flat=True)
    named_evidence = Activity.objects.values_list("evidence", flat=True)
    return forget(materials(), set(named_files)) + forget(evidence(), set(named_evidence))
