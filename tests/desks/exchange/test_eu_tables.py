"""The tables of the Union over 300 cases are what somebody counts by hand over the list from which they were made."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from desks.exchange.eu_tables import count_facts, count_periods, eu_csv, eu_tables, eu_xlsx
from desks.facts.indicators import CASES, facts_in
from desks.retention.indicators import DeskPeriod
from tests.desks.cases.case_desks import CaseDesk
from tests.desks.exchange.counted_cases import open_cases, plain_list
from victor.indicators.tables import CountedIndicator

pytestmark = pytest.mark.django_db
LINES = plain_list(300)
CHILD = {"0-5", "6-11", "12-14", "15-17"}
OTHER = {"servitude", "begging", "crime", "marriage", "adoption", "surrogacy", "organs", "other"}
# Each row of each table by hand: which lines of the list it counts.
TYPED = {
    "Sex": {
        "Female": lambda line: line["sex"] == "female",
        "Male": lambda line: line["sex"] == "male",
        "Other": lambda line: line["sex"] == "other",
        "Not known": lambda line: line["sex"] == "unknown",
    },
    "Age": {
        "Child": lambda line: line["age"] in CHILD,
        "Adult": lambda line: line["age"] == "18+",
        "Not known": lambda line: line["age"] == "unknown",
    },
    "Citizenship": {
        "The country of the desk": lambda line: line["citizenship"] == "own",
        "Another country of the European Union": lambda line: line["citizenship"] == "union",
        "A country outside the European Union": lambda line: line["citizenship"] == "outside",
        "Stateless": lambda line: line["citizenship"] == "stateless",
        "Not known": lambda line: line["citizenship"] == "unknown",
    },
    "Main form of exploitation": {
        "Sexual exploitation": lambda line: line["form"] == "sexual",
        "Forced labour or services": lambda line: line["form"] == "labour",
        "Other exploitation": lambda line: line["form"] in OTHER,
        "Not known": lambda line: line["form"] == "unknown",
    },
    "Body that decided": {
        "Police": lambda line: line["body"] == "police",
        "Non-governmental organisation": lambda line: line["body"] == "ngo",
        "Court or prosecution": lambda line: line["body"] == "court",
        "Other public body": lambda line: line["body"] == "public",
        "Other body": lambda line: line["body"] == "other",
        "No body has decided": lambda line: line["body"] == "",
    },
}


def by_hand() -> dict[str, dict[str, list[int]]]:
    of_year = [line for line in LINES if line["year"] == "2026"]
    counted = {}
    for title, rows in TYPED.items():
        counted[title] = {}
        for label, belongs in rows.items():
            presumed = sum(1 for line in of_year if line["status"] == "presumed" and belongs(line))
            identified = sum(1 for line in of_year if line["status"] == "identified" and belongs(line))
            counted[title][label] = [presumed, identified, presumed + identified]
    return counted


@pytest.fixture(scope="module")
def counted_desk(case_desk: CaseDesk) -> CaseDesk:
    open_cases(case_desk, LINES)
    return case_desk


def own_tables(here: CaseDesk, *, in_union: bool = True):
    period = DeskPeriod([here.desk.pk], date(2026, 1, 1), date(2026, 12, 31))
    return eu_tables(count_facts(facts_in(period, "opened")), in_union=in_union)


def as_numbers(tables) -> dict[str, dict[str, list[int]]]:
    return {table.title: {label: list(numbers) for label, numbers in table.rows} for table in tables}


def test_tables_of_300_cases_are_as_counted_by_hand(counted_desk):
    assert as_numbers(own_tables(counted_desk)) == by_hand()


def test_outside_the_union_all_other_countries_are_one(counted_desk):
    (citizenship,) = [table for table in own_tables(counted_desk, in_union=False) if table.title == "Citizenship"]
    by_label = by_hand()["Citizenship"]
    parts = ("Another country of the European Union", "A country outside the European Union")
    added = [sum(numbers) for numbers in zip(*(by_label[label] for label in parts), strict=True)]
    assert dict(citizenship.rows)["Another country"] == added


def test_workbook_holds_the_tables_and_says_who_is_not_in_them(counted_desk):
    book = load_workbook(BytesIO(eu_xlsx(own_tables(counted_desk), place="Greece", year=2026)))
    about, *sheets = book.worksheets
    assert any("Suspects" in str(row[0]) for row in about.iter_rows(values_only=True))
    counted = {}
    for sheet, title in zip(sheets, TYPED, strict=True):
        (head, *columns), *rows = sheet.iter_rows(values_only=True)
        assert head == title
        assert columns == ["Presumed victim", "Identified as a victim", "total"]
        counted[title] = {label: numbers for label, *numbers in rows}
    assert counted == by_hand()


def test_csv_holds_every_number(counted_desk):
    lines = eu_csv(own_tables(counted_desk), place="Greece", year=2026).splitlines()
    for title, rows in by_hand().items():
        for label, numbers in rows.items():
            assert ",".join([title, label, *map(str, numbers)]) in lines


def test_what_is_hidden_in_a_period_is_hidden_in_the_sum_of_periods():
    rest = ("",) * (len(CASES.breakdowns) - 2)
    cells = {("presumed", "female", *rest): 20, ("presumed", "male", *rest): 30}
    hidden = CASES.breakdowns.index(next(row for row in CASES.breakdowns if row.key == "sex"))
    key = tuple({0: "presumed", hidden: "female"}.get(place) for place in range(len(CASES.breakdowns)))
    first = CountedIndicator(CASES, cells, period="1", suppressed={key})
    second = CountedIndicator(CASES, cells, period="2")
    (sex, *_others) = eu_tables(count_periods([first, second]), in_union=True)
    assert dict(sex.rows)["Female"] == [None, 0, None]
    assert dict(sex.rows)["Male"] == [60, 0, 60]
