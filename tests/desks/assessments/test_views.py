"""The pages of assessments: written with a locked vault too, finished, chosen between, approved by another."""

from __future__ import annotations

import pytest
from model_bakery import baker

from desks.assessments.models import Assessment
from desks.assessments.states import AssessmentKind
from desks.cases.models import Case
from desks.cases.states import Stage
from desks.reports.states import Risk
from partners.help_lines.models import HelpLine
from partners.help_lines.states import Confidence, Purpose
from tests.desks.assessments.assessment_desks import WORDS, draft, finish, in_month
from tests.desks.cases.case_desks import again
from tests.desks.inbox.inbox_desks import stranger, unlocked_browser_of
from tests.people import browser_of
from victor.vault.records.models import Envelope

pytestmark = pytest.mark.django_db
RISK, NEEDS, BIA, BID = AssessmentKind


@pytest.fixture
def case(here) -> Case:
    return here.case()


def sent(kind: AssessmentKind, go: str = "finish", **changed: str) -> dict[str, str]:
    """What the form of a kind sends."""
    own = {"go": go, "next_on": in_month().isoformat(), "risk": "medium" if kind == RISK else ""}
    return WORDS | own | changed


def text_of(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("kind", AssessmentKind)
def test_page_asks_what_its_kind_asks(here, case, kind):
    answer = browser_of(here.anna.person).get(here.page(case, f"assessments/{kind}/"))
    assert answer.status_code == 200
    assert 'name="reason"' in text_of(answer)


def test_page_of_a_kind_that_is_none_is_not_there(here, case):
    assert browser_of(here.anna.person).get(here.page(case, "assessments/score/")).status_code == 404


def test_page_is_not_there_for_a_stranger(here, case):
    assert browser_of(stranger()).get(here.page(case, "assessments/risk/")).status_code == 404


def test_page_of_a_closed_case_leads_back(here, case):
    Case.objects.filter(pk=case.pk).update(stage=Stage.CLOSED, closed_at=case.opened_at)
    assert browser_of(here.anna.person).get(here.page(case, "assessments/risk/")).status_code == 302


def test_title_of_the_page_names_no_child(here, case):
    page = text_of(unlocked_browser_of(here.anna).get(here.page(case, "assessments/bia/")))
    assert case.reference in page.partition("</title>")[0]


@pytest.mark.parametrize("kind", AssessmentKind)
def test_finish_from_its_page_with_a_locked_vault(here, case, kind):
    answer = browser_of(here.anna.person).post(here.page(case, f"assessments/{kind}/"), sent(kind))
    assert answer.status_code == 302
    assert Assessment.objects.signed().filter(kind=kind).exists()


def test_save_draft_with_little_is_possible(here, case):
    browser_of(here.anna.person).post(here.page(case, "assessments/bia/"), {"go": "save", "child": "Tired"})
    assert Assessment.objects.get().state == "draft"


def test_finish_with_little_is_refused_and_keeps_what_was_typed(here, case):
    answer = browser_of(here.anna.person).post(here.page(case, "assessments/bia/"), {"go": "finish", "child": "Tired"})
    assert answer.status_code == 409
    assert "Tired" in text_of(answer)
    assert not Assessment.objects.exists()


def test_finish_without_the_view_of_the_child_says_so(here, case):
    without = sent(BIA, child_view="", means="")
    answer = browser_of(here.anna.person).post(here.page(case, "assessments/bia/"), without)
    assert "or why the child was not asked" in text_of(answer)


def test_draft_is_shown_to_go_on_with(here, case):
    row = draft(case, NEEDS, by=here.anna.person, child="Sleeps badly")
    page = text_of(unlocked_browser_of(here.ben).get(here.page(case, "assessments/needs/")))
    assert "Sleeps badly" in page
    assert str(row.envelope_id) in page


def test_draft_is_covered_while_the_vault_is_locked(here, case):
    draft(case, NEEDS, by=here.anna.person, child="Sleeps badly")
    page = text_of(browser_of(here.ben.person).get(here.page(case, "assessments/needs/")))
    assert "Sleeps badly" not in page


def test_save_over_a_covered_draft_keeps_both(here, case):
    draft(case, NEEDS, by=here.anna.person, child="Sleeps badly")
    browser_of(here.ben.person).post(here.page(case, "assessments/needs/"), {"go": "save", "child": "Sleeps well"})
    page = text_of(unlocked_browser_of(here.anna).get(here.page(case, "assessments/")))
    assert "Two texts: please choose" in page
    assert "Sleeps well" in page


@pytest.mark.parametrize(("step", "state"), [("use", "draft"), ("aside", "set_aside")])
def test_choose_between_two_texts_from_the_page(here, case, step, state):
    draft(case, NEEDS, by=here.anna.person)
    second = draft(case, NEEDS, by=here.ben.person)
    browser_of(here.anna.person).post(here.page(case, f"assessments/{second.pk}/{step}/"))
    second.refresh_from_db()
    assert second.state == state


def test_earlier_version_stands_beside_the_new_one(here, case):
    finish(case, BIA, by=here.anna.person)
    page = text_of(unlocked_browser_of(here.ben).get(here.page(case, "assessments/bia/")))
    assert WORDS["options"] in page


def test_damaged_assessment_says_so(here, case):
    row = finish(case, BIA, by=here.anna.person)
    Envelope.objects.filter(pk=row.envelope_id).update(content=b"altered")
    page = text_of(unlocked_browser_of(here.ben).get(here.page(case, "assessments/")))
    assert "This part is damaged and cannot be read." in page


def test_lower_risk_from_its_page_leaves_the_header(here, case):
    browser = unlocked_browser_of(here.anna)
    browser.post(here.page(case, "assessments/risk/"), sent(RISK, risk="low"))
    page = text_of(browser.get(here.page(case, "assessments/")))
    assert "Until a supervisor agrees, the risk stays: Medium." in page
    assert again(case).risk == Risk.MEDIUM


@pytest.mark.parametrize(("who", "offered"), [("anna", False), ("ben", False), ("chief", True)])
def test_approve_is_offered_to_another_supervisor_alone(here, case, who, offered):
    row = finish(case, RISK, by=here.anna.person, risk=Risk.LOW)
    page = text_of(unlocked_browser_of(getattr(here, who)).get(here.page(case, "assessments/")))
    assert (f"assessments/{row.pk}/approve/" in page) is offered


def test_approve_from_its_page_asks_first(here, case):
    row = finish(case, RISK, by=here.anna.person, risk=Risk.LOW)
    browser, address = browser_of(here.chief.person), here.page(case, f"assessments/{row.pk}/approve/")
    assert "Lower the risk of" in text_of(browser.post(address))
    browser.post(address, {"confirmed": "yes"})
    assert again(case).risk == Risk.LOW


def test_approve_by_the_author_changes_nothing(here, case):
    row = finish(case, RISK, by=here.chief.person, risk=Risk.LOW)
    browser_of(here.chief.person).post(here.page(case, f"assessments/{row.pk}/approve/"), {"confirmed": "yes"})
    assert again(case).risk == Risk.MEDIUM


def test_give_back_from_its_page_needs_a_reason(here, case):
    row = finish(case, RISK, by=here.anna.person, risk=Risk.LOW)
    browser, address = browser_of(here.chief.person), here.page(case, f"assessments/{row.pk}/give-back/")
    statuses = [browser.post(address, {"words": words}).status_code for words in ("", "Seen again")]
    assert statuses == [422, 302]


def test_danger_shows_whom_to_call_first(here, case, emergency_number):
    finish(case, RISK, by=here.anna.person, risk=Risk.DANGER)
    page = text_of(browser_of(here.anna.person).get(here.page(case, "assessments/")))
    assert "Call first:" in page


@pytest.fixture
def emergency_number(here) -> None:
    """The number of the country."""
    given = {"number": "112", "dial": "112", "purpose": Purpose.EMERGENCY, "confidence": Confidence.HIGH}
    baker.make(HelpLine, country=here.desk.country, publish=True, name_en="Emergency", **given)


def test_page_that_saves_itself_is_told_until_when(here, case):
    answer = browser_of(here.anna.person).post(here.page(case, "assessments/needs/"), sent(NEEDS, "auto"))
    assert answer.json()["saved"].startswith("Saved ")
    assert answer.json()["seen"] == str(Assessment.objects.get().envelope_id)


def test_page_that_saves_itself_over_another_text_is_told_what_to_do(here, case):
    browser, address = browser_of(here.anna.person), here.page(case, "assessments/needs/")
    browser.post(address, sent(NEEDS, "auto"))
    answer = browser.post(address, sent(NEEDS, "auto"))
    assert answer.status_code == 409
    assert "both texts are kept" in answer.json()["error"]


def test_page_that_saves_itself_with_a_wrong_day_is_told_so(here, case):
    address = here.page(case, "assessments/risk/")
    answer = browser_of(here.anna.person).post(address, sent(RISK, "auto", next_on="tomorrow"))
    assert answer.status_code == 422
