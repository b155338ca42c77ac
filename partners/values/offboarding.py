"""Whoever works for no partner any more fills in no values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partners.memberships.models import Membership
from partners.values.closures import release_owner
from victor.accounts.offboarding import on_role_end

if TYPE_CHECKING:
    from victor.access import Actor


@on_role_end
def release_leaver(membership: Membership, by: Actor) -> None:
    """Take the person off once the last role has ended. The organisation and coordinators have the values then."""
    if not Membership.objects.filter(user=membership.user_id).exists():
        release_owner(membership.user_id, by=by)
