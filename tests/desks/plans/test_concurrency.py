"""Two at the same moment: a plan is decided once, both texts stay, a service is answered once."""

from __future__ import annotations

import pytest

from desks.cases.errors import CaseMoveNotPossible
from desks.cases.models import Case
from desks.plans import approvals
from desks.plans.models import Plan
from desks.plans.states import ServiceState
from tests.connections import call_at_once
from tests.desks.cases.case_desks import CaseDesk
from tests.desks.plans.plan_desks import add_service, ask, draft, move

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def here() -> CaseDesk:
    return CaseDesk()


@pytest.fixture
def case(here) -> Case:
    return here.case()


def test_two_supervisors_who_decide_at_once_decide_once(here, case):
    plan = ask(case, by=here.anna.person)

    def decide(name: str) -> str:
        try:
            if name == "chief":
                return str(approvals.approve_plan(plan, by=here.chief.person).state)
            return str(approvals.give_back_plan(plan, "Not yet", by=here.boss.person).state)
        except CaseMoveNotPossible:
            return "refused"

    results = call_at_once(decide, ["chief", "boss"])
    assert results.count("refused") == 1
    assert Plan.objects.get(pk=plan.pk).state in results


def test_two_workers_who_save_at_once_keep_both_texts(here, case):
    call_at_once(lambda worker: draft(case, by=worker.person), [here.anna, here.ben])
    assert sorted(Plan.objects.values_list("state", flat=True)) == ["draft", "second"]


def test_two_who_answer_for_one_service_at_once_answer_once(here, case):
    row = add_service(case, by=here.anna.person)

    def answer(state: ServiceState) -> str:
        try:
            return str(move(row, state, by=here.anna.person).state)
        except CaseMoveNotPossible:
            return "refused"

    results = call_at_once(answer, [ServiceState.DECLINED, ServiceState.ENDED])
    row.refresh_from_db()
    assert results.count("refused") == 1
    assert row.state in results
