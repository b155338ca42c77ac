"""Groups: who joins and leaves, who chairs when the chair leaves, and what the database refuses."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from partners.groups.actions import add_member, end_group, end_member, save_group
from partners.groups.errors import AlreadyInGroup, GroupHasEnded, NotInGroup, NotPartnerStaff, RoleTaken
from partners.groups.models import GroupMember, WorkingGroup
from partners.groups.states import GroupKind, GroupRole
from partners.memberships.actions import withdraw_role
from partners.memberships.models import Membership
from partners.memberships.states import Role
from tests.partners.groups.sample_groups import join, make_group
from tests.people import organisation, person
from victor.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> User:
    return person(Role.COORDINATOR)


def role_of(group: WorkingGroup, user: User) -> str:
    return GroupMember.objects.active().get(group=group, user=user).role


def test_save_group_by_a_worker_is_refused():
    with pytest.raises(PermissionDenied):
        save_group(WorkingGroup(slug="desks", name="Desks", kind=GroupKind.WORKING), by=person(Role.WORKER))


def test_save_group_never_changes_its_short_name(coordinator):
    group = make_group()
    group.slug = "other"
    save_group(group, by=coordinator)
    assert WorkingGroup.objects.get(pk=group.pk).slug == "desks"


def test_add_member_by_the_chair_is_possible():
    group = make_group()
    user = person(Role.TRAINER)
    add_member(group, user, GroupRole.MEMBER, by=join(group, GroupRole.CHAIR))
    assert role_of(group, user) == GroupRole.MEMBER


def test_add_member_by_a_member_is_refused():
    group = make_group()
    with pytest.raises(PermissionDenied):
        add_member(group, person(Role.WORKER), GroupRole.MEMBER, by=join(group))


def test_add_member_twice_is_refused(coordinator):
    group = make_group()
    user = join(group)
    with pytest.raises(AlreadyInGroup):
        add_member(group, user, GroupRole.SECRETARY, by=coordinator)


def test_add_second_chair_is_refused(coordinator):
    group = make_group()
    join(group, GroupRole.CHAIR)
    with pytest.raises(RoleTaken):
        add_member(group, person(Role.WORKER), GroupRole.CHAIR, by=coordinator)


def test_second_chair_is_refused_by_the_database():
    group = make_group()
    join(group, GroupRole.CHAIR)
    with pytest.raises(IntegrityError):
        join(group, GroupRole.CHAIR)


@pytest.mark.parametrize("role", [None, Role.AUDITOR])
def test_add_somebody_who_works_for_no_partner_is_refused(role, coordinator):
    with pytest.raises(NotPartnerStaff):
        add_member(make_group(), person(role), GroupRole.MEMBER, by=coordinator)


def test_add_member_to_an_ended_group_is_refused(coordinator):
    group = end_group(make_group(), by=coordinator)
    with pytest.raises(GroupHasEnded):
        add_member(group, person(Role.WORKER), GroupRole.MEMBER, by=coordinator)


def test_end_member_lets_everybody_leave():
    group = make_group()
    user = join(group)
    end_member(GroupMember.objects.get(user=user), by=user)
    assert GroupMember.objects.get(user=user).until is not None


def test_end_member_of_another_by_a_member_is_refused():
    group = make_group()
    other = join(group)
    with pytest.raises(PermissionDenied):
        end_member(GroupMember.objects.get(user=other), by=join(group))


def test_end_member_twice_is_refused(coordinator):
    group = make_group()
    user = join(group)
    member = GroupMember.objects.get(user=user)
    end_member(member, by=coordinator)
    with pytest.raises(NotInGroup):
        end_member(member, by=coordinator)


def test_deputy_chairs_when_the_chair_leaves(coordinator):
    group = make_group()
    chair, deputy = join(group, GroupRole.CHAIR), join(group, GroupRole.DEPUTY)
    end_member(GroupMember.objects.get(user=chair), by=coordinator)
    assert role_of(group, deputy) == GroupRole.CHAIR


def test_deputy_chairs_when_the_role_of_the_chair_ends(coordinator):
    group = make_group()
    here = organisation("one")
    chair = join(group, GroupRole.CHAIR, person(Role.WORKER, here))
    deputy = join(group, GroupRole.DEPUTY)
    withdraw_role(Membership.objects.get(user=chair), by=coordinator)
    assert role_of(group, deputy) == GroupRole.CHAIR


def test_who_has_another_role_left_stays_in_the_group(coordinator):
    group = make_group()
    user = join(group, user=person(Role.WORKER, organisation("one")))
    Membership.objects.create(user=user, organisation=organisation("two"), role=Role.TRAINER)
    withdraw_role(Membership.objects.get(user=user, role=Role.WORKER), by=coordinator)
    assert role_of(group, user) == GroupRole.MEMBER


def test_group_without_chair_is_listed():
    group, led = make_group(), make_group("led")
    join(led, GroupRole.DEPUTY)
    assert list(WorkingGroup.objects.without_chair()) == [group]


def test_group_whose_chair_may_not_log_in_has_none():
    group = make_group()
    chair = join(group, GroupRole.CHAIR)
    User.objects.filter(pk=chair.pk).update(is_active=False)
    assert list(WorkingGroup.objects.without_chair()) == [group]


def test_visible_to_others_are_only_groups_for_all():
    make_group()
    forum = make_group("forum", kind=GroupKind.FORUM, is_for_all=True)
    assert list(WorkingGroup.objects.visible_to(person(Role.WORKER))) == [forum]


def test_visible_to_somebody_who_has_left_is_no_group(coordinator):
    group = make_group()
    user = join(group)
    end_member(GroupMember.objects.get(user=user), by=coordinator)
    assert not WorkingGroup.objects.visible_to(user).exists()
