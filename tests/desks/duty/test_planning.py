"""Who plans and takes duties; and that nobody who has left has one."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from desks.desk.errors import NotAColleague
from desks.duty import actions, planning
from desks.duty.errors import NoConfirmedNumber, NotTheirDuty
from desks.duty.models import DutyNumber, DutySpan
from desks.duty.rota import DutyTime
from desks.duty.states import DutyHours, Rank
from desks.duty.tasks import send_calls
from partners.memberships.actions import grant_role, withdraw_role
from partners.memberships.models import Membership
from partners.memberships.states import Role
from tests.desks.duty.duty_gateway import NUMBER, DutyDesk, new_colleague
from tests.desks.inbox.inbox_desks import PORTAL, stranger
from tests.people import browser_of
from victor.access import System
from victor.accounts.models import User
from victor.mail.models import Message as Mail

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 3, 4, 0, 14, tzinfo=UTC)
FRIDAY = 4
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def night(at) -> None:
    at(NIGHT)


def leave(who: User) -> None:
    for membership in Membership.objects.filter(user=who, role=Role.WORKER):
        withdraw_role(membership, by=System("test"))


def weekly(duty: DutyDesk, who: User) -> DutySpan:
    return DutySpan(desk=duty.desk, person=who, rank="first", weekday=FRIDAY, starts=time(20), ends=time(8))


def test_plan_duty_by_a_worker_is_refused(duty):
    with pytest.raises(PermissionDenied):
        planning.plan_duty(weekly(duty, duty.anna.person), by=duty.anna.person)


def test_plan_duty_for_a_stranger_is_refused(duty):
    with pytest.raises(NotAColleague):
        planning.plan_duty(weekly(duty, stranger()), by=duty.chief.person)


def test_set_policy_by_a_worker_is_refused(duty):
    with pytest.raises(PermissionDenied):
        planning.set_policy(duty.desk, DutyHours.CLOSED, by=duty.anna.person)


def test_take_over_tells_whoever_had_it(duty):
    span = planning.take_over(duty.desk, DutyTime(Rank.FIRST, NIGHT, NIGHT + HOUR), by=duty.ben.person)
    assert span.person == duty.ben.person
    assert Mail.objects.get().recipient == duty.anna.person.email


def test_take_over_without_a_number_is_refused(duty):
    with pytest.raises(NoConfirmedNumber):
        planning.take_over(duty.desk, DutyTime(Rank.FIRST, NIGHT, NIGHT + HOUR), by=new_colleague(duty))


def test_take_over_of_what_two_have_is_refused(duty):
    end = NIGHT + 30 * HOUR  # past midnight another span begins
    with pytest.raises(NotTheirDuty):
        planning.take_over(duty.desk, DutyTime(Rank.FIRST, NIGHT, end), by=duty.ben.person)


def test_take_over_at_another_desk_is_refused(duty):
    with pytest.raises(PermissionDenied):
        planning.take_over(duty.desk, DutyTime(Rank.FIRST, NIGHT, NIGHT + HOUR), by=stranger())


def test_leaver_has_no_duty_and_no_number_from_the_same_moment_on(duty, gateway):
    leave(duty.anna.person)
    assert not DutySpan.objects.filter(person=duty.anna.person).exists()
    assert not DutyNumber.objects.filter(person=duty.anna.person).exists()
    actions.raise_alarm(duty.danger(), by=PORTAL)
    send_calls()
    assert gateway.numbers == [f"{NUMBER}1"]


def test_supervisors_are_told_of_the_gap_that_a_leaver_leaves(duty):
    leave(duty.anna.person)
    assert Mail.objects.get().recipient == duty.chief.person.email
    tasks = browser_of(duty.chief.person).get("/en/workspace/").content.decode()
    assert "7 duties without a person" in tasks


def test_leaver_of_one_role_keeps_the_duty_while_another_holds(duty):
    grant_role(duty.anna.person, organisation=duty.organisation, role=Role.SUPERVISOR, by=System("test"))
    leave(duty.anna.person)
    assert DutySpan.objects.filter(person=duty.anna.person).count() == 7
    assert DutyNumber.objects.filter(person=duty.anna.person).exists()


def test_closed_account_is_not_called(duty, gateway):
    User.objects.filter(pk=duty.anna.person.pk).update(is_active=False)
    actions.raise_alarm(duty.danger(), by=PORTAL)
    send_calls()
    assert gateway.numbers == [f"{NUMBER}1"]
