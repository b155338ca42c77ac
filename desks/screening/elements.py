"""Act, means and purpose: whether what is known points to trafficking. An indication, never a finding.

For a child the act and the purpose are enough, whatever is said or not said of means (Palermo Protocol, article 3;
Council of Europe Convention 197, article 4). Whoever is not known to be an adult is a child until papers or an official
assessment say otherwise (article 10).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from desks.screening.states import Answer

ADULT_AT = 18


def is_treated_as_child(age: int | None, *, is_documented: bool) -> bool:
    """Whether somebody counts as a child. What they or others say of their age makes nobody an adult."""
    return not (is_documented and age is not None and age >= ADULT_AT)


def element_met(answers: Mapping[str, Answer | str], kinds: Collection[str]) -> Answer:
    """Whether an element is met: one kind is enough. It is not met only where every kind was answered with no."""
    given = [answers.get(kind) or Answer.NOT_ASKED for kind in kinds]
    if Answer.YES in given:
        return Answer.YES
    if all(answer == Answer.NO for answer in given):
        return Answer.NO
    return Answer.NOT_ASKED if all(answer == Answer.NOT_ASKED for answer in given) else Answer.UNKNOWN


def indication(*, act: Answer, means: Answer, purpose: Answer, is_child: bool) -> Answer:
    """Whether the elements together point to trafficking. For a child the means change nothing."""
    elements = [act, purpose] if is_child else [act, means, purpose]
    if Answer.NO in elements:
        return Answer.NO
    if all(element == Answer.YES for element in elements):
        return Answer.YES
    return Answer.NOT_ASKED if all(element == Answer.NOT_ASKED for element in elements) else Answer.UNKNOWN
