"""The pages of groups: for coordinators, members and strangers; what was typed stays."""

from __future__ import annotations

import pytest

from partners.groups.models import GroupMember, WorkingGroup
from partners.groups.states import GroupRole
from partners.memberships.states import Role
from tests.partners.groups.sample_groups import join, make_group
from tests.people import browser_of, person
from victor.accounts.models import User

pytestmark = pytest.mark.django_db
LIST = "/en/workspace/groups/"
NEW = f"{LIST}new/"


@pytest.fixture
def coordinator() -> User:
    return person(Role.COORDINATOR)


def test_list_shows_own_groups_and_no_others():
    make_group("secret")
    page = browser_of(join(make_group("desks"))).get(LIST).content.decode()
    assert "Desks" in page
    assert "Secret" not in page


def test_group_of_others_is_not_found():
    make_group()
    assert browser_of(person(Role.WORKER)).get(f"{LIST}desks/").status_code == 404


def test_found_saves_the_group(coordinator):
    typed = {"name": "Desks", "slug": "desks", "kind": "working", "quorum": "3"}
    browser_of(coordinator).post(NEW, typed)
    assert WorkingGroup.objects.get(slug="desks").quorum == 3


def test_found_with_a_fault_keeps_what_was_typed(coordinator):
    response = browser_of(coordinator).post(NEW, {"name": "Desks of all", "slug": "with spaces", "kind": "working"})
    assert "Desks of all" in response.content.decode()
    assert not WorkingGroup.objects.exists()


def test_edit_by_the_chair_of_another_group_is_not_found():
    other = join(make_group("other"), GroupRole.CHAIR)
    join(make_group(), user=other)
    assert browser_of(other).get(f"{LIST}desks/edit/").status_code == 404


def test_add_member_says_who_belongs_to_it(coordinator):
    make_group()
    user = person(Role.WORKER)
    typed = {"person": user.pk, "role": "member"}
    page = browser_of(coordinator).post(f"{LIST}desks/members/", typed, follow=True).content.decode()
    assert f"{user.name} belongs to the group now." in page


def test_add_member_who_belongs_to_it_says_so(coordinator):
    user = join(make_group())
    response = browser_of(coordinator).post(f"{LIST}desks/members/", {"person": user.pk, "role": "member"})
    assert response.status_code == 422
    assert "This person belongs to the group already." in response.content.decode()


def test_end_member_asks_first(coordinator):
    user = join(make_group())
    member = GroupMember.objects.get(user=user)
    browser_of(coordinator).post(f"{LIST}desks/members/{member.pk}/end/")
    assert GroupMember.objects.active().filter(user=user).exists()


def test_end_member_of_another_is_not_found_for_members():
    group = make_group()
    member = GroupMember.objects.get(user=join(group))
    response = browser_of(join(group)).post(f"{LIST}desks/members/{member.pk}/end/", {"confirmed": "yes"})
    assert response.status_code == 404


def test_queries_of_the_list_do_not_grow_with_the_groups(coordinator, django_assert_num_queries):
    browser = browser_of(coordinator)
    for number in range(2):
        join(make_group(f"group-{number}"), GroupRole.CHAIR)
    browser.get(LIST)
    with django_assert_num_queries(8, exact=False) as few:
        browser.get(LIST)
    for number in range(2, 9):
        join(make_group(f"group-{number}"), GroupRole.CHAIR)
    with django_assert_num_queries(len(few)):
        browser.get(LIST)
