"""A word in every field of a plan, a service, a review and a follow-up: only envelopes hold it."""

from __future__ import annotations

import pytest

from desks.cases import closures
from desks.cases.casework import Task
from desks.cases.closures import ClosureFacts
from desks.cases.code_lists import ClosureOutcome, ClosureReason, TaskKind
from desks.cases.models import Case, today
from desks.cases.states import CaseMove
from desks.plans.casework import FollowUp, Review, ServiceRow, ServiceStep
from desks.plans.forms import GOAL_FIELDS, PLAN_WORDS
from desks.plans.models import Plan, PlanSignature
from tests.desks.canaries import hits_in, places_outside, read_log
from tests.desks.cases.case_desks import CaseDesk
from tests.files.metadata.samples import CANARY
from tests.people import browser_of


def plan_everything(here: CaseDesk, case: Case) -> None:
    """The word in every field of a plan: in a draft, a second text, and a version that is approved and signed."""
    worker, chief = browser_of(here.anna.person), browser_of(here.chief.person)
    day = today().isoformat()
    words = dict.fromkeys(PLAN_WORDS, CANARY) | {f"goal_1_{name}": CANARY for name in GOAL_FIELDS}
    words |= {"goal_1_kind": "health", "goal_1_planned_on": day, "count": "1"}
    for go in ("ask", "save", "save"):
        assert worker.post(here.page(case, "plan/write/"), words | {"go": go}).status_code == 302
    row = Plan.objects.get(case=case, state="asked")
    chief.post(here.page(case, f"plan/{row.pk}/approve/"), {"confirmed": "yes"})
    words = {"answer": "agrees", "way": "paper", "signed_on": day, "name": CANARY, "text": CANARY}
    for role in ("child", "guardian", "other"):
        worker.post(here.page(case, f"plan/{row.pk}/sign/"), words | {"role": role})
    ended = {"state": "dropped", "ended_on": day, "words": CANARY}
    assert worker.post(here.page(case, f"plan/goals/{row.goals.get().pk}/"), ended).status_code == 302


def serve_everything(here: CaseDesk, case: Case) -> None:
    """The word in every step of a service, and in a review."""
    worker, day = browser_of(here.anna.person), today().isoformat()
    asked = {"service": "legal_aid", "provider": CANARY, "provider_kind": "ngo", "country": case.desk.country_id}
    worker.post(here.page(case, "do/service/"), asked | {"requested_on": day, "text": CANARY})
    row = ServiceRow.objects.get(case=case)
    for step in ("offered", "accepted", "basis", "provided", "ended"):
        facts = {"day": day, "text": CANARY, "basis": "vital", "helpful": "yes"}
        assert worker.post(here.page(case, f"services/{row.pk}/{step}/"), facts).status_code == 302
    words = dict.fromkeys(("people", "child_view", "why_not_asked", "findings"), CANARY)
    facts = {"held_on": day, "kind": "regular", "outcome": "goes_on"}
    assert worker.post(here.page(case, "do/review/"), words | facts).status_code == 302


def follow_up(here: CaseDesk, case: Case) -> None:
    """The word in what was found out after closing."""
    facts = ClosureFacts(ClosureOutcome.PROTECTED_AT_HOME, ClosureReason.GOALS)
    request = closures.ask_to_move(case, CaseMove.CLOSE, {"text": CANARY}, closure=facts, by=here.anna.person)
    closures.approve_move(request, by=here.chief.person)
    task = Task.objects.filter(case=case, kind=TaskKind.FOLLOW_UP).first()
    words = {"task": task.pk, "done_on": today().isoformat(), "result": "seen", "safe": "yes", "words": CANARY}
    assert browser_of(here.anna.person).post(here.page(case, "do/follow-up/"), words).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_nothing_outside_the_envelopes_holds_what_was_planned_or_done(figure):
    here = CaseDesk()
    with read_log() as log:
        for _number in range(5):
            case = here.case()
            plan_everything(here, case)
            serve_everything(here, case)
            follow_up(here, case)
    rows = [model.objects.count() for model in (Plan, PlanSignature, ServiceStep, Review, FollowUp)]
    assert rows == [5 * 3, 5 * 3, 5 * 5, 5, 5]
    hits = hits_in(places_outside(log))
    figure("canaries outside the envelopes, of 5 planned cases", sum(hits.values()))
    assert hits == dict.fromkeys(hits, 0)
