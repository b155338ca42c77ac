"""A child is missing: the risk is danger at once, the police is told, and the child is back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied

from desks.cases.envelopes import read_words
from desks.cases.errors import CaseMoveNotPossible, InTheFuture
from desks.cases.models import Case, CaseClock, TimelineEntry
from desks.placements import missing_reports
from desks.placements.errors import BeforeMissing, ChildIsMissing
from desks.placements.models import CheckIn, MissingReport
from desks.placements.states import Contact
from tests.desks.cases.case_desks import CaseDesk, again
from tests.desks.inbox.inbox_desks import stranger
from tests.desks.placements.placement_desks import HOUR, SEEN, missed, placed, returned, told
from victor.mail.models import Message as Mail

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 30, 9, tzinfo=UTC)


@pytest.fixture
def here(at, here) -> CaseDesk:
    at(MONDAY)
    return here


@pytest.fixture
def case(here) -> Case:
    return here.case()


def due_of_clock(case: Case) -> object:
    """When the police has to be called."""
    return CaseClock.objects.get(case=case, kind="missing").due_at


def test_report_missing_settles_the_check_in_that_waits(here, case):
    place = placed(case, by=here.anna.person)
    missed(case, by=here.anna.person)
    assert [row.state for row in place.check_ins.all()] == ["absent"]


def test_report_missing_makes_the_risk_danger_and_tells_the_lead(here, case):
    missed(case, by=here.anna.person)
    assert again(case).risk == "danger"
    assert set(Mail.objects.values_list("recipient", flat=True)) == {here.chief.person.email, here.boss.person.email}


def test_report_missing_is_due_to_the_police_in_half_an_hour(here, case):
    missed(case, by=here.anna.person)
    assert due_of_clock(case) == MONDAY + HOUR / 2


def test_report_missing_of_a_child_without_a_place_works(here, case):
    assert missed(case, by=here.anna.person).placement is None


def test_report_missing_seals_how_the_child_was_last_seen(here, case):
    row = missed(case, by=here.anna.person)
    assert read_words(case, [row], by=here.ben)[row.envelope_id] == SEEN


def test_report_missing_twice_is_refused(here, case):
    missed(case, by=here.anna.person)
    with pytest.raises(ChildIsMissing):
        missed(case, by=here.ben.person)


def test_report_missing_from_the_future_is_refused(here, case):
    with pytest.raises(InTheFuture):
        missed(case, by=here.anna.person, noticed_at=MONDAY + HOUR)


def test_report_missing_by_a_stranger_is_refused(case):
    with pytest.raises(PermissionDenied):
        missed(case, by=stranger())


def test_tell_the_police_asks_for_the_next_call_in_a_day(here, case):
    told(missed(case, by=here.anna.person), by=here.anna.person)
    assert MissingReport.objects.get().state == "reported"
    assert due_of_clock(case) == MONDAY + 24 * HOUR


def test_tell_the_guardian_does_not_stop_the_clock_of_the_police(here, case):
    told(missed(case, by=here.anna.person), by=here.anna.person, contact=Contact.GUARDIAN)
    assert MissingReport.objects.get().state == "noticed"
    assert due_of_clock(case) == MONDAY + HOUR / 2


def test_tell_the_police_again_moves_the_next_call(here, case, at):
    row = missed(case, by=here.anna.person)
    told(row, by=here.anna.person)
    at(MONDAY + 5 * HOUR)
    told(row, by=here.ben.person)
    assert due_of_clock(case) == MONDAY + 29 * HOUR
    assert list(TimelineEntry.objects.filter(kind="missing").values_list("code", flat=True)) == ["reported", "noticed"]


def test_return_to_the_same_place_begins_a_new_watch(here, case, at):
    place = placed(case, by=here.anna.person)
    row = missed(case, by=here.anna.person)
    at(MONDAY + 30 * HOUR)
    returned(row, by=here.anna.person)
    place.refresh_from_db()
    assert place.watch_until == MONDAY + 102 * HOUR
    assert CheckIn.objects.due().get().due_at == MONDAY + 42 * HOUR


def test_return_elsewhere_ends_the_place_at_the_moment_of_missing(here, case, at):
    place = placed(case, by=here.anna.person)
    row = missed(case, by=here.anna.person)
    at(MONDAY + 30 * HOUR)
    returned(row, by=here.anna.person, is_same_place=False)
    place.refresh_from_db()
    assert place.until == MONDAY
    assert not CheckIn.objects.due().exists()


def test_return_stops_the_clock_and_leaves_the_risk(here, case):
    returned(missed(case, by=here.anna.person), by=here.anna.person)
    assert not CaseClock.objects.filter(kind="missing").exists()
    assert again(case).risk == "danger"


def test_return_before_the_child_was_missed_is_refused(here, case):
    row = missed(case, by=here.anna.person)
    facts = {"returned_at": MONDAY - HOUR, "is_same_place": False}
    with pytest.raises(BeforeMissing):
        missing_reports.record_return(row, {}, by=here.anna.person, **facts)


def test_return_twice_is_refused(here, case):
    row = missed(case, by=here.anna.person)
    returned(row, by=here.anna.person)
    with pytest.raises(CaseMoveNotPossible):
        returned(row, by=here.ben.person)


def test_child_who_is_back_can_be_missing_again(here, case):
    for _number in range(2):
        returned(missed(case, by=here.anna.person), by=here.anna.person)
    assert MissingReport.objects.filter(state="returned").count() == 2


def test_delete_case_takes_its_places_and_reports_along(here, case):
    placed(case, by=here.anna.person)
    told(missed(case, by=here.anna.person), by=here.anna.person)
    case.delete()
    assert not MissingReport.objects.exists()
