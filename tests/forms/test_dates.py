"""Dates as people write them: the day first, in Hungarian the year."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.translation import override

from victor.forms.dates import NoSuchDate, ShortYear, UnreadableDate, read_date, read_moment, read_month
from victor.languages import CODES

SECOND_OF_MARCH = date(2028, 3, 2)
DAY_FIRST = [code for code in CODES if code != "hu"]


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize(
    "text", ["2028-03-02", "2028. 03. 02.", "2028/3/2", "٢٠٢٨-٠٣-٠٢", "\u200e2028-03-02", "2028.3.2"]
)
def test_read_date_that_begins_with_the_year_reads_it_in_every_language(language: str, text: str) -> None:
    with override(language):
        assert read_date(text) == SECOND_OF_MARCH


@pytest.mark.parametrize("language", DAY_FIRST)
@pytest.mark.parametrize(
    "text",
    [
        "02/03/2028",
        "2.3.2028",
        "2. 3. 2028.",
        "02-03-2028",
        "02.03.2028 г.",
        "٠٢/٠٣/٢٠٢٨",
        "2 3 2028",
        "02.03.2028\u00a0г.",
    ],
)
def test_read_date_takes_the_day_first(language: str, text: str) -> None:
    with override(language):
        assert read_date(text) == SECOND_OF_MARCH


def test_read_date_with_the_day_first_in_hungarian_is_refused() -> None:
    with override("hu"), pytest.raises(UnreadableDate):
        read_date("02/03/2028")


@pytest.mark.parametrize("text", ["02/29/2028", "31.02.2028", "0/3/2028", "2028-13-01"])
def test_read_date_that_the_calendar_lacks_is_refused(text: str) -> None:
    with override("en"), pytest.raises(NoSuchDate):
        read_date(text)


@pytest.mark.parametrize("text", ["02/03/28", "1.1.99", "٢/٣/٢٨"])
def test_read_date_with_two_figures_of_the_year_is_refused(text: str) -> None:
    with override("el"), pytest.raises(ShortYear):
        read_date(text)


@pytest.mark.parametrize(
    "text", ["2 March", "tomorrow", "2/3", "20280302", "1/2/3/2028", "002/03/2028", "2/3/20288", "9" * 50]
)
def test_read_date_of_anything_else_is_refused(text: str) -> None:
    with override("en"), pytest.raises(UnreadableDate):
        read_date(text)


@pytest.mark.parametrize("text", ["2028-03", "3/2028", "03.2028", "2028. 3.", "٠٣/٢٠٢٨"])
def test_read_month_in_figures_reads_it(text: str) -> None:
    assert read_month(text) == date(2028, 3, 1)


@pytest.mark.parametrize(
    "text", ["2028-03-02T14:30", "02/03/2028 14:30", "2.3.2028, 14.30", "2028-03-02 14:30:00.000001"]
)
def test_read_moment_in_figures_reads_it(text: str) -> None:
    with override("el"):
        assert read_moment(text).isoformat() == "2028-03-02T14:30:00"


@pytest.mark.parametrize("text", ["2028-03-02", "2028-03-02 25:00", "2028-03-02 2 pm", "14:30"])
def test_read_moment_without_a_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(UnreadableDate):
        read_moment(text)
