"""Who reads minutes, decisions and actions of a group, who writes them, who approves and who confirms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.permissions import add_perm
from rules.predicates import predicate

from partners.groups.models import GroupMember
from partners.groups.rules import leads_group
from partners.groups.states import GroupRole
from partners.memberships.rules import coordinates, is_partner_staff
from partners.minutes.states import ApprovalPart

if TYPE_CHECKING:
    from partners.groups.models import WorkingGroup
    from partners.minutes.models import Action
    from victor.accounts.models import User

CHAIRING = frozenset({GroupRole.CHAIR, GroupRole.DEPUTY})


def roles_in(user: User, group: WorkingGroup) -> set[str]:
    """The roles that a person has in a group now."""
    members = GroupMember.objects.active().filter(group=group, user=user)
    return set(members.values_list("role", flat=True))


def chair_of(group: WorkingGroup) -> User | None:
    """Who chairs a group: the chair, else the deputy, if they can log in."""
    chairing = GroupMember.objects.active().filter(group=group, role__in=CHAIRING, user__is_active=True)
    people = {member.role: member.user for member in chairing.select_related("user")}
    return people.get(GroupRole.CHAIR) or people.get(GroupRole.DEPUTY)


def approval_part_of(user: User, group: WorkingGroup) -> ApprovalPart | None:
    """For which part the person approves minutes of a group; None where for none.

    Where a group has no secretary, its coordinators stand in.
    """
    roles = roles_in(user, group)
    if roles & CHAIRING:
        return ApprovalPart.CHAIR
    if GroupRole.SECRETARY in roles:
        return ApprovalPart.SECRETARY
    has_secretary = GroupMember.objects.active().filter(group=group, role=GroupRole.SECRETARY).exists()
    return ApprovalPart.SECRETARY if coordinates(user) and not has_secretary else None


@predicate
def approves_minutes(user: User, group: WorkingGroup | None = None) -> bool:
    """The person approves minutes of this group; without one: may."""
    return group is None or approval_part_of(user, group) is not None


@predicate
def chairs(user: User, group: WorkingGroup | None = None) -> bool:
    """The person chairs this group, or coordinates all of them; without one: may."""
    return group is None or coordinates(user) or bool(roles_in(user, group) & CHAIRING)


@predicate
def settles_action(user: User, action: Action | None = None) -> bool:
    """The action is the person's own or deputy's, or the person leads the group; without one: may."""
    if action is None:
        return True
    return user.pk in {action.owner_id, action.deputy_id} or bool(leads_group(user, action.group))


add_perm("partners.view_minutes", is_partner_staff)
add_perm("partners.view_actions", is_partner_staff)
add_perm("partners.write_minutes", is_partner_staff & leads_group)
add_perm("partners.remark_on_minutes", is_partner_staff)
add_perm("partners.approve_minutes", is_partner_staff & approves_minutes)
add_perm("partners.settle_action", is_partner_staff & settles_action)
add_perm("partners.verify_action", is_partner_staff & chairs)
add_perm("partners.drop_action", is_partner_staff & chairs)
