"""What was learned, worked out; and that nobody can tell whose answers are whose."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainings.evaluation.scoring import SMALL_GROUP, LearningGain, learning_gain, reportable_parts, score_answers


@dataclass
class Answers:
    """An answer sheet."""

    key: str
    stage: str
    score: int | None
    questionnaire_id: int = 1


@dataclass
class Question:
    """A question with its right answers."""

    slug: str
    kind: str
    right: list[int]


TRUTH, MULTIPLE, WORDS = Question("t", "truth", [0]), Question("m", "multiple", [0, 2]), Question("w", "text", [])
MARK = st.none() | st.integers(0, 100)


@pytest.mark.parametrize(
    ("answers", "share"),
    [
        ({"t": 0, "m": [2, 0]}, 100),
        ({"t": 0, "m": [0]}, 50),
        ({"t": 0, "m": [0, 1, 2]}, 50),
        ({"t": 1, "w": "Words"}, 0),
        ({}, 0),
    ],
)
def test_score_counts_several_only_when_all_are_right_and_no_other(answers, share):
    assert score_answers([TRUTH, MULTIPLE, WORDS], answers) == share


def test_score_of_questions_without_right_answers_is_none():
    assert score_answers([WORDS], {"w": "Words"}) is None


@given(st.lists(st.tuples(MARK, MARK), max_size=12))
def test_gain_equals_the_naive_count(marks):
    sheets = [Answers(str(key), "before", mark[0]) for key, mark in enumerate(marks)]
    sheets += [Answers(str(key), "after", mark[1]) for key, mark in enumerate(marks)]
    pairs = [mark for mark in marks if None not in mark]
    if len(pairs) < 5:
        assert learning_gain(sheets) is None
        return
    firsts, lasts = zip(*pairs, strict=True)
    share = 100 * len([last for last in lasts if last >= 70]) / len(lasts)
    gain = learning_gain(sheets[::-1])
    assert gain.n == len(pairs)
    assert gain.share == share
    assert gain.before == pytest.approx(fmean(firsts))
    assert gain.after == pytest.approx(fmean(lasts))
    assert gain.mean == pytest.approx(fmean(last - first for first, last in pairs))


def test_gain_takes_no_other_questionnaire_for_one():
    sheets = [Answers(key, stage, 50) for key in "abcde" for stage in ("before", "after", "reaction")]
    assert learning_gain(sheets) == LearningGain(5, 50, 50, 0)


def test_gain_pairs_the_same_questions_only():
    sheets = [Answers(key, stage, 50) for key in "abcde" for stage in ("before", "after")]
    sheets[0].questionnaire_id = 2
    assert learning_gain(sheets) is None


@given(st.dictionaries(st.integers(), st.integers(1, 20)))
def test_told_parts_leave_no_few_to_be_worked_out(numbers):
    shown = reportable_parts(numbers)
    left = sum(number for name, number in numbers.items() if name not in shown)
    assert all(numbers[name] >= SMALL_GROUP for name in shown)
    assert left == 0 or left >= SMALL_GROUP or not shown
