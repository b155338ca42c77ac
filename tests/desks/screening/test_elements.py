"""Act, means and purpose: for a child the means change nothing, and whoever is not known to be an adult is a child."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desks.screening.elements import element_met, indication, is_treated_as_child
from desks.screening.states import Act, Answer, Means, Purpose

YES, NO, UNKNOWN, NOT_ASKED = Answer.YES, Answer.NO, Answer.UNKNOWN, Answer.NOT_ASKED
ANSWER = st.sampled_from(list(Answer))
AGES = [
    (None, False, True),
    (None, True, True),
    (25, False, True),
    (17, True, True),
    (17, False, True),
    (18, True, False),
    (18, False, True),
    (30, True, False),
]
TABLE = [
    (YES, NOT_ASKED, YES, True, YES),
    (YES, NO, YES, True, YES),
    (YES, YES, UNKNOWN, True, UNKNOWN),
    (YES, YES, NOT_ASKED, True, UNKNOWN),
    (NO, YES, YES, True, NO),
    (UNKNOWN, YES, NO, True, NO),
    (NOT_ASKED, YES, NOT_ASKED, True, NOT_ASKED),
    (YES, YES, YES, False, YES),
    (YES, NO, YES, False, NO),
    (YES, NOT_ASKED, YES, False, UNKNOWN),
    (YES, UNKNOWN, YES, False, UNKNOWN),
    (NOT_ASKED, NOT_ASKED, NOT_ASKED, False, NOT_ASKED),
]
KINDS = [
    ({}, NOT_ASKED),
    ({"recruitment": YES}, YES),
    ({"recruitment": NO}, UNKNOWN),
    ({"recruitment": UNKNOWN, "receipt": YES}, YES),
    (dict.fromkeys(Act, NO), NO),
    (dict.fromkeys(Act, UNKNOWN), UNKNOWN),
    (dict.fromkeys(Act, NO) | {"transfer": UNKNOWN}, UNKNOWN),
]


@pytest.mark.parametrize(("age", "is_documented", "is_child"), AGES)
def test_treat_as_child_unless_papers_say_otherwise(age, is_documented, is_child):
    assert is_treated_as_child(age, is_documented=is_documented) is is_child


@pytest.mark.parametrize(("act", "means", "purpose", "is_child", "result"), TABLE)
def test_indicate_elements_gives_the_result_of_the_table(act, means, purpose, is_child, result):
    assert indication(act=act, means=means, purpose=purpose, is_child=is_child) == result


@given(ANSWER, ANSWER, ANSWER, ANSWER)
def test_indicate_for_a_child_is_the_same_whatever_the_means(act, purpose, means, other_means):
    first = indication(act=act, means=means, purpose=purpose, is_child=True)
    assert first == indication(act=act, means=other_means, purpose=purpose, is_child=True)


@given(ANSWER, ANSWER, ANSWER)
def test_indicate_for_a_child_is_met_wherever_it_is_for_an_adult(act, means, purpose):
    adult = indication(act=act, means=means, purpose=purpose, is_child=False)
    child = indication(act=act, means=means, purpose=purpose, is_child=True)
    assert (adult == YES) <= (child == YES)


@pytest.mark.parametrize(("answers", "met"), KINDS)
def test_meet_an_element_by_one_kind_and_miss_it_only_by_all(answers, met):
    assert element_met(answers, Act.values) == met


def test_elements_have_the_kinds_of_the_protocol():
    assert len(Act) == 5
    assert len(Means) == 8
    assert len(Purpose) == 10
