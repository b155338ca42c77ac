"""An entry counts once a second, independent person has checked it; what it replaces stays until then."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from partners.memberships.errors import NotSecondPerson
from partners.memberships.models import Membership
from partners.memberships.states import Role
from partners.responsibilities.actions import (
    check_responsibility,
    confirm_responsibility,
    propose_responsibility,
    return_responsibility,
)
from partners.responsibilities.errors import ChangeWaiting, EntrySettled, FocalPointExists, NeedsFirstPerson
from partners.responsibilities.models import Responsibility
from partners.responsibilities.states import EntryState
from tests.partners.responsibilities.entries import checked_entry, greece, prepared_entry, proposed_entry
from tests.people import person
from victor.audit.models import Entry

pytestmark = pytest.mark.django_db


def in_force() -> list[Responsibility]:
    return list(Responsibility.objects.in_force().order_by("pk"))


def test_propose_entry_does_not_count_before_the_check():
    entry = proposed_entry()
    assert entry.state == EntryState.PROPOSED
    assert in_force() == []


def test_propose_entry_by_somebody_without_a_role_is_refused():
    with pytest.raises(PermissionDenied):
        propose_responsibility(prepared_entry(), by=person())


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.SUPERVISOR])
def test_check_entry_by_a_second_person_puts_it_in_force(role):
    second = person(role)
    entry = check_responsibility(proposed_entry(), by=second)
    assert in_force() == [entry]
    assert entry.state == EntryState.CHECKED
    assert entry.checked_by == second
    assert Entry.objects.filter(action="responsibility.checked", actor=f"accounts.user:{second.pk}").exists()


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.COORDINATOR, Role.SUPERVISOR}])
def test_check_entry_by_another_role_is_refused(role):
    with pytest.raises(PermissionDenied):
        check_responsibility(proposed_entry(), by=person(role))


def test_check_own_entry_is_refused():
    coordinator = person(Role.COORDINATOR)
    with pytest.raises(NotSecondPerson, match="You asked for this yourself"):
        check_responsibility(proposed_entry(by=coordinator), by=coordinator)


def test_check_entry_by_somebody_new_is_refused():
    newcomer = person(Role.COORDINATOR)
    Membership.objects.filter(user=newcomer).update(founding=False)
    with pytest.raises(NotSecondPerson, match="seven days"):
        check_responsibility(proposed_entry(), by=newcomer)


def test_check_entry_twice_renews_its_date(at):
    at(date(2027, 1, 4))
    entry = checked_entry()
    at(date(2027, 9, 1))
    assert Responsibility.objects.outdated().get() == entry
    check_responsibility(entry, by=person(Role.COORDINATOR))
    assert not Responsibility.objects.outdated().exists()


def test_check_returned_entry_is_refused():
    entry = return_responsibility(proposed_entry(), "The number is wrong", by=person(Role.SUPERVISOR))
    with pytest.raises(EntrySettled):
        check_responsibility(entry, by=person(Role.COORDINATOR))


def test_return_entry_keeps_the_reason_and_what_was_in_force():
    old = checked_entry()
    change = propose_responsibility(prepared_entry(phone="+30 1"), by=person(Role.WORKER), replaces=old)
    change = return_responsibility(change, "Not so", by=person(Role.COORDINATOR))
    assert change.return_reason == "Not so"
    assert in_force() == [old]


def test_return_entry_of_somebody_else_by_a_worker_is_refused():
    with pytest.raises(PermissionDenied):
        return_responsibility(proposed_entry(), "No", by=person(Role.WORKER))


def test_return_own_entry_by_a_worker_takes_it_back():
    worker = person(Role.WORKER)
    entry = return_responsibility(proposed_entry(by=worker), "Mistaken", by=worker)
    assert entry.state == EntryState.RETURNED


def test_change_entry_replaces_the_old_one_once_it_is_checked():
    old = checked_entry()
    change = propose_responsibility(prepared_entry(phone="+30 1"), by=person(Role.WORKER), replaces=old)
    assert in_force() == [old]
    check_responsibility(change, by=person(Role.COORDINATOR))
    assert in_force() == [change]
    old.refresh_from_db()
    assert old.state == EntryState.REPLACED


def test_change_entry_with_a_change_that_waits_is_refused():
    old = checked_entry()
    propose_responsibility(prepared_entry(), by=person(Role.WORKER), replaces=old)
    with pytest.raises(ChangeWaiting):
        propose_responsibility(prepared_entry(), by=person(Role.WORKER), replaces=old)


def test_change_entry_that_is_replaced_is_refused():
    old = checked_entry()
    change = propose_responsibility(prepared_entry(), by=person(Role.WORKER), replaces=old)
    check_responsibility(change, by=person(Role.COORDINATOR))
    with pytest.raises(EntrySettled):
        propose_responsibility(prepared_entry(), by=person(Role.WORKER), replaces=old)


def test_end_entry_leaves_nobody_in_its_place():
    old = checked_entry()
    end = propose_responsibility(prepared_entry(ends=True), by=person(Role.WORKER), replaces=old)
    assert check_responsibility(end, by=person(Role.COORDINATOR)).state == EntryState.ENDED
    assert in_force() == []


def test_second_focal_point_of_a_country_is_refused():
    checked_entry(function="focal_point")
    other = proposed_entry(function="focal_point")
    with pytest.raises(FocalPointExists):
        check_responsibility(other, by=person(Role.COORDINATOR))


def test_database_refuses_a_second_focal_point():
    checked_entry(function="focal_point")
    other = checked_entry()
    with pytest.raises(IntegrityError, match="one_focal_point"), transaction.atomic():
        Responsibility.objects.filter(pk=other.pk).update(function="focal_point")


def test_database_refuses_a_check_by_whoever_has_proposed():
    entry = checked_entry()
    with pytest.raises(IntegrityError, match="two_people"), transaction.atomic():
        Responsibility.objects.filter(pk=entry.pk).update(checked_by=entry.proposed_by)


def test_change_of_the_focal_point_takes_its_place():
    old = checked_entry(function="focal_point")
    change = propose_responsibility(
        prepared_entry(function="focal_point", body_en="Other"), by=person(Role.WORKER), replaces=old
    )
    check_responsibility(change, by=person(Role.COORDINATOR))
    assert Responsibility.objects.first_contact(greece()).get() == change


def test_entry_of_the_data_file_needs_two_people():
    seed = prepared_entry(key="gr-guardianship")
    seed.save()
    first, second = person(Role.COORDINATOR), person(Role.SUPERVISOR)
    with pytest.raises(NeedsFirstPerson):
        check_responsibility(seed, by=first)
    confirm_responsibility(seed, by=first)
    with pytest.raises(NotSecondPerson):
        check_responsibility(seed, by=first)
    with pytest.raises(EntrySettled):
        confirm_responsibility(seed, by=second)
    assert check_responsibility(seed, by=second).state == EntryState.CHECKED
