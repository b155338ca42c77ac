"""What is due stands in the list of tasks of those who can do it."""

from __future__ import annotations

from datetime import date

import pytest

from partners.memberships.states import Role
from tests.partners.responsibilities.entries import checked_entry, proposed_entry
from tests.people import browser_of, organisation, person
from victor.accounts.models import User
from victor.todo.models import OpenItem

pytestmark = pytest.mark.django_db


def home_of(user: User) -> str:
    return browser_of(user).get("/en/workspace/").content.decode()


def test_proposal_waits_for_coordinators_and_supervisors_of_the_country():
    proposed_entry()
    for user in (person(Role.COORDINATOR), person(Role.SUPERVISOR, organisation("smile"))):
        assert "1 entry to check" in home_of(user)


def test_proposal_does_not_wait_for_whoever_has_made_it():
    coordinator = person(Role.COORDINATOR)
    proposed_entry(by=coordinator)
    assert "1 entry to check" not in home_of(coordinator)


def test_entry_with_an_old_check_waits_from_the_day_after_180(at):
    at(date(2027, 1, 4))
    checked_entry()
    coordinator = person(Role.COORDINATOR)
    at(date(2027, 7, 3))
    assert "1 entry is outdated" not in home_of(coordinator)
    at(date(2027, 7, 5))
    assert "1 entry is outdated" in home_of(coordinator)


def test_country_without_a_first_contact_waits_for_coordinators_until_there_is_one():
    checked_entry()
    coordinator = person(Role.COORDINATOR)
    assert "1 country has no first contact" in home_of(coordinator)
    checked_entry(function="focal_point")
    assert not OpenItem.objects.filter(kind="partners.focal_point").exists()
