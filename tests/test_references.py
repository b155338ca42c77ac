"""References of reports, cases and referrals, and receipts, are seen in a text, however they are typed."""

from __future__ import annotations

import pytest

from desks.cases.actions import new_reference
from desks.intake.receipts import LANGUAGES, new_receipt, receipt_digits, receipt_words
from desks.packages.receipts import new_code
from victor.references import suspected_references, without_reference


@pytest.mark.parametrize(
    "typed",
    [
        "R4M-7KQ",
        "r4m-7kq",
        "ABC-DEF",
        "R4M7KQ",
        "R4M 7KQ",
        "R4M\u20117KQ",
        "R4M – 7KQ",
        "Р4М-7КQ",  # two letters are Cyrillic
        "GR-GE2T47",
        "gr-ge2t47",
        "GRGE2T47",
        "GR GE2T47",
        "GR-GEKTRM",
        "2222-ABCD-EFGH-JKMN",
    ],
)
def test_reference_is_seen_however_it_is_typed(typed):
    assert suspected_references(f"We spoke of {typed}, then went on.") == [typed]


@pytest.mark.parametrize(
    "text",
    [
        "The rota was re-tested in 2026-27 by 3 desks.",
        "Call 116 000 or +30 210 555 2345, from 09:00 to 17:30.",
        "DESKS-2027-3: the agreement AG-07 is renewed until 31 December 2026.",
        "The follow-up of the mid-term review is due per 3rd of May.",
        "Η ομάδα συμφώνησε ότι τα γραφεία απαντούν εντός 24 ωρών.",
        "IBAN GR16 0110 1250 0000 0001 2300 695",
    ],
)
def test_usual_sentence_is_not_suspected(text):
    assert suspected_references(text) == []


@pytest.mark.django_db
def test_new_reference_of_a_case_is_seen():
    typed = new_reference()
    assert suspected_references(f"({typed})") == [typed]


def test_new_code_of_a_package_is_seen_where_it_has_a_digit():
    code = next(code for code in iter(new_code, "") if any(sign.isdigit() for sign in code))
    assert suspected_references(code) == [code]


def test_receipt_in_digits_is_seen():
    typed = " ".join(receipt_digits(new_receipt()))
    assert suspected_references(f"Receipt: {typed}.") == [typed]


@pytest.mark.parametrize("language", LANGUAGES)
def test_receipt_in_words_is_seen_in_every_language(language):
    typed = " ".join(receipt_words(new_receipt(), language))
    assert suspected_references(f"12: {typed}.") == [typed]


def test_two_references_are_seen_in_their_order_each_once():
    assert suspected_references("R4M-7KQ, GR-GE2T47, R4M-7KQ") == ["R4M-7KQ", "GR-GE2T47"]


def test_text_without_a_reference_keeps_every_other_word():
    assert without_reference("We spoke of R4M-7KQ twice. R4M-7KQ!", "R4M-7KQ") == "We spoke of twice.!"
