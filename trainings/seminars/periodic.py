"""What the clock does with the files of sessions."""

from __future__ import annotations

from celery import shared_task

from trainings.seminars.materials import SessionMaterial, material_storage
from victor.files.orphans import delete_orphans


@shared_task(name="trainings.periodic.forget_files")
def forget_files() -> int:
    """Delete stored files that no material names any more. Return the number of files."""
    return delete_orphans(material_storage(), set(SessionMaterial.objects.values_list("file", flat=True)))
