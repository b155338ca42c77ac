"""Check-ins of a watch: every twelve hours, whenever the last one was recorded."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied

from desks.cases.envelopes import read_words
from desks.cases.errors import CaseMoveNotPossible
from desks.cases.models import Case, TimelineEntry
from desks.placements import check_ins
from desks.placements.errors import TooEarly
from desks.placements.models import CheckIn, Placement
from tests.desks.cases.case_desks import CaseDesk
from tests.desks.inbox.inbox_desks import stranger
from tests.desks.placements.placement_desks import HOUR, placed

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 30, 9, tzinfo=UTC)


@pytest.fixture
def here(at, here) -> CaseDesk:
    at(MONDAY)
    return here


@pytest.fixture
def case(here) -> Case:
    return here.case()


@pytest.fixture
def place(here, case) -> Placement:
    return placed(case, by=here.anna.person)


def due(place: Placement) -> CheckIn:
    """The check-in that waits."""
    return CheckIn.objects.due().get(placement=place)


def test_confirm_presence_sets_the_next_check_in_twelve_hours_after_the_last_time(here, place, at):
    at(MONDAY + 12 * HOUR)
    check_ins.confirm_presence(due(place), by=here.anna.person)
    assert due(place).due_at == MONDAY + 24 * HOUR


@pytest.mark.parametrize(("recorded", "expected"), [(8, 24), (14, 24), (25, 36), (60, 72)])
def test_next_check_in_does_not_move_with_the_hour_of_the_last(here, place, at, recorded, expected):
    at(MONDAY + recorded * HOUR)
    check_ins.confirm_presence(due(place), by=here.anna.person)
    assert due(place).due_at == MONDAY + expected * HOUR


def test_watch_ends_with_the_sixth_check_in(here, place, at):
    for hours in range(12, 73, 12):
        at(MONDAY + hours * HOUR)
        check_ins.confirm_presence(due(place), by=here.anna.person)
    assert list(place.check_ins.values_list("state", flat=True)) == ["present"] * 6


def test_confirm_presence_long_before_its_time_is_refused(here, place, at):
    at(MONDAY + 7 * HOUR)
    with pytest.raises(TooEarly):
        check_ins.confirm_presence(due(place), by=here.anna.person)


def test_confirm_presence_twice_is_refused(here, place, at):
    at(MONDAY + 12 * HOUR)
    row = due(place)
    check_ins.confirm_presence(row, by=here.anna.person)
    with pytest.raises(CaseMoveNotPossible):
        check_ins.confirm_presence(row, by=here.ben.person)


def test_confirm_presence_by_a_stranger_is_refused(place, at):
    at(MONDAY + 12 * HOUR)
    with pytest.raises(PermissionDenied):
        check_ins.confirm_presence(due(place), by=stranger())


def test_confirm_presence_seals_how_it_is_known(here, case, place, at):
    at(MONDAY + 12 * HOUR)
    row = check_ins.confirm_presence(due(place), "Seen at supper", by=here.anna.person)
    assert read_words(case, [row], by=here.ben)[row.envelope_id] == {"text": "Seen at supper"}


def test_confirm_presence_stands_in_the_timeline(here, case, place, at):
    at(MONDAY + 12 * HOUR)
    check_ins.confirm_presence(due(place), by=here.anna.person)
    assert TimelineEntry.objects.filter(case=case, kind="check_in").get().code == "present"
