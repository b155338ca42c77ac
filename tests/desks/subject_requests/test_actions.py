"""Requests are decided by a second person within a month; a record that is kept and not used takes no word more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from desks.cases import actions as cases_actions
from desks.cases import holds, notes
from desks.cases.closures import in_months
from desks.cases.errors import CaseMoveNotPossible, InTheFuture, NeedsWords, RecordBlocked
from desks.cases.models import Case, today
from desks.cases.obstacles import Ending, obstacles_to
from desks.cases.readings import note_reading
from desks.cases.states import EntryKind
from desks.cases.steps import offered_steps
from desks.extracts.actions import read_extract
from desks.extracts.states import Receiver
from desks.reports.states import Risk
from desks.subject_requests import actions
from desks.subject_requests.errors import AlreadyExtended, IdentityNotChecked, KeptByLaw, SecondPersonDecides
from desks.subject_requests.states import RightKind, SubjectDecision
from tests.desks.cases.case_desks import again
from tests.desks.endings.closed_cases import closed
from tests.desks.extracts.extract_cases import wanted
from tests.desks.subject_requests.sample_requests import granted, received

pytestmark = pytest.mark.django_db
REFUSED, GRANTED = SubjectDecision.REFUSED, SubjectDecision.GRANTED


@pytest.fixture
def case(here) -> Case:
    return here.case()


def test_receive_request_starts_a_month(here, case):
    row = received(here, case, received_on=today() - timedelta(days=3))
    clock = case.clocks.get(kind="rights")
    assert clock.due_at.astimezone(here.desk.zone).date() == in_months(row.received_on, 1)
    assert case.timeline.filter(kind=EntryKind.RIGHTS, code="received").exists()


def test_receive_request_of_a_day_that_has_not_come_is_refused(here, case):
    with pytest.raises(InTheFuture):
        received(here, case, received_on=today() + timedelta(days=1))


def test_extend_request_gives_two_months_more_once(here, case):
    row = actions.extend_request(received(here, case), "Papers from abroad", by=here.anna.person)
    assert case.clocks.get(kind="rights").due_at.astimezone(here.desk.zone).date() == in_months(row.received_on, 3)
    with pytest.raises(AlreadyExtended):
        actions.extend_request(row, "Again", by=here.anna.person)


def test_extend_request_after_the_month_is_refused(here, case, at):
    row = received(here, case)
    at(timezone.now() + timedelta(days=33))
    with pytest.raises(AlreadyExtended):
        actions.extend_request(row, "Late", by=here.anna.person)


def test_decide_request_needs_a_supervisor(here, case):
    with pytest.raises(PermissionDenied):
        actions.decide_request(received(here, case), REFUSED, "No", by=here.ben.person)


def test_decide_request_by_who_received_it_is_refused(here, case):
    facts = actions.RequestFacts(RightKind.OBJECT, "child", today())
    row = actions.receive_request(case, facts, {"text": "No photo"}, by=here.chief.person)
    with pytest.raises(SecondPersonDecides):
        actions.decide_request(row, REFUSED, "No", by=here.chief.person)


def test_grant_request_of_somebody_unproved_is_refused_and_refusing_is_not(here, case):
    row = received(here, case)
    with pytest.raises(IdentityNotChecked):
        actions.decide_request(row, GRANTED, "Yes", by=here.chief.person)
    assert actions.decide_request(row, REFUSED, "Somebody else", by=here.chief.person).decision == REFUSED
    assert not case.clocks.filter(kind="rights").exists()


def test_decide_request_without_a_reason_is_refused(here, case):
    with pytest.raises(NeedsWords):
        actions.decide_request(received(here, case), REFUSED, " ", by=here.chief.person)


def test_withdrawn_request_is_not_decided(here, case):
    row = actions.withdraw_request(received(here, case), "She called", by=here.anna.person)
    with pytest.raises(CaseMoveNotPossible):
        actions.decide_request(row, REFUSED, "No", by=here.chief.person)


def test_record_that_is_kept_and_not_used_takes_no_word(here, case):
    case = granted(here, case)
    assert case.is_blocked
    with pytest.raises(RecordBlocked):
        cases_actions.set_risk(case, Risk.HIGH, "The man came back", by=here.anna.person)
    with pytest.raises(RecordBlocked):
        notes.add_task(case, "Call", due_at=None, by=here.anna.person)


def test_record_that_is_not_used_offers_only_what_its_requests_need(here, case):
    case = granted(here, case)
    assert {step.name for step in offered_steps(case, here.anna.person)} == {"rights"}
    assert {step.name for step in offered_steps(case, here.chief.person)} == {"rights", "unblock", "hold"}


def test_record_that_is_not_used_is_held_when_the_law_demands_it(here, case):
    holds.hold_case(granted(here, case), "Court order", by=here.chief.person)
    assert again(case).hold


def test_record_that_is_not_used_is_printed_for_the_child_alone(here, case):
    note_reading(case, "child", by=here.anna.person)
    case, parts = granted(here, case), ("readings",)
    assert read_extract(case, wanted(Receiver.CHILD, parts=parts), by=here.anna)
    with pytest.raises(RecordBlocked):
        read_extract(case, wanted(Receiver.COURT, parts=parts), by=here.anna)


def test_allow_use_of_a_record_lets_people_write_again(here, case):
    case = granted(here, case)
    with pytest.raises(PermissionDenied):
        actions.allow_use(case, "Danger", by=here.anna.person)
    actions.allow_use(case, "She is in danger", by=here.chief.person)
    cases_actions.set_risk(again(case), Risk.HIGH, "The man came back", by=here.anna.person)


def test_open_request_and_unused_record_stand_in_the_way_of_deletion(here, case):
    row = received(here, case)
    assert [obstacle.anchor for obstacle in obstacles_to(Ending.DELETE, case)] == [f"request-{row.pk}"]
    case = granted(here, here.case())
    assert [obstacle.anchor for obstacle in obstacles_to(Ending.DELETE, case)] == ["rights"]


def test_granted_deletion_comes_sooner_than_the_rules_say(here):
    case = closed(here)
    by_rule = case.erase_on
    case = granted(here, case, RightKind.ERASE)
    assert case.erase_on == today() + timedelta(days=30)
    assert case.erase_on < by_rule


def test_grant_deletion_of_what_the_law_keeps_is_refused(here, case):
    holds.hold_case(case, "Court order", by=here.chief.person)
    row = actions.check_identity(received(here, case, RightKind.ERASE), "Known", by=here.anna.person)
    with pytest.raises(KeptByLaw):
        actions.decide_request(row, GRANTED, "Yes", by=here.chief.person)
    assert actions.decide_request(row, SubjectDecision.PARTLY, "A court needs it", by=here.chief.person)
