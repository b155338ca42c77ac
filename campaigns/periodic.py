from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.core.files.storage import Storage
from django.utils import timezone

from campaigns.models import Activity, MaterialFile, evidence, materials

GRACE = timedelta(days=1)  # for a file whose row is being written


@shared_task
def forget_files() -> int:
    """Delete what no material and no activity names any more; return how many files."""
    named_files = MaterialFile.objects.values_list("file", flat=True)
    named_evidence = Activity.objects.values_list("evidence", flat=True)
    return _forget(materials(), set(named_files)) + _forget(evidence(), set(named_evidence))


def _forget(storage: Storage, named: set[str]) -> int:
    if not storage.exists(""):
        return 0
    latest = timezone.now() - GRACE
    _folders, files = storage.listdir("")
    left = [name for name in files if name not in named and storage.get_modified_time(name) < latest]
    for name in left:
        storage.delete(name)
    return len(left)
