"""Deletes files that no row names."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from django.core.files.storage import Storage
from django.utils import timezone

GRACE = timedelta(days=1)  # for a file whose row is not committed yet


def delete_orphans(storage: Storage, named: Collection[str]) -> int:
    """Delete the files of a storage that are not in `named` and are older than a day. Returns how many."""
    latest = timezone.now() - GRACE
    _folders, files = storage.listdir("") if storage.exists("") else ([], [])
    orphans = [name for name in files if name not in named and storage.get_modified_time(name) < latest]
    for name in orphans:
        storage.delete(name)
    return len(orphans)
