"""A restricted case: for whoever is not named it is not there, and its record does not open."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from desks.cases import assignments, notes, restrictions
from desks.cases.casework import IdentityBlock
from desks.cases.errors import AlreadyRestricted, CaseMoveNotPossible, NeedsWords, TooFewKeyHolders, TooFewOfficers
from desks.cases.models import Case
from partners.memberships.states import Role
from tests.desks.cases.case_desks import CaseDesk, again
from tests.people import person
from tests.vault.people import reads
from victor.vault.groups.models import Group, Officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(here) -> Case:
    return here.case()


def restrict(here: CaseDesk, case: Case) -> Case:
    """Only Anna and the chief open it from now on."""
    return restrictions.restrict_case(case, [here.anna.person, here.chief.person], by=here.chief)


def test_restrict_case_closes_it_to_the_others(here, case):
    block = IdentityBlock.objects.get(case=restrict(here, case))
    assert [reads(block.envelope, reader) for reader in (here.anna, here.chief)] == [True, True]
    assert [reads(block.envelope, reader) for reader in (here.ben, here.boss)] == [False, False]


def test_write_after_restricting_is_read_by_the_named_alone(here, case):
    note = notes.write_note(restrict(here, case), "More", by=here.anna.person)
    assert reads(note.envelope, here.chief)
    assert not reads(note.envelope, here.boss)


def test_restricted_case_is_there_for_the_named_alone(here, case):
    restrict(here, case)
    seers = [reader for reader in (here.anna, here.ben, here.chief, here.boss) if sees(case, reader)]
    assert seers == [here.anna, here.chief]


def sees(case: Case, reader) -> bool:
    return Case.objects.visible_to(reader.person).filter(pk=case.pk).exists()


def test_supervisor_who_is_not_named_sees_the_reference(here, case):
    restrict(here, case)
    assert list(Case.objects.hidden_from(here.boss.person)) == [case]


def test_worker_who_is_not_named_does_not_see_that_it_exists(here, case):
    restrict(here, case)
    assert not Case.objects.hidden_from(here.ben.person).exists()


def test_write_by_somebody_who_is_not_named_is_refused(here, case):
    restrict(here, case)
    with pytest.raises(PermissionDenied):
        notes.write_note(case, "Hello", by=here.ben.person)


def test_assign_restricted_case_to_somebody_who_is_not_named_is_refused(here, case):
    restrict(here, case)
    with pytest.raises(PermissionDenied):
        assignments.assign_case(case, here.ben.person, by=here.boss.person)


def test_worker_who_is_not_named_ends(here, case):
    restrictions.restrict_case(case, [here.chief.person, here.boss.person], by=here.chief)
    assert again(case).worker is None


def test_restrict_case_by_a_worker_is_refused(here, case):
    with pytest.raises(PermissionDenied):
        restrictions.restrict_case(case, [here.anna.person, here.ben.person], by=here.anna)


def test_restrict_case_by_a_supervisor_who_is_not_its_lead_is_refused(here, case):
    assignments.name_lead(case, here.boss.person, by=here.chief.person)
    with pytest.raises(PermissionDenied):
        restrict(here, case)


@pytest.mark.parametrize("names", [["chief"], ["anna", "ben"]])
def test_restrict_case_to_too_few_is_refused(here, case, names):
    people = [getattr(here, name).person for name in names]
    with pytest.raises(TooFewKeyHolders):
        restrictions.restrict_case(case, people, by=here.chief)


def test_restrict_case_to_somebody_without_keys_is_refused(here, case):
    keyless = person(Role.WORKER, here.organisation)
    with pytest.raises(TooFewKeyHolders):
        restrictions.restrict_case(case, [here.chief.person, keyless], by=here.chief)


def test_restrict_case_without_recovery_officers_is_refused(here, case):
    Officer.objects.filter(group=here.desk.group, user=here.boss.person).delete()
    with pytest.raises(TooFewOfficers):
        restrict(here, case)


def test_restrict_case_twice_is_refused(here, case):
    restricted = restrict(here, case)
    with pytest.raises(AlreadyRestricted):
        restrict(here, restricted)


def test_name_person_opens_the_case_to_them(here, case):
    restricted = restrictions.name_person(restrict(here, case), here.ben.person, by=here.chief)
    assert reads(IdentityBlock.objects.get(case=restricted).envelope, here.ben)


def test_remove_person_closes_the_case_to_them(here, case):
    restricted = restrictions.name_person(restrict(here, case), here.ben.person, by=here.chief)
    restrictions.remove_person(restricted, here.anna.person, by=here.chief)
    assert not sees(case, here.anna)


def test_remove_person_who_is_one_of_two_is_refused(here, case):
    with pytest.raises(TooFewKeyHolders):
        restrictions.remove_person(restrict(here, case), here.anna.person, by=here.chief)


def test_named_people_are_those_who_get_the_tasks(here, case):
    task = notes.add_task(case, "Call", owner=here.ben.person, by=here.anna.person)
    restrict(here, case)
    task.refresh_from_db()
    assert task.owner is None


def test_lift_restriction_opens_the_case_to_the_desk(here, case):
    restrictions.lift_restriction(restrict(here, case), "Her brother has left us", by=here.chief)
    assert reads(IdentityBlock.objects.get(case=case).envelope, here.ben)
    assert sees(case, here.ben)


def test_lift_restriction_leaves_no_group_behind(here, case):
    group = restrict(here, case).restricted_group
    restrictions.lift_restriction(again(case), "Her brother has left us", by=here.chief)
    assert not Group.objects.filter(pk=group.pk).exists()


def test_lift_restriction_without_a_reason_is_refused(here, case):
    with pytest.raises(NeedsWords):
        restrictions.lift_restriction(restrict(here, case), "", by=here.chief)


def test_lift_restriction_by_somebody_who_is_not_named_is_refused(here, case):
    with pytest.raises(PermissionDenied):
        restrictions.lift_restriction(restrict(here, case), "Why not", by=here.boss)


def test_lift_restriction_of_a_case_without_one_is_refused(here, case):
    with pytest.raises(CaseMoveNotPossible):
        restrictions.lift_restriction(case, "Why not", by=here.chief)
