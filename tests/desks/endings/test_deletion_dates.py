"""The day of deletion follows each change of a case in the same transaction."""

from __future__ import annotations

import pytest

from desks.cases import holds, notes
from desks.cases.code_lists import AgeBand
from desks.cases.models import Case
from desks.endings import deletion_dates
from desks.retention.periods import NOTICE_PERIOD
from tests.desks.cases.case_desks import CaseDesk, again
from tests.desks.endings.closed_cases import LAST_DAY, approved_rule, closed, day, reopened
from tests.desks.retention.deletable_reports import noon

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(at, here) -> CaseDesk:
    at(noon())
    return here


def test_running_case_has_no_day(here):
    assert here.case().erase_on is None


def test_closing_sets_the_day(here):
    assert closed(here).erase_on == day(LAST_DAY)


def test_child_of_an_unknown_age_is_kept_until_23_years_later(here):
    assert closed(here, here.case()).erase_on.isoformat() == "2050-01-15"


def test_child_of_fifteen_is_kept_until_eight_years_later(here):
    assert closed(here, here.case(age_band=AgeBand.TO_17)).erase_on.isoformat() == "2035-01-15"


def test_reopening_takes_the_day_away(here):
    assert reopened(here, closed(here)).erase_on is None


def test_closing_again_counts_from_the_new_day(here, at):
    case = reopened(here, closed(here))
    at(noon(100))
    assert closed(here, case).erase_on == day(100 + LAST_DAY)


def test_hold_takes_the_day_away_and_lifting_it_sets_it_again(here):
    case = closed(here)
    hold = holds.hold_case(case, "The court asks", by=here.chief.person)
    assert again(case).erase_on is None
    holds.lift_case_hold(hold, by=here.boss.person)
    assert again(case).erase_on == day(LAST_DAY)


def test_lifting_a_hold_after_the_day_gives_thirty_days_notice(here, at):
    case = closed(here)
    hold = holds.hold_case(case, "The court asks", by=here.chief.person)
    at(noon(LAST_DAY + 10))
    holds.lift_case_hold(hold, by=here.boss.person)
    assert again(case).erase_on == day(LAST_DAY + 10) + NOTICE_PERIOD


def test_words_that_are_added_later_move_the_day(here, at):
    case = closed(here)
    at(noon(200))
    notes.add_words(case, "She called again", by=here.anna.person)
    assert again(case).erase_on == day(200 + LAST_DAY)


def test_rule_of_the_desks_country_goes_before_the_rule_for_everywhere(here):
    case = closed(here)
    approved_rule(days=3000, country=here.desk.country)
    approved_rule(days=2500)
    assert deletion_dates.reschedule_cases() == 1
    assert again(case).erase_on == day(3000)


def test_rule_for_another_outcome_changes_nothing(here):
    case = closed(here)
    approved_rule(days=3000, outcome="died")
    assert deletion_dates.reschedule_cases() == 0
    assert again(case).erase_on == day(LAST_DAY)


def test_shorter_rule_gives_thirty_days_notice_and_never_beats_the_age(here, at):
    grown, child = closed(here), closed(here, here.case())
    at(noon(LAST_DAY - 1))
    approved_rule(days=365)
    deletion_dates.reschedule_cases()
    assert again(grown).erase_on == day(LAST_DAY)
    assert again(child).erase_on.isoformat() == "2050-01-15"


def test_case_closed_by_an_earlier_version_gets_its_day_from_the_sweep(here):
    case = closed(here)
    Case.objects.update(erase_on=None)
    assert deletion_dates.reschedule_cases() == 1
    assert again(case).erase_on == day(LAST_DAY)


def test_case_that_was_altered_in_the_database_is_left_as_it_is(here):
    case = closed(here)
    Case.objects.filter(pk=case.pk).update(erase_on=None, stamp="0" * 64)
    assert deletion_dates.reschedule_cases() == 0
    assert again(case).erase_on is None
