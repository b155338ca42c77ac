"""Services are asked for, offered, accepted or declined, given and ended; each step with its day and its words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from desks.cases.code_lists import Answer
from desks.cases.envelopes import read_words
from desks.cases.errors import CaseMoveNotPossible, InTheFuture, NeedsWords, Obstructed, TracingBlocked
from desks.cases.models import Case, today
from desks.cases.obstacles import Ending, obstacles_to
from desks.cases.states import CaseMove, Stage
from desks.desk.states import Service
from desks.plans import provision
from desks.plans.casework import ServiceRow, ServiceStep
from desks.plans.code_lists import ServiceBasis
from desks.plans.errors import BasisLacks, OutOfOrder, ReturnNotPlanned
from desks.plans.provision import DAY_OF
from desks.plans.states import OPEN_SERVICES, SERVICE_MOVES, ServiceState
from tests.desks.cases.case_desks import again
from tests.desks.cases.test_closures import ask as ask_to_close
from tests.desks.inbox.inbox_desks import stranger
from tests.desks.plans.plan_desks import (
    BASIS_WORDS,
    a_return,
    add_service,
    agreed,
    determined,
    move,
    provided,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(here) -> Case:
    return here.case()


def in_state(case: Case, state: ServiceState, *, by) -> ServiceRow:
    """A service that stands here."""
    row = add_service(case, by=by)
    given = {ServiceState.PROVIDED: {"basis": ServiceBasis.CONSENT}}.get(state, {})
    return row if state == ServiceState.REQUESTED else move(row, state, by=by, **given)


@pytest.mark.parametrize("service", sorted(set(Service) - {Service.FAMILY_TRACING}))
def test_add_service_at_any_stage(here, case, service):
    assert add_service(case, service, by=here.anna.person).state == ServiceState.REQUESTED


def test_add_service_by_a_stranger_is_refused(case):
    with pytest.raises(PermissionDenied):
        add_service(case, by=stranger())


def test_add_service_to_a_closed_case_is_refused(here, case):
    Case.objects.filter(pk=case.pk).update(stage=Stage.CLOSED, closed_at=case.opened_at)
    with pytest.raises(CaseMoveNotPossible):
        add_service(case, by=here.anna.person)


@pytest.mark.parametrize("answer", Answer)
def test_add_tracing_is_refused_while_the_family_may_be_involved(here, answer):
    case = here.case(family_may_be_involved=answer)
    if answer == Answer.NO:
        assert add_service(case, Service.FAMILY_TRACING, by=here.anna.person).pk
    else:
        with pytest.raises(TracingBlocked):
            add_service(case, Service.FAMILY_TRACING, by=here.anna.person)


def test_add_service_of_a_day_to_come_is_refused(here, case):
    with pytest.raises(InTheFuture):
        add_service(case, by=here.anna.person, requested_on=today() + timedelta(days=1))


def test_add_service_due_before_it_was_asked_for_is_refused(here, case):
    with pytest.raises(OutOfOrder):
        add_service(case, by=here.anna.person, due_on=today() - timedelta(days=1))


@pytest.mark.parametrize("start", ServiceState)
@pytest.mark.parametrize("state", ServiceState)
def test_move_service_as_its_table_says(here, case, start, state):
    row = in_state(case, start, by=here.anna.person)
    if start in SERVICE_MOVES.get(state, frozenset()):
        assert getattr(move(row, state, by=here.anna.person, basis=ServiceBasis.CONSENT), DAY_OF[state]) == today()
    else:
        with pytest.raises(CaseMoveNotPossible):
            move(row, state, by=here.anna.person, basis=ServiceBasis.CONSENT)


@pytest.mark.parametrize("state", [ServiceState.ACCEPTED, ServiceState.DECLINED])
def test_answer_without_who_gave_it_is_refused(here, case, state):
    row = add_service(case, by=here.anna.person)
    with pytest.raises(NeedsWords):
        provision.move_service(row, state, {"text": " "}, day=today(), by=here.anna.person)


def test_move_service_on_a_day_to_come_is_refused(here, case):
    row = add_service(case, by=here.anna.person)
    with pytest.raises(InTheFuture):
        move(row, ServiceState.OFFERED, by=here.anna.person, day=today() + timedelta(days=1))


def test_move_service_before_the_step_that_came_first_is_refused(here, case):
    row = add_service(case, by=here.anna.person)
    with pytest.raises(OutOfOrder):
        move(row, ServiceState.OFFERED, by=here.anna.person, day=today() - timedelta(days=1))


def test_give_service_without_a_basis_is_refused(here, case):
    with pytest.raises(BasisLacks):
        move(add_service(case, by=here.anna.person), ServiceState.PROVIDED, by=here.anna.person)


@pytest.mark.parametrize("basis", ServiceBasis)
def test_give_service_on_each_basis(here, case, basis):
    row = move(add_service(case, by=here.anna.person), ServiceState.PROVIDED, by=here.anna.person, basis=basis)
    assert row.state == ServiceState.PROVIDED
    assert row.basis == basis


def test_database_refuses_a_service_that_is_given_on_no_basis(here, case):
    row = add_service(case, by=here.anna.person)
    with pytest.raises(IntegrityError):
        ServiceRow.objects.filter(pk=row.pk).update(state=ServiceState.PROVIDED, provided_on=today())


def test_give_tracing_is_refused_once_the_family_may_be_involved(here):
    case = here.case(family_may_be_involved=Answer.NO)
    row = add_service(case, Service.FAMILY_TRACING, by=here.anna.person)
    Case.objects.filter(pk=case.pk).update(family_may_be_involved=Answer.UNKNOWN)
    with pytest.raises(TracingBlocked):
        move(row, ServiceState.PROVIDED, by=here.anna.person, basis=ServiceBasis.CONSENT)


def test_give_return_without_an_agreed_plan_for_it_is_refused(here, case):
    agreed(here, case)
    row = add_service(case, Service.SAFE_RETURN, by=here.anna.person)
    with pytest.raises(ReturnNotPlanned):
        move(row, ServiceState.PROVIDED, by=here.anna.person, basis=ServiceBasis.CONSENT)


def test_give_return_with_an_agreed_plan_for_it(here, case):
    determined(here, case)
    agreed(here, case, text=a_return())
    row = add_service(case, Service.SAFE_RETURN, by=here.anna.person)
    assert move(row, ServiceState.PROVIDED, by=here.anna.person, basis=ServiceBasis.CONSENT).provided_on == today()


def test_record_basis_is_read_by_a_colleague(here, case):
    row = add_service(case, by=here.anna.person)
    provision.record_basis(row, ServiceBasis.CONSENT, BASIS_WORDS, day=today(), by=here.anna.person)
    step = ServiceStep.objects.get(service=row)
    assert read_words(case, [step], by=here.ben)[step.envelope_id] == BASIS_WORDS


def test_record_basis_without_words_is_refused(here, case):
    row = add_service(case, by=here.anna.person)
    with pytest.raises(NeedsWords):
        provision.record_basis(row, ServiceBasis.VITAL, {}, day=today(), by=here.anna.person)


@pytest.mark.parametrize("state", sorted(set(ServiceState) - OPEN_SERVICES))
def test_record_basis_of_a_service_that_is_over_is_refused(here, case, state):
    row = in_state(case, state, by=here.anna.person)
    with pytest.raises(CaseMoveNotPossible):
        provision.record_basis(row, ServiceBasis.CONSENT, BASIS_WORDS, day=today(), by=here.anna.person)


@pytest.mark.parametrize("state", ServiceState)
def test_open_service_stands_in_the_way_of_closing(here, case, state):
    row = in_state(case, state, by=here.anna.person)
    anchors = [obstacle.anchor for obstacle in obstacles_to(Ending.CLOSE, case)]
    assert (anchors == [f"service-{row.pk}"]) is (state in OPEN_SERVICES)


def test_close_with_an_open_service_names_it(here, case):
    provided(case, by=here.anna.person)
    with pytest.raises(Obstructed, match="Open service: Legal aid"):
        ask_to_close(here, case)
    assert not again(case).requests.filter(move=CaseMove.CLOSE).exists()


def test_end_service_says_whether_it_helped(here, case):
    row = move(provided(case, by=here.anna.person), ServiceState.ENDED, by=here.anna.person, helpful=Answer.YES)
    row.refresh_from_db()
    assert row.helpful == Answer.YES
    assert row.ended_on == today()
