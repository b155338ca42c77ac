"""The rows of the standard and their codes, as another hand has typed them from it."""

from __future__ import annotations

import csv

import pytest

from desks.exchange.standard_rows import (
    LIVE_ROWS,
    ROWS,
    ROWS_BY_NAME,
    BadValue,
    Part,
    ValueKind,
    checked_value,
)
from tests.desks.exchange.standard_cases import HTCDS

# The kinds that each type of the standard may be here. Countries and languages are codes that it does not list.
KINDS = {
    "T": {ValueKind.TEXT, ValueKind.PHONE, ValueKind.CODE},
    "LT": {ValueKind.TEXT},
    "P/T": {ValueKind.TEXT},
    "D": {ValueKind.DATE},
    "N": {ValueKind.NUMBER, ValueKind.LATITUDE, ValueKind.LONGITUDE},
    "G": {ValueKind.LATITUDE, ValueKind.LONGITUDE},
    "CB": {ValueKind.YES_NO},
    "P": {ValueKind.CODE, ValueKind.LANGUAGE},
    "MP": {ValueKind.CODES},
    "LK": {ValueKind.LOOK_UP},
    "": {ValueKind.CODE, ValueKind.LOOK_UP},  # the standard leaves two unfinished
}
COUNTRIES = {"org_ShippingCountry", "prs_Citizenship", "prs_MailingCountry"}
PREFIXES = {"org": Part.ORGANISATIONS, "per": Part.PERPETRATORS, "cco": Part.COMMENTS, "hte": Part.EVENTS} | {
    "spl": Part.PLANS
}


def typed() -> list[dict[str, str]]:
    with (HTCDS / "rows.tsv").open() as table:
        return list(csv.DictReader(table, delimiter="\t"))


def test_rows_are_those_of_the_standard_in_its_order():
    assert [row.name for row in ROWS] == [line["row"] for line in typed()]
    assert len(ROWS) == 84
    assert len(LIVE_ROWS) == 81


@pytest.mark.parametrize("line", typed(), ids=lambda line: line["row"])
def test_row_is_as_the_standard_says(line):
    row = ROWS_BY_NAME[line["row"]]
    assert row.kind in KINDS[line["type"]]
    assert row.is_core == (line["core"] == "C")
    assert row.is_deprecated == (line["deprecated"] == "DEPRECATED")
    assert row.part == PREFIXES.get(row.name[:3])


@pytest.mark.parametrize("line", typed(), ids=lambda line: line["row"])
def test_row_takes_the_codes_of_the_standard_and_no_others(line):
    row = ROWS_BY_NAME[line["row"]]
    if row.name in COUNTRIES:
        assert len(row.codes) == 249
    else:
        assert list(row.codes) == line["codes"].split()
    for code in row.codes:
        checked_value(row, [code] if row.kind == ValueKind.CODES else code)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("prs_Gender", "Female"),
        ("prs_Gender", ["Feminine"]),
        ("prs_Citizenship", ["GR", "GR"]),
        ("prs_Citizenship", ["XX"]),
        ("prs_Citizenship", "GR"),
        ("prs_Birthdate", "2012-02-30"),
        ("prs_Birthdate", "29.2.2012"),
        ("prs_Birthdate", "20120229"),
        ("prs_NumberOfChildren", -1),
        ("prs_NumberOfChildren", 1.5),
        ("prs_NumberOfChildren", True),
        ("prs_Deceased", "true"),
        ("prs_HomePhone", "0210 1234"),
        ("prs_HomePhone", "+0210"),
        ("prs_PrimaryLanguage", "el"),
        ("prs_MailingLatitude", 90.5),
        ("prs_MailingLongitude", float("nan")),
        ("prs_FirstName", ""),
        ("prs_FirstName", 7),
    ],
)
def test_value_that_a_row_does_not_take_is_refused(name, value):
    with pytest.raises(BadValue):
        checked_value(ROWS_BY_NAME[name], value)
