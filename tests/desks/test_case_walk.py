"""The walk through cases, with everything that a case goes through: screening, assessments, plan, services, places."""

from __future__ import annotations

import pytest
from django.db.models import F
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from desks.assessments import approvals as assessments_approvals
from desks.assessments.models import Assessment
from desks.assessments.states import AssessmentKind, AssessmentState
from desks.cases import closures, merges
from desks.cases.gates import next_gate
from desks.cases.models import Case, CaseClock, today
from desks.cases.requests import CaseMerge
from desks.cases.states import CASE_MOVES, ENDED_STAGES, CaseMove, GuardianState, Stage, VictimStatus
from desks.notifications.models import Notification
from desks.placements import check_ins
from desks.placements.models import CheckIn, MissingReport
from desks.placements.states import PlaceKind
from desks.plans import approvals as plans_approvals
from desks.plans import provision
from desks.plans.casework import ServiceRow
from desks.plans.code_lists import PlanAnswer, ServiceBasis, SignerRole
from desks.plans.models import Plan
from desks.plans.states import ServiceState
from desks.reports.states import Risk
from desks.screening import actions as screening_actions
from desks.screening.answers import ScreeningContent
from tests import walks
from tests.desks.assessments import assessment_desks
from tests.desks.cases.test_walk import PEOPLE, Walk
from tests.desks.notifications import notification_desks
from tests.desks.placements import placement_desks
from tests.desks.plans import plan_desks

pytestmark = [pytest.mark.django_db, pytest.mark.long]
# An undone merge leads back to where the case stood.
UNDONE = {(Stage.MERGED, start) for start in CASE_MOVES[CaseMove.MERGE][0]}
CASE, PERSON = st.integers(0, 1), st.sampled_from(PEOPLE)


