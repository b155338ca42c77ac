"""The gates of a case: what a move needs is data, and what nobody can record yet is never passed."""

from __future__ import annotations

import pytest

from desks.cases import gates
from desks.cases.code_lists import ClosureOutcome
from desks.cases.errors import CaseMoveNotPossible, MoveNotOffered, RequirementsLack
from desks.cases.gates import COMES_FIRST, Requirement, gate_of, is_possible_outcome, next_gate, require_gate
from desks.cases.models import Case
from desks.cases.states import CASE_MOVES, ENDED_STAGES, CaseMove, GuardianState, Stage


def case(stage: Stage = Stage.OPENED, **fields: object) -> Case:
    return Case(stage=stage, **fields)


@pytest.fixture(autouse=True)
def own_requirements(monkeypatch) -> None:
    """What this slice declares itself, without what the slices above it add."""
    own = {name: rule for name, rule in gates.REQUIREMENTS.items() if rule.check.__module__ == gates.__name__}
    monkeypatch.setattr(gates, "REQUIREMENTS", own)


@pytest.fixture
def whole_plan(monkeypatch) -> None:
    """The slices above have declared what planning needs: here all of it is there, but the guardian."""
    declared = dict(gates.REQUIREMENTS)
    for name in COMES_FIRST[CaseMove.PLAN]:
        if name not in declared:
            declared[name] = Requirement(name, CaseMove.PLAN, name, "plan", name, lambda _case: True)
    monkeypatch.setattr(gates, "REQUIREMENTS", declared)


@pytest.mark.parametrize("move", [CaseMove.ASSESS, CaseMove.PLAN, CaseMove.SUPPORT, CaseMove.FOLLOW_UP])
def test_require_gate_that_nobody_can_meet_yet_refuses(move):
    [start] = CASE_MOVES[move][0]
    with pytest.raises(MoveNotOffered):
        require_gate(case(start), move)


@pytest.mark.parametrize("move", CaseMove)
@pytest.mark.parametrize("stage", Stage)
def test_require_gate_from_another_stage_refuses(move, stage):
    if stage in CASE_MOVES[move][0]:
        return
    with pytest.raises(CaseMoveNotPossible):
        require_gate(case(stage), move)


def test_require_gate_without_guardian_names_it(whole_plan):
    with pytest.raises(RequirementsLack) as refusal:
        require_gate(case(Stage.ASSESSED, guardian_state=GuardianState.REFUSED), CaseMove.PLAN)
    assert [requirement.name for requirement in refusal.value.lacking] == ["guardian"]


@pytest.mark.parametrize("state", [GuardianState.REQUESTED, GuardianState.APPOINTED, GuardianState.NOT_NEEDED])
def test_require_gate_with_a_step_about_the_guardian_leads_on(whole_plan, state):
    assert require_gate(case(Stage.ASSESSED, guardian_state=state), CaseMove.PLAN) == Stage.PLANNED


def test_gate_of_opened_case_says_what_comes_first():
    words = gate_of(case(), CaseMove.ASSESS).comes_first
    assert [str(word) for word in words] == [
        "Screening",
        "Assessment of the risk",
        "Notification of the authorities",
    ]


@pytest.mark.parametrize("stage", sorted(ENDED_STAGES))
def test_next_gate_of_ended_case_is_none(stage):
    assert next_gate(case(stage)) is None


def test_outcome_that_needs_a_determination_is_not_possible_before_there_is_one():
    assert not is_possible_outcome(case(), ClosureOutcome.RESIDENTIAL_CARE)


def test_outcome_that_needs_nothing_is_possible():
    assert is_possible_outcome(case(), ClosureOutcome.PROTECTED_AT_HOME)


def test_outcome_is_possible_once_what_it_needs_is_declared_and_there(monkeypatch):
    monkeypatch.setattr(gates, "OUTCOME_CHECKS", {"determination": lambda _case: True})
    assert is_possible_outcome(case(), ClosureOutcome.RESIDENTIAL_CARE)


def test_every_anchor_of_a_requirement_has_a_section():
    assert {requirement.section for requirement in gates.REQUIREMENTS.values()} <= {"child", "people", "now"}
