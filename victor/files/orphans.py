"""Files that people hand over: known by what is in them, whatever their name says, and pictures made anew.

A picture is decoded and written again, so that nothing is left of what cameras and programs put into it (place,
author, device, preview). One whose head promises more points than `MOST_POINTS` is refused before it is decoded.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from django.core.files.storage import Storage
from django.utils import timezone

GRACE = timedelta(days=1)  # for a file whose row is being written


def delete_orphans(storage: Storage, named: Collection[str]) -> int:
    """Delete the files of a storage that nothing names any more; return how many."""
    latest = timezone.now() - GRACE
    _folders, files = storage.listdir("") if storage.exists("") else ([], [])
    left = [name for name in files if name not in named and storage.get_modified_time(name) < latest]
    for name in left:
        storage.delete(name)
    return len(left)
