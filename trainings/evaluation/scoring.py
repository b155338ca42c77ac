"""Scores: the share of correct answers, and what participants of a seminar have learned.

Answers before and after are compared for the same people, who are known here only by a key. Figures of fewer than five
people are suppressed, and so are figures from which these could be worked out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from trainings.evaluation.states import ItemKind
from trainings.registrations.states import Stage

if TYPE_CHECKING:
    from trainings.evaluation.models import Item, Response

SMALL_GROUP = 5  # people: a figure about fewer may identify somebody
GOOD_SCORE = 70  # per cent of correct answers
Name = TypeVar("Name")


@dataclass(frozen=True)
class LearningGain:
    """What `n` people knew before and after: the average percentage of correct answers. `share` is the percentage of
    people who gave at least 70 % correct answers after the seminar."""

    n: int
    before: float
    after: float
    share: float

    @property
    def mean(self) -> float:
        """The average gain in percentage points."""
        return self.after - self.before

    @property
    def points(self) -> int:
        """The gain in whole percentage points: the difference between the rounded figures."""
        return round(self.after) - round(self.before)


def is_right(item: Item, answer: object) -> bool:
    """Whether an answer is correct. Of several answers, all correct ones must be chosen and no other."""
    if item.kind == ItemKind.TEXT or answer is None:
        return False
    chosen = answer if isinstance(answer, list) else [answer]
    return sorted(chosen) == sorted(item.right)


def score_answers(items: Iterable[Item], answers: Mapping[str, object]) -> int | None:
    """The percentage of correct answers; None where no answer is right or wrong. A missing answer is not correct."""
    scored = [item for item in items if item.right]
    if not scored:
        return None
    return round(100 * sum(is_right(item, answers.get(item.slug)) for item in scored) / len(scored))


def learning_gain(responses: Iterable[Response]) -> LearningGain | None:
    """The gain of everybody who answered the same questionnaire before and after; None for fewer than five people."""
    before, after = dict[tuple[str, int | None], int](), dict[tuple[str, int | None], int]()
    for response in responses:
        if response.stage in (Stage.BEFORE, Stage.AFTER) and response.score is not None:
            pair = response.key, response.questionnaire_id
            (before if response.stage == Stage.BEFORE else after)[pair] = response.score
    pairs = [(before[pair], after[pair]) for pair in before.keys() & after.keys()]
    if len(pairs) < SMALL_GROUP:
        return None
    n = len(pairs)
    good = sum(last >= GOOD_SCORE for _first, last in pairs)
    return LearningGain(
        n, sum(first for first, _last in pairs) / n, sum(last for _first, last in pairs) / n, 100 * good / n
    )


def reportable_parts(numbers: Mapping[Name, int]) -> set[Name]:
    """The parts whose figures can be published together with the figure of the whole.

    A part of fewer than five people is suppressed. Where all suppressed parts together have fewer than five people,
    the smallest other part is suppressed as well.
    """
    small = [name for name, number in numbers.items() if number < SMALL_GROUP]
    reportable = sorted((name for name in numbers if numbers[name] >= SMALL_GROUP), key=lambda name: numbers[name])
    suppressed = sum(numbers[name] for name in small)
    if 0 < suppressed < SMALL_GROUP and reportable:
        reportable.pop(0)
    return set(reportable)