class WholeWalk(Walk):
    """The same four people, with every slice of a case."""

    steps = 0
    legal = Walk.legal | UNDONE
    stages_seen: set[Stage] = set()

    @rule(number=CASE, name=PERSON, is_strong=st.booleans())
    def screen(self, number: int, name: str, is_strong: bool) -> None:
        person = self.who(name)
        self.act(self._screen, number, person, "G5 G12" if is_strong else "")

    def _screen(self, number: int, person, codes: str) -> None:
        draft = screening_actions.begin_screening(self.cases[number], by=person)
        answers = ScreeningContent(answers=dict.fromkeys(codes.split(), "yes"))
        screening_actions.finish_screening(draft, answers, seen=draft.version, by=person)

    @rule(number=CASE, name=PERSON, kind=st.sampled_from(AssessmentKind), risk=st.sampled_from(Risk))
    def assess(self, number: int, name: str, kind: AssessmentKind, risk: Risk) -> None:
        given = {"risk": risk} if kind == AssessmentKind.RISK else {}
        self.act(assessment_desks.finish, self.cases[number], kind, by=self.who(name), **given)

    @rule(name=PERSON)
    def approve_assessment(self, name: str) -> None:
        if row := Assessment.objects.filter(case__in=self.cases, state=AssessmentState.ASKED).first():
            self.act(assessments_approvals.approve_assessment, row, by=self.who(name))

    @rule(name=PERSON)
    def tell_authority(self, name: str) -> None:
        if row := Notification.objects.filter(case__in=self.cases).order_by("-state", "pk").first():
            self.act(notification_desks.send, row, by=self.who(name))

    @rule(number=CASE, name=PERSON)
    def write_plan(self, number: int, name: str) -> None:
        self.act(plan_desks.ask, self.cases[number], by=self.who(name))

    @rule(name=PERSON, way=st.sampled_from(["approve", "child", "guardian"]))
    def answer_plan(self, name: str, way: str) -> None:
        plan = Plan.objects.filter(case__in=self.cases).order_by("-pk").first()
        if plan is None:
            return
        if way == "approve":
            self.act(plans_approvals.approve_plan, plan, by=self.who(name))
        else:
            self.act(plan_desks.sign, plan, SignerRole(way), PlanAnswer.AGREES, by=self.who(name))

    @rule(number=CASE, name=PERSON)
    def add_service(self, number: int, name: str) -> None:
        self.act(plan_desks.add_service, self.cases[number], by=self.who(name))

    @rule(name=PERSON, state=st.sampled_from(ServiceState))
    def move_service(self, name: str, state: ServiceState) -> None:
        if row := ServiceRow.objects.filter(case__in=self.cases).order_by("-state", "pk").first():
            given = {"basis": ServiceBasis.CONSENT} if state == ServiceState.PROVIDED else {}
            self.act(plan_desks.move, row, state, by=self.who(name), **given)

    @rule(number=CASE, name=PERSON)
    def review(self, number: int, name: str) -> None:
        self.act(plan_desks.review, self.cases[number], by=self.who(name))

    @rule(number=CASE, name=PERSON, kind=st.sampled_from(PlaceKind))
    def place(self, number: int, name: str, kind: PlaceKind) -> None:
        self.act(placement_desks.placed, self.cases[number], by=self.who(name), kind=kind)

    @rule(name=PERSON)
    def look_after(self, name: str) -> None:
        if row := CheckIn.objects.due().filter(case__in=self.cases).first():
            self.act(check_ins.confirm_presence, row, by=self.who(name))

    @rule(number=CASE, name=PERSON)
    def miss(self, number: int, name: str) -> None:
        self.act(placement_desks.missed, self.cases[number], by=self.who(name))

    @rule(name=PERSON, is_back=st.booleans())
    def settle_missing(self, name: str, is_back: bool) -> None:
        if row := MissingReport.objects.filter(case__in=self.cases).order_by("-pk").first():
            self.act(placement_desks.returned if is_back else placement_desks.told, row, by=self.who(name))

    @rule(number=CASE)
    def come_to_the_next_stage(self, number: int) -> None:
        """Those who may do everything that lacks, and the case moves on: so that the walk comes far."""
        case = self.cases[number]
        for name in self._lacking(case):
            self.act(getattr(self, f"bring_{name}"), case)
        self.go_on(number, "anna", "chief")

    def _lacking(self, case: Case) -> list[str]:
        case.refresh_from_db()
        gate = next_gate(case) if case.is_running else None
        return [requirement.name for requirement, is_met in gate.requirements if not is_met] if gate else []

    def bring_screening(self, case: Case) -> None:
        self._screen(self.cases.index(case), self.who("anna"), "")

    def bring_risk_assessment(self, case: Case) -> None:
        assessment_desks.finish(case, AssessmentKind.RISK, by=self.who("anna"))

    def bring_notifications(self, case: Case) -> None:
        for row in Notification.objects.filter(case=case).waiting():
            notification_desks.send(row, by=self.who("anna"))

    def bring_best_interests(self, case: Case) -> None:
        assessment_desks.finish(case, AssessmentKind.BIA, by=self.who("anna"))

    bring_child_view = bring_best_interests

    def bring_guardian(self, case: Case) -> None:
        plan_desks.with_guardian(self.here, case, GuardianState.APPOINTED)

    def bring_goal(self, case: Case) -> None:
        plan_desks.ask(case, by=self.who("anna"))

    def bring_plan_agreed(self, case: Case) -> None:
        plan_desks.agreed(self.here, case)

    def bring_services_consent(self, case: Case) -> None:
        for row in ServiceRow.objects.filter(case=case).open():
            provision.record_basis(row, ServiceBasis.CONSENT, {"text": "Signed"}, day=today(), by=self.who("anna"))

    def bring_services_ended(self, case: Case) -> None:
        for row in ServiceRow.objects.filter(case=case).open():
            state = ServiceState.ENDED if row.state == ServiceState.PROVIDED else ServiceState.DECLINED
            plan_desks.move(row, state, by=self.who("anna"))

    def bring_placement_stable(self, case: Case) -> None:
        if not case.placements.filter(until=None).exists():
            placement_desks.placed(case, by=self.who("anna"), kind=PlaceKind.PARENTS)
        for row in CheckIn.objects.due().filter(case=case):
            check_ins.confirm_presence(row, by=self.who("anna"))

    def bring_review(self, case: Case) -> None:
        plan_desks.review(case, by=self.who("anna"))

    @rule(number=CASE, name=PERSON, other=st.sampled_from(PEOPLE))
    def go_on(self, number: int, name: str, other: str) -> None:
        """Where everything is there, the case moves on."""
        self.cases[number].refresh_from_db()
        gate = next_gate(self.cases[number])
        if gate is None or not gate.is_open:
            return
        if gate.needs_second:
            self.act(self._move_by_two, number, gate.move, name, other)
        else:
            self.act(closures.move_case, self.cases[number], gate.move, by=self.who(name))

    def _move_by_two(self, number: int, move: CaseMove, name: str, other: str) -> None:
        request = closures.ask_to_move(self.cases[number], move, {"text": "Go"}, by=self.who(name))
        closures.approve_move(request, by=self.who(other))

    @rule(number=CASE, name=PERSON)
    def ask_to_merge(self, number: int, name: str) -> None:
        given = {"text": "The same child"}
        self.act(closures.ask_to_merge, self.cases[number], self.cases[1 - number], given, by=self.who(name))

    @rule(number=CASE, name=PERSON)
    def undo_merge(self, number: int, name: str) -> None:
        self.cases[number].refresh_from_db()
        self.act(merges.undo_merge, self.cases[number], "Two children", by=self.who(name))

    @rule(number=CASE)
    def presume(self, number: int) -> None:
        self.decide_status(number, "chief", VictimStatus.PRESUMED)

    @invariant()
    def nobody_approves_what_they_wrote(self) -> None:
        for model in (Plan, Assessment):
            assert not model.objects.filter(approver=F("author")).exists()

    @invariant()
    def ended_case_has_no_clock_of_its_own(self) -> None:
        clocks = CaseClock.objects.filter(case__stage__in=sorted(ENDED_STAGES))
        assert set(clocks.values_list("kind", flat=True)) <= {"task", "follow_up"}

    @invariant()
    def merged_case_is_a_part_of_one_that_is_not(self) -> None:
        for case in self.cases:
            case.refresh_from_db()
            assert (case.stage == Stage.MERGED) == CaseMerge.objects.done().filter(request__case=case).exists()
            assert merges.surviving_case(case).stage != Stage.MERGED
            type(self).stages_seen.add(Stage(case.stage))


def test_walk_through_whole_cases_stays_legal(figure):
    walks.walk(WholeWalk, walks=3, steps=40)
    figure("steps of the walk through whole cases", WholeWalk.steps)
    figure("stages that the walk came to", " ".join(sorted(WholeWalk.stages_seen)))
