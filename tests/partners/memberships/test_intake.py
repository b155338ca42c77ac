"""Who receives referrals: workers, by the choice of a supervisor of their organisation, as long as they work there."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from partners.memberships.actions import withdraw_role
from partners.memberships.errors import NoWorker
from partners.memberships.intake import give_intake, withdraw_intake
from partners.memberships.models import Membership
from partners.memberships.rules import receives_referrals
from partners.memberships.states import Role
from tests.desks.staffed_desks import staffed_desk
from tests.people import browser_of, organisation, person
from victor.access import System
from victor.accounts.models import User
from victor.audit.models import Entry

pytestmark = pytest.mark.django_db


def membership_of(user: User) -> Membership:
    return Membership.objects.get(user=user)


def reload(user: User) -> User:
    return User.objects.get(pk=user.pk)


@pytest.fixture
def supervisor() -> User:
    return person(Role.SUPERVISOR, organisation("smile"))


@pytest.fixture
def worker() -> User:
    return person(Role.WORKER, organisation("smile"))


def test_give_intake_by_the_supervisor_lets_a_worker_receive_referrals(supervisor, worker):
    give_intake(membership_of(worker), by=supervisor)
    assert receives_referrals(reload(worker), organisation("smile"))
    assert not receives_referrals(reload(worker), organisation("other"))
    assert Entry.objects.get(action="membership.intake_given").actor == f"accounts.user:{supervisor.pk}"


def test_withdraw_intake_ends_it(supervisor, worker):
    give_intake(membership_of(worker), by=supervisor)
    withdraw_intake(membership_of(worker), by=supervisor)
    assert not receives_referrals(reload(worker))


def test_give_intake_twice_is_recorded_once(supervisor, worker):
    for _time in range(2):
        give_intake(membership_of(worker), by=supervisor)
    assert Entry.objects.filter(action="membership.intake_given").count() == 1


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SUPERVISOR])
def test_give_intake_by_another_role_is_refused(worker, role):
    with pytest.raises(PermissionDenied):
        give_intake(membership_of(worker), by=person(role, organisation("smile")))


def test_give_intake_by_a_supervisor_elsewhere_is_refused(worker):
    with pytest.raises(PermissionDenied):
        give_intake(membership_of(worker), by=person(Role.SUPERVISOR, organisation("other")))


@pytest.mark.parametrize("role", [role for role in Role if role != Role.WORKER])
def test_give_intake_to_another_role_is_refused(supervisor, role):
    with pytest.raises(NoWorker):
        give_intake(membership_of(person(role, organisation("smile"))), by=supervisor)


def test_give_intake_to_a_closed_account_is_refused(supervisor, worker):
    User.objects.filter(pk=worker.pk).update(is_active=False)
    with pytest.raises(NoWorker):
        give_intake(membership_of(worker), by=supervisor)


def test_database_refuses_intake_of_another_role(supervisor):
    with pytest.raises(IntegrityError, match="partners_membership_intake"), transaction.atomic():
        Membership.objects.filter(user=supervisor).update(intake=True)


def test_intake_ends_with_the_role(supervisor, worker):
    give_intake(membership_of(worker), by=supervisor)
    withdraw_role(membership_of(worker), by=System("test"))
    assert not receives_referrals(reload(worker))


def test_team_page_gives_intake_and_takes_it_again():
    place = staffed_desk("smile", at=organisation("smile"))
    membership = membership_of(place.worker.person)
    browser, people = browser_of(place.supervisor.person), f"/en/workspace/desks/{place.desk.slug}/people/"
    page = browser.post(f"{people}{membership.pk}/intake/give/", follow=True).content.decode()
    assert "now receives the referrals" in page
    assert f"{people}{membership.pk}/intake/take/" in page
    browser.post(f"{people}{membership.pk}/intake/take/")
    membership.refresh_from_db()
    assert not membership.intake


def test_team_page_of_another_desk_is_not_found():
    place, other = staffed_desk("one", at=organisation("one")), staffed_desk("two", at=organisation("two"))
    membership = membership_of(other.worker.person)
    for slug in (place.desk.slug, other.desk.slug):
        address = f"/en/workspace/desks/{slug}/people/{membership.pk}/intake/give/"
        assert browser_of(place.supervisor.person).post(address).status_code == 404
