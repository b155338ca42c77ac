"""Deletes orphaned files by the clock."""

from __future__ import annotations

from celery import shared_task

from campaigns.materials.models import MaterialFile, material_storage
from campaigns.reach.models import Activity, evidence_storage
from victor.files.orphans import delete_orphans


@shared_task(name="campaigns.periodic.forget_files")
def forget_files() -> int:
    """Delete files to which no material and no activity refers any more. Return how many."""
    material_files = MaterialFile.objects.values_list("file", flat=True)
    evidence_files = Activity.objects.values_list("evidence", flat=True)
    return delete_orphans(material_storage(), set(material_files)) + delete_orphans(
        evidence_storage(), set(evidence_files)
    )
