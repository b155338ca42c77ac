"""Months and days are written as in the middle of a sentence."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.formats import date_format
from django.utils.translation import override


@pytest.mark.parametrize("language", ["ro", "bg", "uk", "sl", "sr", "hu"])
@pytest.mark.parametrize("month", range(1, 13))
def test_dates_have_no_capitals_where_the_language_has_none(language, month):
    with override(language):
        written = [date_format(date(2028, month, month + 4), wanted) for wanted in ("DATE_FORMAT", "F Y", "j E Y", "l")]
    assert [text for text in written if text != text.lower()] == []


DATES = [("ro", "7 martie 2028"), ("el", "7 Μαρτίου 2028"), ("en", "7 March 2028")]


@pytest.mark.parametrize(("language", "written"), DATES)
def test_dates_are_written_as_the_language_writes_them(language, written):
    with override(language):
        assert date_format(date(2028, 3, 7), "DATE_FORMAT") == written
