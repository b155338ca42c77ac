from __future__ import annotations

from celery import shared_task

from campaigns.materials.models import MaterialFile, material_storage
from campaigns.reach.models import Activity, evidence_storage
from victor.files.orphans import delete_orphans


@shared_task(name="campaigns.periodic.forget_files")
def forget_files() -> int:
    """Delete what no material and no activity names any more; return how many files."""
    named_files = MaterialFile.objects.values_list("file", flat=True)
    named_evidence = Activity.objects.values_list("evidence", flat=True)
    return delete_orphans(material_storage(), set(named_files)) + delete_orphans(
        evidence_storage(), set(named_evidence)
    )
