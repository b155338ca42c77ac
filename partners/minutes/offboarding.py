"""What somebody who leaves had taken on goes to the chair, in the same transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partners.memberships.models import Membership
from partners.minutes.group_actions import hand_to_chair
from victor.accounts.offboarding import on_role_end

if TYPE_CHECKING:
    from victor.access import Actor


@on_role_end
def hand_over_actions_of_leaver(membership: Membership, by: Actor) -> None:
    """Hand the actions over of somebody who works for no partner any more."""
    if not Membership.objects.filter(user=membership.user_id).exists():
        hand_to_chair(membership.user, by=by)
