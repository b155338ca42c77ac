"""Somebody leaves: their open cases stand under "without worker" in the same transaction, and open to them no more."""

from __future__ import annotations

import pytest

from desks.cases import actions, restrictions
from desks.cases.casework import IdentityBlock
from desks.cases.models import Assignment, Case
from desks.cases.states import EntryKind
from partners.memberships.actions import withdraw_role
from partners.memberships.models import Membership
from tests.desks.cases.case_desks import PORTAL, CaseDesk, again, new_case
from tests.vault.people import reads
from victor.accounts.models import User
from victor.todo.models import OpenItem

pytestmark = pytest.mark.django_db


def leave(here: CaseDesk, who: User) -> None:
    """The role of somebody ends."""
    withdraw_role(Membership.objects.get(user=who, organisation=here.organisation), by=PORTAL)


def test_leaver_has_no_case_any_more(here):
    case = here.case()
    leave(here, here.anna.person)
    assert again(case).worker is None
    assert again(case).unassigned_at is not None


def test_row_of_the_leaver_stays_with_its_end(here):
    case = here.case()
    leave(here, here.anna.person)
    [row] = Assignment.objects.filter(case=case)
    assert row.person == here.anna.person
    assert row.ended_why == "left"
    assert row.until is not None


def test_timeline_says_who_left(here):
    case = here.case()
    leave(here, here.anna.person)
    assert case.timeline.get(kind=EntryKind.LEFT).concerned == here.anna.person


def test_supervisors_have_the_case_among_their_tasks_at_once(here):
    case = here.case()
    leave(here, here.anna.person)
    item = OpenItem.objects.get(kind="desks.case_unassigned")
    assert item.subject == f"desks.case:{case.pk}"
    assert item.audiences == [f"supervisor:{here.organisation.pk}"]


def test_leaver_opens_nothing(here):
    block = IdentityBlock.objects.get(case=here.case())
    leave(here, here.anna.person)
    assert not reads(block.envelope, here.anna)
    assert reads(block.envelope, here.ben)


def test_leaver_sees_no_case(here):
    here.case()
    leave(here, here.anna.person)
    assert not Case.objects.visible_to(User.objects.get(pk=here.anna.person.pk)).exists()


def test_leaver_loses_the_keys_of_a_restricted_case(here):
    case = here.case()
    named = [here.anna.person, here.ben.person, here.chief.person]
    restrictions.restrict_case(case, named, by=here.chief)
    block = IdentityBlock.objects.get(case=case)
    leave(here, here.anna.person)
    assert not reads(block.envelope, here.anna)
    assert reads(block.envelope, here.ben)


def test_worker_who_also_supervises_keeps_the_case_when_one_role_ends(here):
    chief = here.chief.person
    case = actions.open_case(here.desk, new_case(), worker=chief, by=chief)
    Membership.objects.create(user=chief, organisation=here.organisation, role="worker")
    withdraw_role(Membership.objects.get(user=chief, role="worker"), by=PORTAL)
    assert again(case).worker == chief
