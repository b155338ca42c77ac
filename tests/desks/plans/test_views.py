"""The pages of plans and services: written with a locked vault too, approved by another, and refused in words."""

from __future__ import annotations

import pytest

from desks.cases.casework import Task
from desks.cases.models import Case, today
from desks.cases.states import Stage
from desks.plans.casework import FollowUp, Review, ServiceRow
from desks.plans.models import Goal, Plan
from desks.plans.service_views import PAGES
from desks.plans.states import PlanState, ServiceState
from tests.desks.cases.case_desks import again
from tests.desks.cases.test_closures import closed
from tests.desks.inbox.inbox_desks import stranger, unlocked_browser_of
from tests.desks.plans.plan_desks import (
    GOAL,
    RETURN,
    WORDS,
    a_return,
    add_service,
    agreed,
    approved,
    ask,
    determined,
    draft,
    provided,
    review,
    with_guardian,
)
from tests.people import browser_of
from victor.vault.records.models import Envelope

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(here) -> Case:
    return here.case()


def sent(go: str = "ask", **changed: str) -> dict[str, str]:
    """What the form of a plan sends."""
    goal = GOAL | {"kind": "education", "planned_on": today().isoformat()}
    return WORDS | {f"goal_1_{name}": value for name, value in goal.items()} | {"go": go, "count": "2"} | changed


def text_of(answer) -> str:
    return answer.content.decode()


def test_page_is_not_there_for_a_stranger(case, here):
    assert browser_of(stranger()).get(here.page(case, "plan/write/")).status_code == 404


def test_page_of_a_closed_case_leads_back(here, case):
    Case.objects.filter(pk=case.pk).update(stage=Stage.CLOSED, closed_at=case.opened_at)
    assert browser_of(here.anna.person).get(here.page(case, "plan/write/")).status_code == 302


@pytest.mark.parametrize("rest", ["plan/", "plan/write/", "services/"])
def test_title_of_a_page_names_no_child(here, case, rest):
    page = text_of(unlocked_browser_of(here.anna).get(here.page(case, rest)))
    assert case.reference in page.partition("</title>")[0]


def test_ask_from_its_page_with_a_locked_vault(here, case):
    answer = browser_of(here.anna.person).post(here.page(case, "plan/write/"), sent())
    assert answer.status_code == 302
    assert Plan.objects.get().state == PlanState.ASKED


def test_save_draft_with_little_is_possible(here, case):
    browser_of(here.anna.person).post(here.page(case, "plan/write/"), {"go": "save", "child_view": "Tired"})
    assert Plan.objects.get().state == PlanState.DRAFT


def test_save_draft_without_words_is_refused(here, case):
    answer = browser_of(here.anna.person).post(here.page(case, "plan/write/"), {"go": "save"})
    assert answer.status_code == 409
    assert not Plan.objects.exists()


def test_ask_with_little_is_refused_beside_each_field_and_keeps_what_was_typed(here, case):
    answer = browser_of(here.anna.person).post(here.page(case, "plan/write/"), sent(goal_1_action="", goal_1_kind=""))
    assert answer.status_code == 409
    assert GOAL["objective"] in text_of(answer)
    assert 'href="#id_goal_1_action"' in text_of(answer)
    assert 'href="#id_goal_1_kind"' in text_of(answer)


def test_ask_names_the_goal_by_its_place_on_the_page(here, case):
    moved = {name.replace("goal_1", "goal_2"): value for name, value in sent(goal_1_action="").items()}
    answer = browser_of(here.anna.person).post(here.page(case, "plan/write/"), moved)
    assert 'href="#id_goal_2_action"' in text_of(answer)


def test_ask_for_a_return_lists_what_it_needs_with_links(here, case):
    answer = browser_of(here.anna.person).post(here.page(case, "plan/write/"), sent(goal_1_kind="safe_return"))
    page = text_of(answer)
    assert answer.status_code == 409
    assert f"{here.page(case, 'assessments/')}#assessment-bid" in page
    assert 'href="#id_receiver"' in page


def test_ask_for_a_return_with_everything(here, case):
    determined(here, case)
    form = sent(goal_1_kind="safe_return", **RETURN)
    assert browser_of(here.anna.person).post(here.page(case, "plan/write/"), form).status_code == 302


def test_more_goals_keep_what_was_typed_and_save_nothing(here, case):
    page = text_of(browser_of(here.anna.person).post(here.page(case, "plan/write/"), sent("more")))
    assert 'name="goal_4_objective"' in page
    assert GOAL["action"] in page
    assert not Plan.objects.exists()


@pytest.mark.parametrize("count", ["-1", "99", "9" * 5000, "x", ""])
def test_number_of_goals_that_is_none_is_put_right(here, case, count):
    answer = browser_of(here.anna.person).post(here.page(case, "plan/write/"), sent("save", count=count))
    assert answer.status_code == 302


def test_draft_is_shown_to_go_on_with(here, case):
    row = draft(case, by=here.anna.person)
    page = text_of(unlocked_browser_of(here.ben).get(here.page(case, "plan/write/")))
    assert GOAL["action"] in page
    assert str(row.envelope_id) in page


