"""A value is a figure with its source or a reason; another person checks it; then only a number changes it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from partners.memberships.errors import NotSecondPerson
from partners.values import actions
from partners.values.errors import CorrectionWaiting, SourceMissing, ValueIncomplete, ValueMoveNotPossible
from partners.values.models import HandEnteredValue, ValueCorrection
from partners.values.readings import figure_of, planned_values, value_of
from partners.values.states import ValueState
from tests.partners.activities.grants import make_grant
from tests.partners.values.grant_values import approved, checker, entered, make_period, make_target, partner, plan
from victor.accounts.models import User

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


def correction_of(value: HandEnteredValue, **fields: object) -> ValueCorrection:
    given = {"number": Decimal(45), "source": "A second note", "what": "Five more", "why": "A late note"} | fields
    return ValueCorrection(value=value, **given)


def test_value_is_proposed_and_approved(planned, worker, second):
    value = approved(planned, worker, second)
    assert value.state == ValueState.APPROVED
    assert value.checked_by == second


def test_missing_value_needs_its_reason_and_no_source(planned, worker):
    value = entered(planned, number=None, source="", missing_reason="No printer's note")
    assert actions.propose_value(value, by=worker).number is None


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"number": None}, ValueIncomplete),
        ({"missing_reason": "Lost"}, ValueIncomplete),
        ({"source": " "}, SourceMissing),
    ],
)
def test_propose_incomplete_value_is_refused(planned, worker, fields, refusal):
    with pytest.raises(refusal):
        actions.propose_value(entered(planned, **fields), by=worker)


def test_value_without_figure_and_reason_is_refused_by_the_database(planned, worker):
    value = actions.propose_value(entered(planned), by=worker)
    with pytest.raises(IntegrityError, match="partners_handenteredvalue_whole"):
        HandEnteredValue.objects.filter(pk=value.pk).update(number=None)


def test_draft_may_be_incomplete(planned, worker):
    assert actions.save_draft(entered(planned, number=None, source=""), by=worker).state == ValueState.DRAFT


def test_own_value_is_not_approved_by_right(planned, second):
    value = actions.propose_value(entered(planned), by=second)
    with pytest.raises(NotSecondPerson):
        actions.approve_value(value, by=second)


def test_own_value_is_not_approved_by_the_database(planned, worker):
    value = actions.propose_value(entered(planned), by=worker)
    with pytest.raises(IntegrityError, match="partners_handenteredvalue_two_people"):
        HandEnteredValue.objects.filter(pk=value.pk).update(
            state="approved", checked_by=worker, checked_at=timezone.now()
        )


def test_value_of_another_organisation_is_refused(planned):
    with pytest.raises(PermissionDenied):
        actions.propose_value(entered(planned), by=partner("two"))


def test_value_that_the_site_counts_is_not_entered(worker):
    grant = make_grant()
    counted = make_target(grant, indicator="partners.agreements")
    with pytest.raises(ValueMoveNotPossible):
        actions.propose_value(entered(plan(make_period(grant), target=counted)), by=worker)


def test_returned_value_is_entered_anew(planned, worker, second):
    value = actions.propose_value(entered(planned), by=worker)
    actions.return_value(value, "Which printer?", by=second)
    again = actions.propose_value(entered(planned, number=Decimal(41)), by=worker)
    assert again.pk == value.pk
    assert HandEnteredValue.objects.get().number == Decimal(41)


def test_approved_value_is_not_entered_again(planned, worker, second):
    approved(planned, worker, second)
    with pytest.raises(ValueMoveNotPossible):
        actions.propose_value(entered(planned), by=worker)


def test_approved_value_is_never_changed(planned, worker, second):
    value = approved(planned, worker, second)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        HandEnteredValue.objects.filter(pk=value.pk).update(number=1)


def test_correction_gets_the_next_number_and_counts(planned, worker, second):
    value = approved(planned, worker, second)
    for number in (1, 2):
        correction = actions.propose_correction(correction_of(value, number=Decimal(44 + number)), by=worker)
        assert actions.approve_correction(correction, by=second).counted == number
    [row] = planned_values(worker, [planned.period])
    assert figure_of(value_of(row)).number == Decimal(46)
    assert HandEnteredValue.objects.get().number == Decimal(40)


def test_correction_of_a_value_that_is_not_approved_is_refused(planned, worker):
    value = actions.propose_value(entered(planned), by=worker)
    with pytest.raises(ValueMoveNotPossible):
        actions.propose_correction(correction_of(value), by=worker)


def test_second_correction_waits_for_the_first(planned, worker, second):
    value = approved(planned, worker, second)
    actions.propose_correction(correction_of(value), by=worker)
    with pytest.raises(CorrectionWaiting):
        actions.propose_correction(correction_of(value), by=worker)


def test_own_correction_is_not_approved(planned, worker, second):
    value = approved(planned, worker, second)
    correction = actions.propose_correction(correction_of(value), by=second)
    with pytest.raises(NotSecondPerson):
        actions.approve_correction(correction, by=second)


def test_approved_correction_is_never_deleted(planned, worker, second):
    value = approved(planned, worker, second)
    correction = actions.propose_correction(correction_of(value), by=worker)
    actions.approve_correction(correction, by=second)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        correction.delete()
