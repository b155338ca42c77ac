"""Locks the rows of groups, and of what leads to a record: before anything is recorded, as everybody does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from victor.vault.groups.models import Group
from victor.vault.keys.keyring import public_key_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from victor.vault.keys.models import Key


def lock_group(group: Group) -> Group:
    """Lock a group until the transaction ends, and return it as it is now.

    Raises:
        Unopenable: its key is not the one that was registered for it.
    """
    group = Group.objects.select_for_update(of=["self"]).select_related("key").get(pk=group.pk)
    public_key_of(group.key, of=group)
    return group


def lock_record(key: Key, groups: QuerySet[Group]) -> None:
    """Lock groups, and then the grants of a record, until the transaction ends: for whoever shares and withdraws it."""
    for group in groups.order_by("pk"):
        lock_group(group)
    list(key.grants.select_for_update().order_by("pk"))
