"""The clock of the vault."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from victor.vault.models import Layer, SealedFile, vault
from victor.vault.states import OPEN

GRACE = timedelta(days=1)  # for a file whose row is being written


@shared_task(name="victor.vault.periodic.forget_layers")
def forget_layers() -> int:
    """Delete what first officers have opened for recoveries that have expired; return how many."""
    live = Layer.objects.filter(ceremony__state__in=OPEN, ceremony__expires_at__gt=timezone.now())
    return Layer.objects.exclude(pk__in=live).delete()[0]


@shared_task(name="victor.vault.periodic.forget_files")
def forget_files() -> int:
    """Delete sealed files that no row names any more; return how many."""
    storage, latest = vault(), timezone.now() - GRACE
    if not storage.exists(""):
        return 0
    named = set(SealedFile.objects.values_list("file", flat=True))
    _folders, files = storage.listdir("")
    left = [name for name in files if name not in named and storage.get_modified_time(name) < latest]
    for name in left:
        storage.delete(name)
    return len(left)
