"""Who works on a case: rows are never deleted, and nobody is given what they could not open."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from desks.cases import assignments
from desks.cases.code_lists import AssignmentReason, AssignmentRole
from desks.cases.errors import CaseMoveNotPossible, NeedsWords, NotAKeyHolder
from desks.cases.models import Assignment, Case
from partners.memberships.states import Role
from tests.desks.cases.case_desks import again
from tests.people import person
from victor.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(here) -> Case:
    return here.case()


def test_assign_case_by_a_supervisor_changes_its_worker(here, case):
    assignments.assign_case(case, here.ben.person, by=here.chief.person)
    assert again(case).worker == here.ben.person


def test_assign_case_by_a_worker_is_refused(here, case):
    with pytest.raises(PermissionDenied):
        assignments.assign_case(case, here.ben.person, by=here.ben.person)


def test_assign_case_to_somebody_without_keys_is_refused(here, case):
    with pytest.raises(NotAKeyHolder):
        assignments.assign_case(case, person(Role.WORKER, here.organisation), by=here.chief.person)


def test_assign_case_to_somebody_whose_account_is_closed_is_refused(here, case):
    User.objects.filter(pk=here.ben.person.pk).update(is_active=False)
    with pytest.raises(NotAKeyHolder):
        assignments.assign_case(case, User.objects.get(pk=here.ben.person.pk), by=here.chief.person)


def test_hand_over_case_keeps_the_row_of_who_had_it(here, case):
    assignments.hand_over_case(case, here.ben.person, "She trusts the teacher", by=here.anna.person)
    rows = [(row.person, row.until is None, row.ended_why) for row in Assignment.objects.filter(case=case)]
    assert rows == [
        (here.anna.person, False, AssignmentReason.HANDED_OVER),
        (here.ben.person, True, ""),
    ]


def test_hand_over_case_of_somebody_else_is_refused(here, case):
    with pytest.raises(PermissionDenied):
        assignments.hand_over_case(case, here.ben.person, "Mine now", by=here.ben.person)


def test_hand_over_case_without_words_is_refused(here, case):
    with pytest.raises(NeedsWords):
        assignments.hand_over_case(case, here.ben.person, "", by=here.anna.person)


def test_take_case_that_has_a_worker_is_refused(here, case):
    with pytest.raises(CaseMoveNotPossible):
        assignments.take_case(case, by=here.ben.person)


def test_take_case_without_worker_gives_it_one(here, case):
    assignments.release_case(case, here.anna.person, by=here.chief.person)
    assignments.take_case(case, by=here.ben.person)
    assert again(case).worker == here.ben.person
    assert again(case).unassigned_at is None


def test_name_lead_who_is_no_supervisor_is_refused(here, case):
    with pytest.raises(PermissionDenied):
        assignments.name_lead(case, here.ben.person, by=here.chief.person)


def test_leads_of_a_case_are_all_supervisors_before_one_is_named(here, case):
    assert set(assignments.leads_of(case)) == {here.chief.person, here.boss.person}


def test_leads_of_a_case_is_the_one_who_is_named(here, case):
    named = assignments.name_lead(case, here.boss.person, by=here.chief.person)
    assert assignments.leads_of(named) == [here.boss.person]


def test_release_case_without_role_in_it_changes_nothing(here, case):
    assert not assignments.release_case(case, here.ben.person, by=here.chief.person)
    assert Assignment.objects.filter(case=case, until=None, role=AssignmentRole.WORKER).exists()
