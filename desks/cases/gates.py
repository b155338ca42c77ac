"""The gates of a case as data: what each move needs, in words, and where on the page it is recorded.

A higher slice adds its requirements in a module of this name. A move that needs one that nobody has declared is not
offered, and never passed: `COMES_FIRST` says which those are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from desks.cases.code_lists import ClosureOutcome
from desks.cases.errors import CaseMoveNotPossible, MoveNotOffered, RequirementsLack
from desks.cases.states import CASE_MOVES, MOVES_OF_TWO, CaseMove, GuardianState, Stage

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from desks.cases.models import Case


@dataclass(frozen=True)
class Requirement:
    """One thing that a move needs: its name, what it is in words, and the section and field where it is recorded."""

    name: str
    move: CaseMove
    words: StrOrPromise
    section: str
    anchor: str
    check: Callable[[Case], bool]


@dataclass(frozen=True)
class Gate:
    """What the page shows of a move: each requirement, and whether it is met. `comes_first`: why it is not offered."""

    move: CaseMove
    requirements: tuple[tuple[Requirement, bool], ...]
    comes_first: tuple[StrOrPromise, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether everything is there."""
        return not self.comes_first and all(is_met for _requirement, is_met in self.requirements)

    @property
    def needs_second(self) -> bool:
        """Whether another person decides."""
        return self.move in MOVES_OF_TWO


# What each move needs in any case, by the name of the requirement. What is not declared comes first, in these words.
COMES_FIRST: dict[CaseMove, dict[str, StrOrPromise]] = {
    CaseMove.ASSESS: {
        "screening": pgettext_lazy("what a move needs", "Screening"),
        "risk_assessment": pgettext_lazy("what a move needs", "Assessment of the risk"),
        "notifications": pgettext_lazy("what a move needs", "Notification of the authorities"),
    },
    CaseMove.PLAN: {
        "best_interests": pgettext_lazy("what a move needs", "Best-interests assessment"),
        "child_view": pgettext_lazy("what a move needs", "The child's own view"),
        "guardian": pgettext_lazy("what a move needs", "A guardian, or a request for one"),
        "goal": pgettext_lazy("what a move needs", "At least one goal"),
    },
    CaseMove.SUPPORT: {
        "plan_agreed": pgettext_lazy("what a move needs", "A plan that is approved and agreed"),
        "services_consent": pgettext_lazy("what a move needs", "Consent or another basis for each service"),
    },
    CaseMove.FOLLOW_UP: {
        "services_ended": pgettext_lazy("what a move needs", "No open service"),
        "placement_stable": pgettext_lazy("what a move needs", "A stable place to live"),
        "review": pgettext_lazy("what a move needs", "A review in the last 30 days"),
    },
    CaseMove.CLOSE: {},
    CaseMove.REOPEN: {},
    CaseMove.MERGE: {},
}
# Outcomes that need something more, by the name of what higher slices declare with `meets_outcome`.
OUTCOME_NEEDS: dict[ClosureOutcome, str] = {
    ClosureOutcome.FOSTER_OR_KIN: "determination",
    ClosureOutcome.RESIDENTIAL_CARE: "determination",
    ClosureOutcome.SAFE_RETURN_DONE: "determination",
    ClosureOutcome.MISSING_REPORTED: "missing_report",
    ClosureOutcome.TRANSFERRED: "transfer",
}
REQUIREMENTS: dict[str, Requirement] = {}
OUTCOME_CHECKS: dict[str, Callable[[Case], bool]] = {}


def declare_requirement(requirement: Requirement) -> Requirement:
    """Let a move need this."""
    REQUIREMENTS[requirement.name] = requirement
    return requirement


def meets_outcome(name: str, check: Callable[[Case], bool]) -> None:
    """Say when a case may have the outcomes that need `name`."""
    OUTCOME_CHECKS[name] = check


def offered_outcomes(case: Case) -> list[ClosureOutcome]:
    """The outcomes that a case may have now."""
    return [outcome for outcome in ClosureOutcome if is_possible_outcome(case, outcome)]


def is_possible_outcome(case: Case, outcome: ClosureOutcome) -> bool:
    """Whether what the outcome needs is there."""
    need = OUTCOME_NEEDS.get(outcome)
    if need is None:
        return True
    check = OUTCOME_CHECKS.get(need)
    return check is not None and check(case)


def gate_of(case: Case, move: CaseMove) -> Gate:
    """What a move of this case needs."""
    needed = COMES_FIRST[move]
    declared = [requirement for requirement in REQUIREMENTS.values() if requirement.move == move]
    missing = tuple(words for name, words in needed.items() if name not in REQUIREMENTS)
    return Gate(move, tuple((requirement, requirement.check(case)) for requirement in declared), missing)


def next_gate(case: Case) -> Gate | None:
    """The gate on the way of a running case; None at its end."""
    ahead = (CaseMove.ASSESS, CaseMove.PLAN, CaseMove.SUPPORT, CaseMove.FOLLOW_UP)
    return next((gate_of(case, move) for move in ahead if Stage(case.stage) in CASE_MOVES[move][0]), None)


def require_gate(case: Case, move: CaseMove) -> Stage:
    """The stage to which a move leads, if the case may make it now.

    Raises:
        CaseMoveNotPossible: the move does not start from where the case stands.
        MoveNotOffered: it needs something that nobody can record yet.
        RequirementsLack: something lacks; each thing is named.
    """
    starts, leads_to = CASE_MOVES[move]
    if case.stage not in starts:
        raise CaseMoveNotPossible
    gate = gate_of(case, move)
    if gate.comes_first:
        raise MoveNotOffered
    if lacking := [requirement for requirement, is_met in gate.requirements if not is_met]:
        raise RequirementsLack(lacking)
    return leads_to


def has_guardian_step(case: Case) -> bool:
    """Whether there is a guardian, a request that runs, or a reason why none is needed."""
    return case.guardian_state in {GuardianState.REQUESTED, GuardianState.APPOINTED, GuardianState.NOT_NEEDED}


declare_requirement(
    Requirement(
        name="guardian",
        move=CaseMove.PLAN,
        words=_("A guardian, or a request for one"),
        section="people",
        anchor="guardian",
        check=has_guardian_step,
    )
)
