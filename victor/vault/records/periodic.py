"""The clock of the vault."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from victor.vault.records.models import SealedFile, vault_storage

GRACE = timedelta(days=1)  # for a file whose row is being written


@shared_task(name="victor.vault.periodic.forget_files")
def forget_files() -> int:
    """Delete sealed files that no row names any more; return how many."""
    storage, latest = vault_storage(), timezone.now() - GRACE
    if not storage.exists(""):
        return 0
    named = set(SealedFile.objects.values_list("file", flat=True))
    _folders, files = storage.listdir("")
    left = [name for name in files if name not in named and storage.get_modified_time(name) < latest]
    for name in left:
        storage.delete(name)
    return len(left)
