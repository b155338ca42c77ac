from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from campaigns.models import MaterialFile, materials

GRACE = timedelta(days=1)  # for a file whose row is being written


@shared_task
def forget_files() -> int:
    """Delete what no material names any more; return how many files."""
    storage = materials()
    named = set(MaterialFile.objects.values_list("file", flat=True))
    latest = timezone.now() - GRACE
    _folders, files = storage.listdir("")
    left = [name for name in files if name not in named and storage.get_modified_time(name) < latest]
    for name in left:
        storage.delete(name)
    return len(left)
