"""Who sees groups, who leads one and who belongs to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from rules.permissions import add_perm
from rules.predicates import predicate

from partners.groups.states import LEADING_ROLES
from partners.memberships.rules import coordinates, is_coordinator, is_partner_staff

if TYPE_CHECKING:
    from partners.groups.models import WorkingGroup
    from partners.groups.querysets import GroupMemberQuerySet
    from victor.accounts.models import User


def _own_roles(user: User) -> GroupMemberQuerySet:
    members: GroupMemberQuerySet = apps.get_model("partners.GroupMember").objects.active()
    return members.filter(user=user)


@predicate
def leads_group(user: User, group: WorkingGroup | None = None) -> bool:
    """The person chairs this group, is its deputy or secretary, or coordinates the partnership; without one: any."""
    if coordinates(user):
        return True
    leading = _own_roles(user).filter(role__in=LEADING_ROLES)
    return leading.exists() if group is None else leading.filter(group=group).exists()


@predicate
def belongs_to_group(user: User, group: WorkingGroup | None = None) -> bool:
    """The person belongs to this group; without one: to any."""
    own = _own_roles(user)
    return own.exists() if group is None else own.filter(group=group).exists()


add_perm("partners.view_groups", is_partner_staff)
add_perm("partners.found_group", is_coordinator)
add_perm("partners.lead_group", is_partner_staff & leads_group)
