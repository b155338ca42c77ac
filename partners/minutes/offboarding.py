"""What somebody who leaves a group had taken on there goes to its chair, in the same transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partners.groups.actions import follows_leaving
from partners.minutes.group_actions import hand_to_chair

if TYPE_CHECKING:
    from partners.groups.models import WorkingGroup
    from victor.access import Actor
    from victor.accounts.models import User


@follows_leaving
def hand_over_actions_of_leaver(group: WorkingGroup, user: User, by: Actor) -> None:
    """Hand the person's actions over."""
    hand_to_chair(group, user, by=by)
