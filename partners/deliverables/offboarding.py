"""Whoever works for no partner any more owns and reads no deliverable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partners.deliverables.actions import release_person
from partners.memberships.models import Membership
from victor.accounts.offboarding import on_role_end

if TYPE_CHECKING:
    from victor.access import Actor


@on_role_end
def release_leaver(membership: Membership, by: Actor) -> None:
    """Take the person off once the last role has ended."""
    if not Membership.objects.filter(user=membership.user_id).exists():
        release_person(membership.user_id, by=by)
