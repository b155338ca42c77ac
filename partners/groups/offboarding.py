"""Whoever works for no partner any more belongs to no group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partners.groups.actions import leave_groups
from partners.memberships.models import Membership
from victor.accounts.offboarding import on_role_end

if TYPE_CHECKING:
    from victor.access import Actor


@on_role_end
def leave_groups_of_leaver(membership: Membership, by: Actor) -> None:
    """End the person's part in all groups, unless another role at a partner is left."""
    if not Membership.objects.filter(user=membership.user_id).exists():
        leave_groups(membership.user, by=by)