def test_draft_is_covered_while_the_vault_is_locked(here, case):
    draft(case, by=here.anna.person)
    page = text_of(browser_of(here.ben.person).get(here.page(case, "plan/write/")))
    assert GOAL["action"] not in page


def test_save_over_a_covered_draft_keeps_both(here, case):
    draft(case, by=here.anna.person)
    browser_of(here.ben.person).post(here.page(case, "plan/write/"), {"go": "save", "child_view": "Wants to stay"})
    page = text_of(unlocked_browser_of(here.anna).get(here.page(case, "plan/")))
    assert "Two texts: please choose" in page
    assert "Wants to stay" in page


def test_next_version_begins_with_the_goals_that_go_on(here, case):
    agreed(here, case)
    page = text_of(unlocked_browser_of(here.ben).get(here.page(case, "plan/write/")))
    assert f'value="{GOAL["objective"]}"' in page


@pytest.mark.parametrize(("step", "state"), [("use", "draft"), ("aside", "set_aside")])
def test_choose_between_two_texts_from_the_page(here, case, step, state):
    draft(case, by=here.anna.person)
    second = draft(case, by=here.ben.person)
    browser_of(here.anna.person).post(here.page(case, f"plan/{second.pk}/{step}/"))
    second.refresh_from_db()
    assert second.state == state


@pytest.mark.parametrize(("who", "offered"), [("anna", False), ("ben", False), ("chief", True)])
def test_approve_is_offered_to_another_supervisor_alone(here, case, who, offered):
    row = ask(case, by=here.anna.person)
    page = text_of(unlocked_browser_of(getattr(here, who)).get(here.page(case, "plan/")))
    assert (f"plan/{row.pk}/approve/" in page) is offered


def test_approve_from_its_page_asks_first(here, case):
    row = ask(case, by=here.anna.person)
    browser, address = browser_of(here.chief.person), here.page(case, f"plan/{row.pk}/approve/")
    assert "Approve version 1 of the plan" in text_of(browser.post(address))
    browser.post(address, {"confirmed": "yes"})
    assert Plan.objects.get().state == PlanState.APPROVED


def test_approve_by_the_author_changes_nothing(here, case):
    row = ask(case, by=here.chief.person)
    page = text_of(unlocked_browser_of(here.chief).get(here.page(case, "plan/")))
    browser_of(here.chief.person).post(here.page(case, f"plan/{row.pk}/approve/"), {"confirmed": "yes"})
    assert "so another supervisor approves it" in page
    assert Plan.objects.get().state == PlanState.ASKED


def test_give_back_from_its_page_needs_a_reason(here, case):
    row = ask(case, by=here.anna.person)
    browser, address = browser_of(here.chief.person), here.page(case, f"plan/{row.pk}/give-back/")
    statuses = [browser.post(address, {"words": words}).status_code for words in ("", "The school is missing")]
    assert statuses == [422, 302]


def test_sign_from_its_page_until_the_plan_is_agreed(here, case):
    row, browser = approved(here, case), browser_of(here.anna.person)
    for role in ("child", "guardian"):
        facts = {"role": role, "answer": "agrees", "way": "paper", "signed_on": today().isoformat(), "name": "Ioana"}
        browser.post(here.page(case, f"plan/{row.pk}/sign/"), facts)
    assert Plan.objects.get().state == PlanState.AGREED


def test_sign_with_an_answer_that_does_not_fit_is_asked_again(here, case):
    row = approved(here, case)
    facts = {"role": "guardian", "answer": "too_young", "way": "paper", "signed_on": today().isoformat()}
    answer = browser_of(here.anna.person).post(here.page(case, f"plan/{row.pk}/sign/"), facts)
    assert answer.status_code == 422
    assert "does not fit the person" in text_of(answer)


def test_sign_a_plan_that_waits_is_not_possible(here, case):
    row = ask(case, by=here.anna.person)
    assert browser_of(here.anna.person).get(here.page(case, f"plan/{row.pk}/sign/")).status_code == 302


def test_section_says_that_the_request_for_a_guardian_counts(here, case):
    with_guardian(here, case)
    page = text_of(browser_of(here.anna.person).get(here.page(case, "plan/")))
    assert "No guardian yet." in page


def test_goal_ends_from_its_page(here, case):
    goal = agreed(here, case).goals.get()
    facts = {"state": "reached", "ended_on": today().isoformat(), "words": "Since Monday"}
    assert browser_of(here.anna.person).post(here.page(case, f"plan/goals/{goal.pk}/"), facts).status_code == 302
    assert Goal.objects.get().state == "reached"


def test_goal_of_a_draft_does_not_end(here, case):
    goal = draft(case, by=here.anna.person).goals.get()
    facts = {"state": "reached", "ended_on": today().isoformat()}
    assert browser_of(here.anna.person).post(here.page(case, f"plan/goals/{goal.pk}/"), facts).status_code == 409


