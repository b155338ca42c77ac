"""Locks the row of a group."""

from __future__ import annotations

from victor.vault.groups.models import Group
from victor.vault.keys.keyring import public_key_of


def lock_group(group: Group) -> Group:
    """Lock a group until the transaction ends, and return it as it is now.

    Raises:
        Unopenable: its key is not the one that was registered for it.
    """
    group = Group.objects.select_for_update(of=["self"]).select_related("key").get(pk=group.pk)
    public_key_of(group.key, of=group)
    return group
