from __future__ import annotations

from celery import shared_task

from campaigns.models import MaterialFile, materials
from victor.uploads import forget


@shared_task
def forget_files() -> int:
    """Delete what no material names any more; return how many files."""
    return forget(materials(), set(MaterialFile.objects.values_list("file", flat=True)))
