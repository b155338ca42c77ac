"""A receipt survives every way of writing it, and notices what a tired hand gets wrong."""

from __future__ import annotations

import unicodedata
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desks.intake import receipts
from desks.intake.receipts import LANGUAGES, MisreadReceipt, fold_word
from victor.languages import SERBIAN

NUMBERS = st.integers(0, 2**64 - 1)
LANGUAGE = st.sampled_from(LANGUAGES)


def listed(language: str) -> list[str]:
    return (receipts.WORD_LISTS / f"{language}.txt").read_text().split()


def bare(text: str) -> str:
    letters = unicodedata.normalize("NFD", text)
    return "".join(each for each in letters if not unicodedata.combining(each)).upper()


def read(note: str, page: str) -> int | None:
    """The number as a page in a language reads it; None where it does not."""
    try:
        return receipts.parse_receipt(note, page)
    except MisreadReceipt:
        return None


@given(NUMBERS, LANGUAGE, LANGUAGE)
def test_words_come_back_as_the_same_number_on_a_page_of_any_language(number, language, page):
    words = receipts.receipt_words(number, language)
    assert len(words) == 9
    assert receipts.parse_receipt(" ".join(words), language) == number
    assert receipts.parse_receipt(f"  {bare(', '.join(words))}. ", page) == number


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_stand_in_several_lists_are_read_in_that_of_the_note(language):
    """Each byte's word eight times over: where a list before has all of them, only the last word tells which it is."""
    numbers = [int.from_bytes(bytes([byte]) * 8, "big") for byte in range(256)]
    notes = {number: " ".join(receipts.receipt_words(number, language)) for number in numbers}
    wrong = [(number, page) for number in numbers for page in LANGUAGES if read(notes[number], page) != number]
    assert wrong == []


@given(NUMBERS)
def test_digits_come_back_however_they_are_grouped(number):
    groups = receipts.receipt_digits(number)
    assert [len(each) for each in groups] == [3] * 7
    assert {receipts.parse_receipt(joint.join(groups), "el") for joint in ("", " ", "-", " – ")} == {number}


@given(NUMBERS, LANGUAGE, st.integers(0, 8), st.integers(1, 255))
def test_any_wrong_word_is_noticed(number, language, at, off):
    words, every = receipts.receipt_words(number, language), listed(language)
    words[at] = every[(every.index(words[at]) + off) % 256]
    with pytest.raises(MisreadReceipt):
        receipts.parse_receipt(" ".join(words), language)


@given(NUMBERS, st.integers(0, 20), st.integers(1, 9))
def test_any_wrong_digit_is_noticed(number, at, off):
    digits = "".join(receipts.receipt_digits(number))
    wrong = digits[:at] + str((int(digits[at]) + off) % 10) + digits[at + 1 :]
    with pytest.raises(MisreadReceipt):
        receipts.parse_receipt(wrong, "en")


@given(NUMBERS, LANGUAGE, st.integers(0, 7))
def test_two_neighbours_that_changed_places_are_noticed(number, language, at):
    for whole in (receipts.receipt_words(number, language), list("".join(receipts.receipt_digits(number)))):
        if whole[at] != whole[at + 1]:
            whole[at], whole[at + 1] = whole[at + 1], whole[at]
            with pytest.raises(MisreadReceipt):
                receipts.parse_receipt((" " if len(whole) == 9 else "").join(whole), language)


def test_serbian_words_are_read_in_latin_letters():
    words = receipts.receipt_words(2**63 + 12345, "sr")
    latin = " ".join(words).translate(SERBIAN)
    assert receipts.parse_receipt(latin, "sr") == receipts.parse_receipt(bare(latin), "en") == 2**63 + 12345


@pytest.mark.parametrize("language", LANGUAGES)
def test_list_has_256_words_that_no_slip_of_one_letter_confuses(language):
    words = [fold_word(each) for each in listed(language)]
    assert len(set(words)) == 256
    assert max(map(len, words)) <= 9
    close = [(one, other) for one, other in combinations(words, 2) if is_one_slip(one, other)]
    assert close == []


def is_one_slip(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(long) == len(short):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


@pytest.mark.parametrize(
    ("typed", "fault"),
    [("zebra zebra", "length"), ("zebra lamppost", "unknown"), ("123 456", "length"), ("9" * 21, "check")],
)
def test_what_is_no_receipt_says_why(typed, fault):
    with pytest.raises(MisreadReceipt) as misread:
        receipts.parse_receipt(typed, "en")
    assert misread.value.reason == fault
