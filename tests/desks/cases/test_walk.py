"""Four people walk about in two cases while the clock jumps: no illegal state, nobody approves their own request."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import F
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from desks.cases import actions, assignments, closures, decisions, escalations, guardians, notes
from desks.cases.casework import Task
from desks.cases.closures import ClosureFacts
from desks.cases.code_lists import ClosureOutcome, ClosureReason
from desks.cases.models import Assignment, Case, CaseClock, CaseEscalation, today
from desks.cases.requests import MoveRequest
from desks.cases.states import CASE_MOVES, CaseMove, GuardianState, RequestState, Stage, TaskState, VictimStatus
from desks.reports.states import Risk
from tests import walks
from tests.desks.cases.case_desks import CaseDesk
from victor.accounts.models import User

# Every day the walk through whole cases goes these ways too (tests/desks/test_case_walk.py).
pytestmark = [pytest.mark.django_db, pytest.mark.long, pytest.mark.prove]
PEOPLE = ("anna", "ben", "chief", "boss")
LEGAL = {(start, leads_to) for starts, leads_to in CASE_MOVES.values() for start in starts}


class Walk(walks.StandingWalk):
    """Two workers and two supervisors at one desk."""

    legal = LEGAL

    def __init__(self) -> None:
        super().__init__()
        self.here = CaseDesk("walk")
        self.cases = [self.here.case() for _number in range(2)]
        self.stages = {case.pk: Stage(case.stage) for case in self.cases}

    def who(self, name: str) -> User:
        return User.objects.get(pk=getattr(self.here, name).person.pk)

    @rule(number=st.integers(0, 1), name=st.sampled_from(PEOPLE), risk=st.sampled_from(Risk))
    def set_risk(self, number: int, name: str, risk: Risk) -> None:
        self.act(actions.set_risk, self.cases[number], risk, "Because", by=self.who(name))

    @rule(number=st.integers(0, 1), name=st.sampled_from(PEOPLE), days=st.integers(0, 20))
    def add_task(self, number: int, name: str, days: int) -> None:
        due = self.now + timedelta(days=days) if days else None
        self.act(notes.add_task, self.cases[number], "Call", due_at=due, by=self.who(name))

    @rule(name=st.sampled_from(PEOPLE), state=st.sampled_from(TaskState))
    def settle_task(self, name: str, state: TaskState) -> None:
        if task := Task.objects.filter(case__in=self.cases).order_by("state", "pk").first():
            self.act(notes.settle_task, task, state, by=self.who(name))

    @rule(number=st.integers(0, 1), name=st.sampled_from(PEOPLE), to=st.sampled_from(PEOPLE))
    def assign(self, number: int, name: str, to: str) -> None:
        self.act(assignments.assign_case, self.cases[number], self.who(to), by=self.who(name))

    @rule(number=st.integers(0, 1), name=st.sampled_from(PEOPLE), to=st.sampled_from(PEOPLE))
    def hand_over(self, number: int, name: str, to: str) -> None:
        self.act(assignments.hand_over_case, self.cases[number], self.who(to), "Know", by=self.who(name))

    @rule(number=st.integers(0, 1), name=st.sampled_from(PEOPLE))
    def release(self, number: int, name: str) -> None:
        self.act(assignments.release_case, self.cases[number], self.who(name), by=escalations.CLOCK)

    @rule(number=st.integers(0, 1), name=st.sampled_from(PEOPLE))
    def take(self, number: int, name: str) -> None:
        self.act(assignments.take_case, self.cases[number], by=self.who(name))

    @rule(number=st.integers(0, 1), name=st.sampled_from(PEOPLE), status=st.sampled_from(VictimStatus))
    def decide_status(self, number: int, name: str, status: VictimStatus) -> None:
        self.act(decisions.record_status, self.cases[number], status, "Because", by=self.who(name))

    @rule(number=st.integers(0, 1), name=st.sampled_from(PEOPLE), state=st.sampled_from(GuardianState))
    def step_of_guardian(self, number: int, name: str, state: GuardianState) -> None:
        given = {"happened_on": today(), "by": self.who(name)}
        self.act(guardians.record_guardian, self.cases[number], state, {"name": "Court"}, **given)

    @rule(number=st.integers(0, 1), name=st.sampled_from(PEOPLE), outcome=st.sampled_from(ClosureOutcome))
    def ask_to_close(self, number: int, name: str, outcome: ClosureOutcome) -> None:
        facts = ClosureFacts(outcome, ClosureReason.GOALS)
        given = {"closure": facts, "by": self.who(name)}
        self.act(closures.ask_to_move, self.cases[number], CaseMove.CLOSE, {"text": "Safe"}, **given)

    @rule(number=st.integers(0, 1), name=st.sampled_from(PEOPLE), move=st.sampled_from(CaseMove))
    def ask_for_any_move(self, number: int, name: str, move: CaseMove) -> None:
        self.act(closures.ask_to_move, self.cases[number], move, {"text": "Go"}, by=self.who(name))

    @rule(number=st.integers(0, 1), name=st.sampled_from(PEOPLE), move=st.sampled_from(CaseMove))
    def move(self, number: int, name: str, move: CaseMove) -> None:
        self.act(closures.move_case, self.cases[number], move, by=self.who(name))

    @rule(name=st.sampled_from(PEOPLE), way=st.sampled_from(["approve", "give back", "withdraw"]))
    def answer_request(self, name: str, way: str) -> None:
        request = MoveRequest.objects.filter(case__in=self.cases).order_by("-state", "-pk").first()
        if request is None:
            return
        if way == "give back":
            self.act(closures.give_back_move, request, "Not yet", by=self.who(name))
        else:
            action = closures.approve_move if way == "approve" else closures.withdraw_request
            self.act(action, request, by=self.who(name))

    @rule(hours=st.sampled_from([1, 5, 30, 24 * 8, 24 * 61]))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        self.clock.move_to(self.now)
        type(self).steps += 1
        escalations.escalate_cases()

    @invariant()
    def stages_change_by_moves_alone(self) -> None:
        for case in Case.objects.filter(pk__in=self.stages):
            before, now = self.stages[case.pk], Stage(case.stage)
            assert now == before or (before, now) in self.legal
            self.stages[case.pk] = now

    @invariant()
    def nobody_approves_their_own(self) -> None:
        approved = MoveRequest.objects.filter(state=RequestState.APPROVED)
        assert not approved.filter(decided_by=F("author")).exists()
        supervisors = [self.here.chief.person.pk, self.here.boss.person.pk]
        assert not approved.exclude(decided_by__in=supervisors).exists()

    @invariant()
    def soonest_clock_is_the_one_of_the_case(self) -> None:
        for case in Case.objects.filter(pk__in=self.stages):
            soonest = CaseClock.objects.filter(case=case).order_by("due_at").values_list("due_at", flat=True).first()
            assert case.due_at == soonest

    @invariant()
    def one_worker_is_the_one_whose_row_is_open(self) -> None:
        for case in Case.objects.filter(pk__in=self.stages):
            rows = Assignment.objects.filter(case=case, role="worker", until=None)
            assert [row.person_id for row in rows] == ([case.worker_id] if case.worker_id else [])

    @invariant()
    def what_is_late_is_told_once_a_level(self) -> None:
        rows = list(CaseEscalation.objects.values_list("case", "kind", "source", "level", "since"))
        assert len(rows) == len(set(rows))


def test_walk_about_in_two_cases_stays_legal(figure):
    walks.walk(Walk, walks=3, steps=25)
    figure("steps of the walk through cases", Walk.steps)
