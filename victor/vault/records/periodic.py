"""What the clock does with sealed files."""

from __future__ import annotations

from celery import shared_task

from victor.files.orphans import delete_orphans
from victor.vault.records.models import SealedFile, vault_storage


@shared_task(name="victor.vault.periodic.forget_files")
def forget_files() -> int:
    """Delete sealed files that no row names. Returns how many."""
    return delete_orphans(vault_storage(), set(SealedFile.objects.values_list("file", flat=True)))
