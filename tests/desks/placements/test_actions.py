"""Where a child lives is written down, by two at the same time too; each new place begins a watch."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied

from desks.cases.envelopes import read_words
from desks.cases.errors import CaseMoveNotPossible, InTheFuture, NeedsWords
from desks.cases.models import Case, CaseClock
from desks.placements import actions
from desks.placements.errors import BeforeEarlierPlace, ChildIsMissing
from desks.placements.models import CheckIn, Placement, PlacementText
from desks.placements.states import PlaceKind
from tests.desks.cases.case_desks import CaseDesk, again
from tests.desks.inbox.inbox_desks import stranger
from tests.desks.placements.placement_desks import HOUR, WORDS, missed, placed
from victor.audit.models import Entry

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 30, 9, tzinfo=UTC)


@pytest.fixture
def here(at, here) -> CaseDesk:
    at(MONDAY)
    return here


@pytest.fixture
def case(here) -> Case:
    return here.case()


def states(place: Placement) -> list[str]:
    """Where the texts of a place stand, the oldest first."""
    return list(PlacementText.objects.filter(placement=place).order_by("pk").values_list("state", flat=True))


def test_place_child_begins_a_watch_of_72_hours(here, case):
    place = placed(case, by=here.anna.person)
    assert place.watch_until == MONDAY + 72 * HOUR
    assert list(place.check_ins.values_list("due_at", flat=True)) == [MONDAY + 12 * HOUR]


def test_place_child_starts_the_clock_of_the_first_check_in(here, case):
    placed(case, by=here.anna.person)
    assert CaseClock.objects.get(case=case, kind="check_in").due_at == MONDAY + 12 * HOUR
    assert again(case).due_at == MONDAY + 12 * HOUR


def test_place_child_who_came_some_hours_ago_counts_from_then(here, case):
    place = placed(case, by=here.anna.person, since=MONDAY - 13 * HOUR)
    assert place.watch_until == MONDAY + 59 * HOUR
    assert place.check_ins.get().due_at == MONDAY + 11 * HOUR


def test_place_child_who_came_days_ago_needs_no_check_in(here, case):
    place = placed(case, by=here.anna.person, since=MONDAY - 100 * HOUR)
    assert not place.check_ins.exists()


def test_place_child_is_read_by_a_colleague(here, case):
    text = placed(case, by=here.anna.person).texts.get()
    assert read_words(case, [text], by=here.ben)[text.envelope_id] == WORDS


def test_place_child_without_words_writes_none(here, case):
    assert not placed(case, by=here.anna.person, words={"address": ""}).texts.exists()


def test_place_child_again_ends_the_earlier_place_and_its_check_in(here, case, at):
    first = placed(case, by=here.anna.person)
    at(MONDAY + HOUR)
    placed(case, by=here.anna.person, kind=PlaceKind.FOSTER)
    first.refresh_from_db()
    assert first.until == MONDAY + HOUR
    assert first.check_ins.get().state == "dropped"
    assert CheckIn.objects.due().filter(case=case).count() == 1


def test_place_child_before_the_earlier_place_is_refused(here, case):
    placed(case, by=here.anna.person)
    with pytest.raises(BeforeEarlierPlace):
        placed(case, by=here.anna.person, since=MONDAY - HOUR)


def test_place_child_in_the_future_is_refused(here, case):
    with pytest.raises(InTheFuture):
        placed(case, by=here.anna.person, since=MONDAY + HOUR)


def test_place_child_who_is_missing_is_refused(here, case):
    missed(case, by=here.anna.person)
    with pytest.raises(ChildIsMissing):
        placed(case, by=here.anna.person)


def test_place_child_by_a_stranger_is_refused(case):
    with pytest.raises(PermissionDenied):
        placed(case, by=stranger())


def test_place_child_is_logged_without_a_word(here, case):
    placed(case, by=here.anna.person)
    entry = Entry.objects.filter(action="case.child_placed").get()
    assert json.loads(entry.details) == {"kind": "shelter"}


def test_write_place_makes_the_next_version(here, case):
    place = placed(case, by=here.anna.person)
    text = actions.write_place(place, {"address": "New"}, seen=1, by=here.ben.person)
    assert text.number == 2
    assert text.state == "saved"


def test_write_place_over_a_text_that_was_not_seen_keeps_both(here, case):
    place = placed(case, by=here.anna.person)
    for _number in range(2):
        actions.write_place(place, {"address": "New"}, seen=1, by=here.ben.person)
    assert states(place) == ["saved", "saved", "draft"]


def test_write_place_without_words_is_refused(here, case):
    place = placed(case, by=here.anna.person)
    with pytest.raises(NeedsWords):
        actions.write_place(place, {"address": ""}, seen=1, by=here.anna.person)


@pytest.fixture
def second(here, case) -> PlacementText:
    """A text of somebody who has not seen what counts."""
    place = placed(case, by=here.anna.person)
    return actions.write_place(place, {"address": "Other"}, seen=0, by=here.ben.person)


def test_use_second_text_makes_it_count(here, second):
    actions.use_second_text(second, by=here.anna.person)
    assert second.placement.texts.saved().first() == second
    assert states(second.placement) == ["saved", "saved"]


def test_set_second_text_aside_keeps_the_first(here, second):
    actions.set_second_text_aside(second, by=here.anna.person)
    assert states(second.placement) == ["saved", "set_aside"]


@pytest.mark.parametrize("choose", [actions.use_second_text, actions.set_second_text_aside])
def test_choose_again_is_refused(here, second, choose):
    choose(second, by=here.anna.person)
    with pytest.raises(CaseMoveNotPossible):
        choose(second, by=here.anna.person)


def test_case_keeps_its_due_time_when_the_worker_changes(here, case):
    placed(case, by=here.anna.person)
    before = again(case).due_at
    Case.objects.filter(pk=case.pk).update(worker=here.ben.person)
    assert again(case).due_at == before
