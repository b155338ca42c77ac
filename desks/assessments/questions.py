"""What each kind of assessment asks, in the order of the page. All answers are words, and all of them are encrypted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from desks.assessments.states import HEARS_CHILD, AssessmentKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Question:
    """One question: its name in the envelope, its words, and whether nothing is signed without an answer."""

    name: str
    label: StrOrPromise
    help: StrOrPromise = ""
    is_needed: bool = True
    rows: int = 3


CHANGED = Question("changed", _("What has changed since the last one?"), is_needed=False, rows=2)
VIEW = (
    Question("child_view", _("What the child says or shows"), is_needed=False),
    Question("means", _("How: words, drawing, interpreter, watching"), is_needed=False, rows=2),
    Question("why_not_asked", _("Why was the child not asked?"), is_needed=False, rows=2),
)
PEOPLE = Question("people", _("Who was present"), _("Offices and roles, one on each line"), is_needed=False, rows=2)
UNKNOWN = _("If you do not know, write that.")
PROTECTIVE = Question("protective", _("What protects the child"), is_needed=False)
QUESTIONS: dict[AssessmentKind, tuple[Question, ...]] = {
    AssessmentKind.RISK: (
        CHANGED,
        Question("child", _("The child: injuries, fear, contacts, absences"), UNKNOWN),
        Question("home", _("Home: who lives there, who may harm or protect"), UNKNOWN),
        Question("surroundings", _("Surroundings: school, work, telephone, places, debts"), UNKNOWN),
        PROTECTIVE,
        Question("reason", _("Why the risk is as you say")),
        PEOPLE,
    ),
    AssessmentKind.NEEDS: (
        CHANGED,
        *VIEW,
        Question("child", _("The child: health, feelings, school, language"), UNKNOWN),
        Question("home", _("Home and care"), UNKNOWN),
        Question("surroundings", _("Surroundings: friends, school, authorities, money"), UNKNOWN),
        PROTECTIVE,
        Question("reason", _("What the child needs first, and why")),
        PEOPLE,
    ),
    AssessmentKind.BIA: (
        CHANGED,
        *VIEW,
        Question("child", _("The child: age, health, identity, wishes"), UNKNOWN),
        Question("home", _("Family and care"), UNKNOWN),
        Question("surroundings", _("Surroundings: safety, school, ties, both countries"), UNKNOWN),
        PROTECTIVE,
        Question("options", _("The options, and what speaks for and against each"), rows=5),
        Question("reason", _("Decision and reasons")),
        PEOPLE,
    ),
    AssessmentKind.BID: (
        *VIEW,
        Question("options", _("The options, and what speaks for and against each"), rows=5),
        Question("body", _("Which body decided"), rows=1),
        Question("decided_on", _("Decided on")),
        Question("reason", _("Decision and reasons")),
        PEOPLE,
    ),
}


def open_questions(kind: AssessmentKind, answers: Mapping[str, object]) -> list[str]:
    """The names of the questions without which nothing of this kind is signed."""
    needed = [question.name for question in QUESTIONS[kind] if question.is_needed]
    return [name for name in needed if not _is_written(answers, name)]


def is_child_heard(kind: AssessmentKind, answers: Mapping[str, object]) -> bool:
    """Whether the child's view and how it was learnt are there, or why the child was not asked."""
    if kind not in HEARS_CHILD or _is_written(answers, "why_not_asked"):
        return True
    return _is_written(answers, "child_view") and _is_written(answers, "means")


def _is_written(answers: Mapping[str, object], name: str) -> bool:
    return bool(str(answers.get(name) or "").strip())
