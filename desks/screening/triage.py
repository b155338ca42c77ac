"""What follows from the signs, in words: the highest that applies. Never a score, and never what the child is.

Only an answer "yes" counts. "No", "unknown" and "not asked" lower nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desks.screening.errors import NoReasonToLower
from desks.screening.screening_signs import SIGNS, Sign
from desks.screening.states import Answer, Dimension, TriageLevel, Weight

UNDER_18_MARRIED = "M1"
LEVELS = list(TriageLevel)  # the highest first
Answers = Mapping[str, Answer | str]


class Triage(NamedTuple):
    """What follows so far, and from which signs."""

    level: TriageLevel
    signs: list[str]
    unknown: int
    not_asked: int


def triage(answers: Answers, *, is_in_danger: bool = False) -> Triage:
    """What follows from the answers so far, by the codes of signs. A sign without an answer was not asked."""
    seen = [sign for sign in SIGNS if answers.get(sign.code) == Answer.YES]
    level = TriageLevel.DANGER if is_in_danger else _level(seen)
    counts = Counter(answers.get(sign.code) or Answer.NOT_ASKED for sign in SIGNS)
    return Triage(level, [sign.code for sign in seen], counts[Answer.UNKNOWN], counts[Answer.NOT_ASKED])


def _level(seen: list[Sign]) -> TriageLevel:
    dimensions = {sign.dimension for sign in seen}
    is_strong = any(sign.weight == Weight.STRONG for sign in seen)
    medium = _dimensions_of(seen, Weight.MEDIUM)
    if Dimension.ACT in dimensions and (is_strong or Dimension.EXPLOITATION in dimensions):
        return TriageLevel.REFER
    if [sign.code for sign in seen] == [UNDER_18_MARRIED]:
        return TriageLevel.CHILD_PROTECTION
    if is_strong:
        return TriageLevel.OTHER_CRIME
    if len(medium) > 1:
        return TriageLevel.SUPERVISOR
    if medium:
        return TriageLevel.LOOK_AGAIN
    return TriageLevel.ADVICE if seen else TriageLevel.NO_SIGN


def _dimensions_of(signs: Iterable[Sign], weight: Weight) -> set[Dimension]:
    return {sign.dimension for sign in signs if sign.weight == weight}


def decide_level(proposed: TriageLevel, wanted: TriageLevel, reason: str) -> TriageLevel:
    """The level that a professional proposes. They may raise it freely.

    Raises:
        NoReasonToLower: it is lower than what follows from the signs, and nobody says why.
    """
    if LEVELS.index(wanted) > LEVELS.index(proposed) and not reason.strip():
        raise NoReasonToLower
    return wanted


def words_of_level(level: TriageLevel, *, emergency_number: str) -> str:
    """What to do, as a sentence."""
    return {
        TriageLevel.DANGER: _("Danger now: call %(number)s, then child protection.") % {"number": emergency_number},
        TriageLevel.REFER: _("Refer within 24 hours as a presumed victim."),
        TriageLevel.OTHER_CRIME: _(
            "Refer within 24 hours. It may be another crime against the child; protection is the same."
        ),
        TriageLevel.CHILD_PROTECTION: _("Tell child protection today."),
        TriageLevel.SUPERVISOR: _("Speak to your supervisor today."),
        TriageLevel.LOOK_AGAIN: _("Ask again, or look again within five working days. You may always raise it."),
        TriageLevel.ADVICE: _("Only weak signs so far. Offer prevention and child-protection advice."),
        TriageLevel.NO_SIGN: _("No sign was seen. That does not mean that nothing happened."),
    }[level]


def words_of_triage(result: Triage, *, emergency_number: str) -> list[str]:
    """What follows so far, in sentences: what to do, because of which signs, and what nobody has asked."""
    sentences = [words_of_level(result.level, emergency_number=emergency_number)]
    if result.signs:
        sentences.append(_("Signs: %(codes)s.") % {"codes": ", ".join(result.signs)})
    if result.not_asked:
        asked = ngettext("%(number)d sign was not asked.", "%(number)d signs were not asked.", result.not_asked)
        sentences.append(asked % {"number": result.not_asked})
    return [*sentences, _("This is no finding: the competent authority decides.")]
