"""People who open the same records: they join, leave, and are given officers who can restore their access.

Who may ask for any of this, the caller has checked. That nobody is let in by somebody who is not in, the keys see to.
"""

from __future__ import annotations

from victor.vault.groups.models import Group
from victor.vault.keys.keyring import public_key_of


def lock_group(group: Group) -> Group:
    """The group as it is now, which nobody else changes until the transaction ends."""
    group = Group.objects.select_for_update(of=["self"]).select_related("key").get(pk=group.pk)
    public_key_of(group.key, of=group)
    return group
