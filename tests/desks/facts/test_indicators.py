"""Cases are counted from rows that lead to none, and their frozen sums are encrypted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desks.cases.code_lists import AgeBand
from desks.facts.indicators import CASES, CLOSED_CASES
from desks.retention.indicators import DeskPeriod
from tests.desks.cases.case_desks import CaseDesk
from tests.desks.endings.closed_cases import closed, reopened
from tests.desks.retention.deletable_reports import noon
from tests.indicators.audit import audit, frozen_table
from victor.indicators.actions import freeze_figures
from victor.indicators.models import FrozenFigures
from victor.indicators.periods import HalfYear

pytestmark = pytest.mark.django_db
PERIOD = HalfYear(2027, 1)


@pytest.fixture
def here(at) -> CaseDesk:
    at(noon())
    return CaseDesk()


def scope_of(here: CaseDesk) -> DeskPeriod:
    return DeskPeriod([here.desk.pk], PERIOD.first, PERIOD.last)


def frozen(here: CaseDesk, at) -> FrozenFigures:
    """The figures of some cases of three bands, as they were shown first."""
    for band in [AgeBand.TO_5] * 3 + [AgeBand.TO_14] * 14 + [AgeBand.TO_17] * 2:
        here.case(age_band=band)
    at(noon(250))
    return freeze_figures(CASES, PERIOD, scope_of(here), subject="desks")


def test_case_of_another_period_is_not_counted(here):
    here.case()
    period = HalfYear(2026, 2)
    assert not CASES.count(DeskPeriod([here.desk.pk], period.first, period.last))


def test_outcome_is_counted_in_the_period_of_closing(here):
    closed(here)
    here.case()
    assert CLOSED_CASES.count(scope_of(here)) == {("family_reunited", "", ""): 1}
    assert CLOSED_CASES.count_parts(scope_of(here)) == {str(here.desk.pk): {("family_reunited", "", ""): 1}}


def test_outcome_of_a_case_that_was_opened_again_is_not_counted(here):
    reopened(here, closed(here))
    assert not CLOSED_CASES.count(scope_of(here))


def test_case_of_another_desk_is_not_counted(here):
    here.case()
    assert not CASES.count(scope_of(CaseDesk("lamp")))


def test_frozen_sums_are_not_readable_in_the_database(here, at):
    row = FrozenFigures.objects.get(pk=frozen(here, at).pk)
    assert isinstance(row.cells, str)
    assert AgeBand.TO_14 not in row.cells
    assert {cell[2]: numbers[0] for cell, numbers in row.counted_cells().items()} == {"0-5": 3, "12-14": 14, "15-17": 2}


def test_hidden_figure_could_be_ten_larger_or_smaller(here, at):
    """For a reader of another desk: where one desk has all cases, its people know every figure."""
    row = frozen(here, at)
    table = replace(frozen_table(CASES, row), parts=())
    assert row.hidden_keys()
    assert min(audit(table, row.hidden_keys()).values()) >= CASES.step
