"""What answers say of what was learned: how many were right, and what a seminar changed.

Before and after are compared for the same persons, who are known here by a key only. Figures of fewer than five
persons are not told, nor are those from which they could be worked out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from trainings.evaluation.states import ItemKind
from trainings.registrations.states import Stage

SMALL_GROUP = 5  # below it, a figure may be about somebody
GOOD_SCORE = 70  # per cent of right answers
Name = TypeVar("Name")


@dataclass(frozen=True)
class LearningGain:
    """What `n` persons knew before and after, in per cent of right answers, on average; and the share, in per cent, of
    those who gave at least 70 % of the right answers after."""

    n: int
    before: float
    after: float
    share: float

    @property
    def mean(self) -> float:
        """By how much it grew."""
        return self.after - self.before

    @property
    def points(self) -> int:
        """The same in whole points, as the difference of what is shown."""
        return round(self.after) - round(self.before)


def is_right(item: Any, answer: Any) -> bool:
    """Whether an answer is right: of several, all that are and no other."""
    given = answer if isinstance(answer, list) else [answer]
    return sorted(given) == sorted(item.right) if item.kind != ItemKind.TEXT and answer is not None else False


def score_answers(items: Iterable[Any], answers: Mapping[str, Any]) -> int | None:
    """The share of right answers in per cent; None where nothing is right or wrong. What was left out is not right."""
    asked = [item for item in items if item.right]
    if not asked:
        return None
    return round(100 * sum(is_right(item, answers.get(item.slug)) for item in asked) / len(asked))


def learning_gain(responses: Iterable[Any]) -> LearningGain | None:
    """The gain of all who have answered the same before and after; None where they are too few to be told."""
    before, after = dict[tuple[str, Any], int](), dict[tuple[str, Any], int]()
    for each in responses:
        if each.stage in (Stage.BEFORE, Stage.AFTER) and each.score is not None:
            same = each.key, each.questionnaire_id
            (before if each.stage == Stage.BEFORE else after)[same] = each.score
    pairs = [(before[same], after[same]) for same in before.keys() & after.keys()]
    if len(pairs) < SMALL_GROUP:
        return None
    n = len(pairs)
    well = sum(last >= GOOD_SCORE for _first, last in pairs)
    return LearningGain(
        n, sum(first for first, _last in pairs) / n, sum(last for _first, last in pairs) / n, 100 * well / n
    )


def reportable_parts(numbers: Mapping[Name, int]) -> set[Name]:
    """Of which parts a figure can be told beside that of the whole: none that is about fewer than five, and not all
    the others where what is left of the whole would be."""
    small = [name for name, number in numbers.items() if number < SMALL_GROUP]
    kept = sorted((name for name in numbers if numbers[name] >= SMALL_GROUP), key=lambda name: numbers[name])
    untold = sum(numbers[name] for name in small)
    if 0 < untold < SMALL_GROUP and kept:
        kept.pop(0)
    return set(kept)