def test_damaged_plan_says_so(here, case):
    row = approved(here, case)
    Envelope.objects.filter(pk=row.envelope_id).update(content=b"altered")
    page = text_of(unlocked_browser_of(here.ben).get(here.page(case, "plan/")))
    assert "This part is damaged and cannot be read." in page


def test_section_shows_a_return_with_its_days(here, case):
    determined(here, case)
    agreed(here, case, text=a_return())
    page = text_of(unlocked_browser_of(here.ben).get(here.page(case, "plan/")))
    assert RETURN["receiver"] in page


def test_service_is_added_from_its_page_with_a_locked_vault(here, case):
    facts = {"service": "legal_aid", "provider": "Bureau", "provider_kind": "ngo", "country": case.desk.country_id}
    facts |= {"requested_on": today().isoformat()}
    assert browser_of(here.anna.person).post(here.page(case, "do/service/"), facts).status_code == 302
    assert ServiceRow.objects.get().service == "legal_aid"


def test_service_with_a_basis_and_no_words_is_asked_again(here, case):
    facts = {"service": "legal_aid", "provider_kind": "ngo", "country": case.desk.country_id, "basis": "consent"}
    facts |= {"requested_on": today().isoformat()}
    answer = browser_of(here.anna.person).post(here.page(case, "do/service/"), facts)
    assert answer.status_code == 422
    assert 'href="#id_text"' in text_of(answer)


def test_section_names_the_services_without_a_basis(here, case):
    add_service(case, by=here.anna.person)
    page = text_of(browser_of(here.anna.person).get(here.page(case, "services/")))
    assert "Neither consent nor another lawful basis: Legal aid" in page


@pytest.mark.parametrize("step", PAGES)
def test_step_of_a_service_from_its_page(here, case, step):
    row = add_service(case, by=here.anna.person)
    facts = {"day": today().isoformat(), "text": "The guardian said so", "basis": "consent", "helpful": "yes"}
    answer = browser_of(here.anna.person).post(here.page(case, f"services/{row.pk}/{step}/"), facts)
    row.refresh_from_db()
    assert answer.status_code == 302
    assert step == "basis" or row.state == step


def test_step_of_a_service_that_is_none_is_not_there(here, case):
    row = add_service(case, by=here.anna.person)
    assert browser_of(here.anna.person).get(here.page(case, f"services/{row.pk}/paid/")).status_code == 404


def test_give_service_without_a_basis_is_refused_in_words(here, case):
    row = add_service(case, by=here.anna.person)
    facts = {"day": today().isoformat(), "text": "Here"}
    answer = browser_of(here.anna.person).post(here.page(case, f"services/{row.pk}/provided/"), facts)
    assert answer.status_code == 409
    assert "Record the consent, or another basis" in text_of(answer)


@pytest.mark.parametrize("make", [add_service, provided])
def test_section_offers_what_the_action_accepts(here, case, make):
    row = make(case, by=here.anna.person)
    page = text_of(browser_of(here.anna.person).get(here.page(case, "services/")))
    offered = {state for state in ServiceState if f"services/{row.pk}/{state}/" in page}
    assert offered == ({"ended"} if make is provided else set(ServiceState) - {"requested"})


def test_review_is_recorded_from_its_page(here, case):
    facts = {"held_on": today().isoformat(), "kind": "regular", "outcome": "goes_on", "findings": "School goes well"}
    browser, address = browser_of(here.anna.person), here.page(case, "do/review/")
    statuses = [browser.post(address, facts | more).status_code for more in ({}, {"child_view": "Sleeps better"})]
    assert statuses == [409, 302]
    assert Review.objects.get().held_on == today()


def test_review_is_read_in_its_section(here, case):
    review(case, by=here.anna.person)
    assert "School goes well" in text_of(unlocked_browser_of(here.ben).get(here.page(case, "plan/")))


def test_review_is_planned_from_its_page(here, case):
    facts = {"kind": "risk", "planned_on": today().isoformat()}
    browser_of(here.anna.person).post(here.page(case, "do/review-day/"), facts)
    assert Review.objects.get().planned_on == today()


def test_follow_up_of_a_closed_case_is_recorded_from_its_page(here, case):
    closed(here, case)
    task, browser = Task.objects.filter(case=case).first(), browser_of(here.anna.person)
    facts = {"task": task.pk, "done_on": today().isoformat(), "result": "spoken", "safe": "no", "words": "Afraid"}
    assert browser.post(here.page(case, "do/follow-up/"), facts).status_code == 302
    assert FollowUp.objects.get().safe == "no"
    assert again(case).stage == "closed"


def test_follow_up_of_a_running_case_is_not_offered(here, case):
    assert browser_of(here.anna.person).get(here.page(case, "do/follow-up/")).status_code == 302


def test_page_that_saves_itself_keeps_the_goals(here, case):
    answer = browser_of(here.anna.person).post(here.page(case, "plan/write/"), sent("auto"))
    assert answer.json()["seen"] == str(Plan.objects.get().envelope_id)
    assert Plan.objects.get().goals.count() == 1
