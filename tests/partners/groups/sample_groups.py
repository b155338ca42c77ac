"""Groups with members, for tests."""

from __future__ import annotations

from partners.groups.models import GroupMember, WorkingGroup
from partners.groups.states import GroupKind, GroupRole
from partners.memberships.states import Role
from tests.people import person
from victor.accounts.models import User


def make_group(slug: str = "desks", **fields: object) -> WorkingGroup:
    given = {"name": slug.title(), "kind": GroupKind.WORKING} | fields
    return WorkingGroup.objects.create(slug=slug, **given)


def join(group: WorkingGroup, role: GroupRole = GroupRole.MEMBER, user: User | None = None) -> User:
    """Somebody who belongs to the group in this role."""
    user = user or person(Role.WORKER)
    GroupMember.objects.create(group=group, user=user, role=role)
    return user
