"""Cases are counted from rows that lead to none, and their frozen sums are encrypted."""

from __future__ import annotations

import pytest

from desks.cases.code_lists import AgeBand
from desks.facts.actions import _write as write_facts
from desks.facts.actions import facts_of
from desks.facts.ciphertexts import DAYS, tag_of
from desks.facts.indicators import AGE, CASES, CLOSED_CASES
from desks.retention.indicators import DeskPeriod
from tests.desks.cases.case_desks import CaseDesk
from tests.desks.endings.closed_cases import closed, reopened
from tests.desks.retention.deletable_reports import noon
from tests.indicators.audit import audit, frozen_table, narrowed
from victor.indicators.actions import freeze_figures
from victor.indicators.exports import export_lines
from victor.indicators.models import FrozenFigures
from victor.indicators.periods import HalfYear
from victor.indicators.tables import CountedIndicator

pytestmark = pytest.mark.django_db
PERIOD = HalfYear(2027, 1)
AGE_PLACE = CASES.position(AGE.key)


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
    table, hidden = narrowed(frozen_table(CASES, row), row.hidden_keys(), AGE_PLACE)
    assert hidden
    assert min(audit(table, hidden).values()) >= CASES.step


def test_every_age_is_in_the_table_where_one_is_hidden(here, at):
    """Otherwise whoever sees the ages that occur knows of which age the hidden children are."""
    counted = CountedIndicator.protected(CASES, frozen(here, at), period="")
    table = next(table for table in counted.tables() if table.columns_name == AGE.name)
    assert [str(label) for label in table.columns] == [str(label) for _value, label in AGE.choices]
    rows = {str(row.label): {figure.value for figure in row.figures} for row in table.rows}
    assert rows.pop("Not assessed yet") == {None}
    assert set.union(*rows.values()) == {0}


def with_days(here: CaseDesk, *days: int) -> None:
    """Cases of which the first risk assessment was so many days after they were opened."""
    for number in days:
        case = here.case()
        write_facts(tag_of(case.pk), facts_of(case).changed({"risk_step": "in_time", "risk_days": number}))


def test_median_is_the_number_of_days_of_the_lower_half(here, at):
    with_days(here, *[0] * 6, *[2] * 7)
    own = CountedIndicator.own(CASES, scope_of(here), period="")
    assert [(row.median.key, row.value) for row in own.medians()] == [("risk_days", 2)]
    at(noon(250))
    row = freeze_figures(CASES, PERIOD, scope_of(here), subject="desks")
    assert isinstance(row.medians, str)
    counted = CountedIndicator.protected(CASES, row, period="")
    assert ("risk_days", 2) in [(row.median.key, row.value) for row in counted.medians()]


def test_median_beside_hidden_figures_is_hidden_whether_anybody_has_it_or_not(here, at):
    with_days(here, 0, 4, 9)
    at(noon(250))
    row = freeze_figures(CASES, PERIOD, scope_of(here), subject="desks")
    medians = CountedIndicator.protected(CASES, row, period="").medians()
    assert {row.median.key: row.value for row in medians} == dict.fromkeys(DAYS)
    lines = [line for line in export_lines([CountedIndicator.protected(CASES, row, period="")]) if "Median" in line[0]]
    assert [line[4] for line in lines] == ["not shown"] * 4
