"""Words are compared without accents, capital letters and gaps, in every script."""

from __future__ import annotations

import pytest

from victor.folding import Question


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("χαμογελο", "Το Χαμόγελο του Παιδιού"),
        ("ΧΑΜΟΓΕΛΟΣ", "χαμόγελοσ"),
        ("rq2x", "BG-RQ2X3X"),
        ("bgrq2x3x", "BG-RQ2X3X"),
        ("116111", "116 111"),
        ("djordje", "Ђорђе"),
        ("Szabo Laszlo", "Szabó László"),
    ],
)
def test_text_fits_however_it_is_written(question, text):
    assert Question(question).fits(text)


@pytest.mark.parametrize(("question", "text"), [("", "anything"), ("smile sun", "The Smile"), ("x", "")])
def test_text_does_not_fit_that_lacks_a_word(question, text):
    assert not Question(question).fits(text)


def test_words_may_stand_in_several_texts():
    assert Question("anna smile").fits("Anna", "The Smile", None)
