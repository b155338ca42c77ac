"""Numbers as people write them, in eight languages."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.utils.translation import override

from tests.test_architecture import OURS, relative
from victor.forms.numbers import UnclearNumber, UnreadableNumber, read_digits, read_number, read_whole_number
from victor.languages import CODES

THOUSAND = [
    *("1000", "1 000", "1\u00a0000", "1\u202f000", "1\u2009000", "1’000", "1'000", "1ʼ000"),
    *("١٠٠٠", "۱۰۰۰", "１０００", "१०००", "١٬٠٠٠", "\u200f١٠٠٠\u200e", "0001000"),
]
COMMA_IS_DECIMAL = [code for code in CODES if code != "en"]


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("text", THOUSAND)
def test_read_whole_number_of_a_thousand_reads_it_in_every_language(language: str, text: str) -> None:
    with override(language):
        assert read_whole_number(text) == 1000


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize(("text", "number"), [("1.000.000", 1000000), ("12,500,000", 12500000), ("12.0", 12)])
def test_read_whole_number_that_has_one_reading_reads_it_in_every_language(
    language: str, text: str, number: int
) -> None:
    with override(language):
        assert read_whole_number(text) == number


@pytest.mark.parametrize("language", COMMA_IS_DECIMAL)
@pytest.mark.parametrize(("text", "number"), [("1.000", 1000), ("20.000", 20000), ("1.000,0", 1000), ("٢٠.٠٠٠", 20000)])
def test_read_whole_number_where_the_comma_is_the_decimal_sign_takes_dots_for_thousands(
    language: str, text: str, number: int
) -> None:
    with override(language):
        assert read_whole_number(text) == number


@pytest.mark.parametrize(("text", "number"), [("1,000", 1000), ("20,000", 20000), ("1,000.00", 1000)])
def test_read_whole_number_in_english_takes_commas_for_thousands(text: str, number: int) -> None:
    with override("en"):
        assert read_whole_number(text) == number


@pytest.mark.parametrize(("language", "text"), [("en", "1.000"), ("en", "20.000"), ("el", "1,000"), ("hu", "20,000")])
def test_read_whole_number_with_two_readings_is_refused_with_both(language: str, text: str) -> None:
    with override(language), pytest.raises(UnclearNumber) as refusal:
        read_whole_number(text)
    assert refusal.value.readings[1] == refusal.value.readings[0] * 1000


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize(
    "text",
    ["12.5", "1_000", "1e3", "0x10", "1.00.000", "1 00", "12 0000", "²", "Ⅻ", "½", "", "-", "1,000.000,000", "9" * 41],
)
def test_read_whole_number_of_anything_else_is_refused(language: str, text: str) -> None:
    with override(language), pytest.raises(UnreadableNumber):
        read_whole_number(text)


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize(
    ("text", "number"), [("1.5", "1.5"), ("1,5", "1.5"), ("٢٫٥", "2.5"), ("0.125", "0.125"), ("−2", "-2")]
)
def test_read_number_with_one_reading_takes_dot_and_comma(language: str, text: str, number: str) -> None:
    with override(language):
        assert read_number(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "-1", "1.0", " 1", "٣", "²", "9" * 19, "9" * 5000])
def test_digits_that_nothing_of_ours_has_are_no_number(text):
    assert read_digits(text) is None


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("007", 7), ("9" * 18, 10**18 - 1)])
def test_digits_are_a_number(text, number):
    assert read_digits(text) == number


# Who looks for digits without reading a number from them, or stands below the forms.
OWN_DIGITS = {
    "victor/audit/anchors.py": "reads a file of the operator",
    "victor/embedded/environment.py": "reads a setting",
    "victor/env.py": "reads a setting",
    "victor/files/metadata/sheets.py": "runs in a process of its own, without Django",
    "victor/forms/numbers.py": "is asked by all others",
    "victor/publishing/search_keys.py": "reads digits of any script, one by one",
    "victor/server/environ.py": "stands before Django",
}


def test_digits_are_read_in_one_place():
    """Python refuses to convert thousands of digits: a page that forgets it fails."""
    looking = re.compile(r"\.is(?:digit|decimal|numeric)\(\)")
    assert {relative(path) for path in OURS if looking.search(path.read_text())} == set(OWN_DIGITS), "use read_digits"
