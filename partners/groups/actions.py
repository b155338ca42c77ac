"""Groups are founded and end; people join them and leave them. Who chairs and leaves is followed by the deputy."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from partners.groups.errors import AlreadyInGroup, GroupHasEnded, NotInGroup, NotPartnerStaff, RoleTaken
from partners.groups.models import GroupMember, WorkingGroup
from partners.groups.states import ONCE_A_GROUP, GroupRole
from partners.memberships.rules import is_partner_staff
from victor.access import Actor, require
from victor.audit.actions import record

if TYPE_CHECKING:
    from victor.accounts.models import User

LEAD = "partners.lead_group"
AfterLeaving = Callable[[WorkingGroup, "User", Actor], None]
AFTER_LEAVING: list[AfterLeaving] = []


def follows_leaving(act: AfterLeaving) -> AfterLeaving:
    """Call `act(group, user, by)` when somebody has left a group, in the same transaction."""
    AFTER_LEAVING.append(act)
    return act


@transaction.atomic
def save_group(group: WorkingGroup, *, by: Actor) -> WorkingGroup:
    """Found a group, or change what it is for. Its short name never changes."""
    if group.pk is None:
        require(by, "partners.found_group")
        group.save(force_insert=True)
        record("group.founded", group, by=by)
        return group
    known = lock_group(group)
    require(by, LEAD, known)
    group.slug, group.ended_on = known.slug, known.ended_on
    group.save()
    record("group.changed", group, by=by)
    return group


@transaction.atomic
def end_group(group: WorkingGroup, *, by: Actor) -> WorkingGroup:
    """End a group. What it has decided stays, and so do the names of its members.

    Raises:
        GroupHasEnded: it has ended already.
    """
    group = lock_group(group)
    require(by, "partners.found_group")
    _refuse_ended(group)
    group.ended_on = timezone.localdate()
    group.save(update_fields=["ended_on"])
    record("group.ended", group, by=by)
    return group


@transaction.atomic
def add_member(group: WorkingGroup, user: User, role: GroupRole, *, by: Actor) -> GroupMember:
    """Let a person belong to a group.

    Raises:
        GroupHasEnded: the group has ended.
        NotPartnerStaff: the person may not log in, or works for no partner.
        AlreadyInGroup: the person belongs to it already.
        RoleTaken: somebody else chairs, or is deputy or secretary.
    """
    group = lock_group(group)
    require(by, LEAD, group)
    _refuse_ended(group)
    if not user.is_active or not is_partner_staff(user):
        raise NotPartnerStaff
    present = GroupMember.objects.filter(group=group, until=None)
    if present.filter(user=user).exists():
        raise AlreadyInGroup
    holder = present.filter(role=role).select_related("user").first() if role in ONCE_A_GROUP else None
    if holder is not None and holder.user.is_active:
        raise RoleTaken
    if holder is not None:  # whose account is closed leads nobody
        _leave(holder, group, by=by)
    member = GroupMember.objects.create(group=group, user=user, role=role)
    record("group.member_added", group, by=by, person=str(user.pk), role=str(role))
    return member


@transaction.atomic
def end_member(member: GroupMember, *, by: Actor) -> GroupMember:
    """End what a person is in a group. Everybody may leave. Where the chair leaves, the deputy chairs from now on.

    Raises:
        NotInGroup: the person has left already.
    """
    group = lock_group(member.group)
    if by != member.user:
        require(by, LEAD, group)
    member = GroupMember.objects.select_for_update(of=["self"]).select_related("user").get(pk=member.pk)
    if member.until is not None:
        raise NotInGroup
    _leave(member, group, by=by)
    return member


def leave_groups(user: User, *, by: Actor) -> int:
    """End everything that a person is in groups, because they work for no partner any more; return in how many."""
    members = GroupMember.objects.filter(user=user, until=None).select_related("group").order_by("group")
    for member in members:
        _leave(member, lock_group(member.group), by=by)
    return len(members)


def lock_group(group: WorkingGroup) -> WorkingGroup:
    """The group's row, locked, so that its members and numbers change one after the other."""
    return WorkingGroup.objects.select_for_update(no_key=True).get(pk=group.pk)


def _leave(member: GroupMember, group: WorkingGroup, *, by: Actor) -> None:
    member.until = timezone.localdate()
    member.save(update_fields=["until"])
    record("group.member_left", group, by=by, person=str(member.user_id), role=member.role)
    if member.role == GroupRole.CHAIR:
        _let_deputy_chair(group, by=by)
    for act in AFTER_LEAVING:
        act(group, member.user, by)


def _let_deputy_chair(group: WorkingGroup, *, by: Actor) -> None:
    """The deputy becomes the chair as a row of its own: what somebody was is never changed."""
    deputy = GroupMember.objects.active().filter(group=group, role=GroupRole.DEPUTY).first()
    if deputy is None:
        return
    deputy.until = timezone.localdate()
    deputy.save(update_fields=["until"])
    GroupMember.objects.create(group=group, user_id=deputy.user_id, role=GroupRole.CHAIR)
    record("group.deputy_chairs", group, by=by, person=str(deputy.user_id))


def _refuse_ended(group: WorkingGroup) -> None:
    if group.ended_on is not None:
        raise GroupHasEnded
