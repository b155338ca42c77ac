"""What follows from the signs: the table of casework, and that no sign more ever lowers it."""

from __future__ import annotations

import re

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from desks.screening.errors import NoReasonToLower
from desks.screening.screening_signs import SIGNS_BY_CODE
from desks.screening.states import Answer, TriageLevel
from desks.screening.triage import LEVELS, decide_level, triage, words_of_level, words_of_triage

CODES = sorted(SIGNS_BY_CODE)
ANSWERS = st.dictionaries(st.sampled_from(CODES), st.sampled_from(list(Answer)))
TABLE = [
    ("", "no_sign"),
    ("G10", "advice"),
    ("G10 S6 B6", "advice"),
    ("G9", "look_again"),
    ("G1", "look_again"),
    ("G1 G3 G4", "look_again"),
    ("G5", "look_again"),
    ("G1 G10", "look_again"),
    ("G1 G2", "supervisor"),
    ("G1 G7", "supervisor"),
    ("G1 G9", "supervisor"),
    ("G5 G11", "look_again"),
    ("M1", "child_protection"),
    ("M1 G10", "other_crime"),
    ("M1 M5", "other_crime"),
    ("M1 M3", "refer"),
    ("G12", "other_crime"),
    ("S1", "other_crime"),
    ("S1 G1", "other_crime"),
    ("S1 S3", "refer"),
    ("G5 G12", "refer"),
    ("G5 G7", "refer"),
    ("L5 L6", "refer"),
    ("G1 G2 G3", "supervisor"),
    ("P2 P3 P4", "refer"),
    ("B3 B4", "supervisor"),
    ("G1 G8 S3 S5", "refer"),
    ("L2 L3 L6", "refer"),
]


def yes(codes: str) -> dict[str, Answer]:
    return dict.fromkeys(codes.split(), Answer.YES)


@pytest.mark.parametrize(("codes", "level"), TABLE)
def test_triage_signs_gives_the_highest_that_applies(codes, level):
    assert triage(yes(codes)).level == level


@given(ANSWERS)
def test_triage_in_danger_gives_danger_whatever_else(answers):
    assert triage(answers, is_in_danger=True).level == TriageLevel.DANGER


@given(ANSWERS, st.sampled_from(CODES))
def test_triage_one_sign_more_never_lowers_the_level(answers, code):
    before, after = triage(answers).level, triage({**answers, code: Answer.YES}).level
    assert LEVELS.index(after) <= LEVELS.index(before)


@given(ANSWERS, st.sampled_from(CODES), st.sampled_from([Answer.NO, Answer.UNKNOWN, Answer.NOT_ASKED]))
def test_triage_any_answer_but_yes_counts_alike(answers, code, answer):
    without = {known: given_answer for known, given_answer in answers.items() if known != code}
    assert triage({**without, code: answer}).level == triage(without).level


@given(ANSWERS)
def test_triage_counts_what_was_not_asked_and_is_unknown(answers):
    result = triage(answers)
    unknown = list(answers.values()).count(Answer.UNKNOWN)
    known = sum(answer in (Answer.YES, Answer.NO) for answer in answers.values())
    assert result.unknown == unknown
    assert result.not_asked == 55 - unknown - known


@given(ANSWERS, st.booleans())
def test_words_of_triage_never_score_or_say_what_a_child_is(answers, is_in_danger):
    with override("en"):
        words = " ".join(words_of_triage(triage(answers, is_in_danger=is_in_danger), emergency_number="112"))
    assert "is a victim" not in words.lower()
    assert "is no victim" not in words.lower()
    assert re.search(r"score|points|%|\bout of\b|\d+ of \d+", words) is None
    assert "the competent authority decides" in words


def test_words_of_triage_name_the_signs_and_what_was_not_asked():
    with override("en"):
        words = words_of_triage(triage(yes("G5 G12")), emergency_number="112")
    assert words[:3] == ["Refer within 24 hours as a presumed victim.", "Signs: G5, G12.", "53 signs were not asked."]


def test_words_of_level_differ_for_each():
    with override("en"):
        words = [words_of_level(level, emergency_number="100") for level in TriageLevel]
    assert len(set(words)) == len(TriageLevel)
    assert words[0] == "Danger now: call 100, then child protection."


@pytest.mark.parametrize("wanted", list(TriageLevel))
def test_decide_level_higher_or_equal_needs_no_reason(wanted):
    lower = LEVELS[LEVELS.index(wanted) :]
    assert {decide_level(found, wanted, "") for found in lower} == {wanted}


def test_decide_level_lower_without_a_reason_is_refused():
    with pytest.raises(NoReasonToLower):
        decide_level(TriageLevel.REFER, TriageLevel.ADVICE, " ")


def test_decide_level_lower_with_a_reason_is_taken():
    assert decide_level(TriageLevel.REFER, TriageLevel.ADVICE, "The grandmother showed papers") == TriageLevel.ADVICE
