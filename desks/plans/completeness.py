"""What a plan says, and refuses one that lacks something: a goal, the child's view, what a return abroad needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from desks.assessments.errors import ChildNotHeard
from desks.assessments.gates import is_child_view_recorded, is_determined
from desks.plans.code_lists import GoalKind
from desks.plans.errors import PlanLacks, ReturnLacks

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from desks.cases.models import Case

GOAL_WORDS = ("objective", "action", "who", "agreement")
NEEDED_OF_GOAL = ("objective", "action", "who", "kind", "planned_on")


@dataclass(frozen=True)
class GoalText:
    """A goal as it is written: its codes, and its words."""

    kind: str
    planned_on: date | None
    words: Mapping[str, str]

    def value(self, name: str) -> object:
        """What one of its fields holds."""
        return getattr(self, name) if name in {"kind", "planned_on"} else self.words.get(name, "").strip()


@dataclass(frozen=True)
class PlanText:
    """A plan as it is written."""

    words: Mapping[str, str]
    goals: Sequence[GoalText] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written."""
        return not self.goals and not any(value.strip() for value in self.words.values())

    @property
    def content(self) -> dict[str, object]:
        """What is sealed: each word, and the words of each goal in order."""
        return {**self.words, "goals": [dict(goal.words) for goal in self.goals]}

    @property
    def plans_return(self) -> bool:
        """Whether the child is to go to another country."""
        return any(goal.kind == GoalKind.SAFE_RETURN for goal in self.goals)

    def has(self, *names: str) -> bool:
        """Whether all of these are written."""
        return all(self.words.get(name, "").strip() for name in names)


@dataclass(frozen=True)
class ReturnNeed:
    """One thing without which no return is planned: its words, its fields or the section where it is recorded."""

    words: StrOrPromise
    names: tuple[str, ...] = ()
    section: str = ""
    anchor: str = ""


DETERMINATION = ReturnNeed(_("a determination of best interests"), (), "assessments", "assessment-bid")
HEARD = ReturnNeed(_("the child heard"), (), "assessments", "assessment-bia")
IN_WORDS = (
    ReturnNeed(_("the risk in both countries"), ("risk_here", "risk_there")),
    ReturnNeed(_("a named receiver"), ("receiver",)),
    ReturnNeed(_("follow-up dates"), ("follow_up_first", "follow_up_last")),
)
RETURN_NEEDS = (DETERMINATION, HEARD, *IN_WORDS)


def require_complete(case: Case, text: PlanText) -> None:
    """Refuse to ask for the approval of what is not whole.

    Raises:
        PlanLacks: there is no goal, or something of a goal is not written.
        ChildNotHeard: the child's view is not there, nor why the child was not asked.
        ReturnLacks: a return is planned, and something that it needs is missing.
    """
    lacking = [
        f"goal_{number}_{name}"
        for number, goal in enumerate(text.goals, start=1)
        for name in NEEDED_OF_GOAL
        if not goal.value(name)
    ]
    if lacking or not text.goals:
        raise PlanLacks(lacking or ["goal_1_objective"])
    if not text.has("child_view", "means") and not text.has("why_not_asked"):
        raise ChildNotHeard
    if text.plans_return:
        _require_return(case, text)


def _require_return(case: Case, text: PlanText) -> None:
    lacking = recorded_lacks(case)
    if not text.has("child_view"):
        lacking = [*[need for need in lacking if need is not HEARD], HEARD]
    written = [need for need in IN_WORDS if not text.has(*need.names)]
    if lacking or written:
        names = [name for need in written for name in need.names if not text.has(name)]
        raise ReturnLacks(names, [need.words for need in (*lacking, *written)])


def recorded_lacks(case: Case) -> list[ReturnNeed]:
    """What a return needs and what the assessments of the case do not hold."""
    lacking = [] if is_determined(case) else [DETERMINATION]
    return lacking if is_child_view_recorded(case) else [*lacking, HEARD]
