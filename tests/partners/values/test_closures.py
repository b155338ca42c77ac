"""Each organisation closes its part of a period, a coordinator approves it; then nothing in it changes."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from partners.memberships.actions import withdraw_role
from partners.targets.actions import save_total
from partners.targets.errors import PeriodLocked
from partners.targets.models import MoneyTotal, PlannedValue
from partners.targets.states import MoneyKind, PeriodState
from partners.values import actions, closures
from partners.values.errors import PartnersLeft, PeriodOver, ValuesLeft
from partners.values.periodic import watch_values
from tests.partners.activities.grants import make_grant
from tests.partners.values.grant_values import approved, checker, entered, make_period, make_target, partner, plan
from tests.people import organisation
from victor.access import System
from victor.accounts.models import User
from victor.mail.emails import content_of
from victor.mail.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker() -> User:
    return partner()


@pytest.fixture
def second() -> User:
    return checker()


@pytest.fixture
def planned():
    return plan(make_period(make_grant()))


def approved_period(planned: PlannedValue, worker: User, second: User):
    """The period of a row, with all that leads to its approval."""
    approved(planned, worker, second)
    closures.close_period(planned.period, planned.organisation, by=worker)
    return closures.approve_period(planned.period, by=second)


def test_period_goes_from_open_to_approved(planned, worker, second):
    assert approved_period(planned, worker, second).state == PeriodState.APPROVED


def test_close_period_with_a_value_missing_is_refused(planned, worker):
    with pytest.raises(ValuesLeft):
        closures.close_period(planned.period, planned.organisation, by=worker)


def test_close_period_with_a_value_to_check_is_refused(planned, worker):
    actions.propose_value(entered(planned), by=worker)
    with pytest.raises(ValuesLeft):
        closures.close_period(planned.period, planned.organisation, by=worker)


def test_close_period_of_another_organisation_is_refused(planned):
    with pytest.raises(PermissionDenied):
        closures.close_period(planned.period, planned.organisation, by=partner("two"))


def test_approve_period_waits_for_every_organisation(planned, worker, second):
    plan(planned.period, organisation("two"), target=planned.target)
    approved(planned, worker, second)
    closures.close_period(planned.period, planned.organisation, by=worker)
    with pytest.raises(PartnersLeft):
        closures.approve_period(planned.period, by=second)


def test_approve_period_by_a_partner_is_refused(planned, worker):
    with pytest.raises(PermissionDenied):
        closures.approve_period(planned.period, by=worker)


def test_value_after_closing_is_refused(planned, worker, second):
    approved(planned, worker, second)
    closures.close_period(planned.period, planned.organisation, by=worker)
    late = plan(planned.period)
    with pytest.raises(PeriodOver):
        actions.propose_value(entered(late), by=worker)


def test_plan_of_an_approved_period_is_not_changed(planned, worker, second):
    approved_period(planned, worker, second)
    with pytest.raises(DatabaseError, match="the period is approved"), transaction.atomic():
        PlannedValue.objects.filter(pk=planned.pk).update(number=1)


def test_plan_is_not_added_to_an_approved_period(planned, worker, second):
    approved_period(planned, worker, second)
    target = make_target(planned.target.grant)
    with pytest.raises(DatabaseError, match="the period is approved"), transaction.atomic():
        plan(planned.period, target=target)


def test_approved_period_is_not_opened_again(planned, worker, second):
    period = approved_period(planned, worker, second)
    period.state = PeriodState.OPEN
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        period.save()


def test_money_total_is_typed_again_until_the_period_is_approved(planned, worker, second):
    typed = {"amount": Decimal("10.50"), "source": "Ledger of June", "by": worker}
    for _time in range(2):
        save_total(planned.period, planned.organisation, MoneyKind.SPENT, **typed)
    assert MoneyTotal.objects.get().amount == Decimal("10.50")
    approved_period(planned, worker, second)
    with pytest.raises(PeriodLocked):
        save_total(planned.period, planned.organisation, MoneyKind.SPENT, **typed)


def test_values_that_are_due_are_told_once_at_each_of_three_days(at, worker):
    due = date(2026, 7, 31)
    planned = plan(make_period(make_grant()), owner=worker)
    plan(planned.period, owner=worker)
    days = []
    for left in (40, 31, 30, 29, 8, 7, 6, 1, 0, -3):
        at(due - timedelta(days=left))
        before = Message.objects.count()
        watch_values()
        watch_values()
        days += [left] * (Message.objects.count() - before)
    assert days == [30, 7, 0]
    assert "2 values are missing" in content_of(Message.objects.first()).text


def test_values_that_are_proposed_are_not_told(at, planned, worker):
    PlannedValue.objects.update(owner=worker)
    actions.propose_value(entered(planned), by=worker)
    at(date(2026, 7, 30))
    assert watch_values() == 0


def test_values_of_a_leaver_are_told_to_coordinators(at, planned, worker, second):
    PlannedValue.objects.update(owner=worker)
    withdraw_role(worker.memberships.get(), by=System("test"))
    at(date(2026, 7, 30))
    watch_values()
    assert second.email in set(Message.objects.values_list("recipient", flat=True))
