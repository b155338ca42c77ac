"""Every step: offered to those whom the server accepts, refused to others, and what was typed stays."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from desks.cases import notes
from desks.cases.casework import Guardian, IdentityBlock, Relative, StatusDecision, Task
from desks.cases.code_lists import Block
from desks.cases.models import Case
from desks.cases.states import BlockState, GuardianState, VictimStatus
from desks.cases.steps import STEPS, offered_steps
from desks.reports.states import Risk
from partners.memberships.states import Role
from tests.desks.cases.case_desks import NAME, CaseDesk, again
from tests.desks.inbox.inbox_desks import stranger, unlocked_browser_of
from tests.files.metadata.samples import SAMPLES
from tests.people import browser_of, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(here) -> Case:
    return here.case()


def offered(here: CaseDesk, case: Case, who: str) -> set[str]:
    return {step.name for step in offered_steps(again(case), getattr(here, who).person)}


WRITING = {"risk", "task", "guardian", "relative", "interpreter", "facts", "figures", "phase", "service", "review"}
WRITING |= {"review-day", "rights"}


@pytest.mark.parametrize(
    ("who", "steps"),
    [
        ("anna", WRITING | {"hand-over", "close"}),
        ("ben", WRITING | {"close"}),
        ("chief", WRITING | {"assign", "lead", "hold", "leave-out", "close"}),
    ],
)
def test_steps_of_an_open_case_are_those_of_the_role(here, case, who, steps):
    assert offered(here, case, who) == steps


@pytest.mark.parametrize(
    ("who", "steps"), [("anna", {"reopen", "rights"}), ("chief", {"reopen", "hold", "leave-out", "rights"})]
)
def test_steps_of_a_closed_case_are_those_of_the_role(here, case, who, steps):
    Case.objects.filter(pk=case.pk).update(stage="closed", closed_at=case.opened_at)
    assert offered(here, case, who) == steps


def test_colleague_without_keys_is_offered_nothing(here, case):
    assert offered_steps(again(case), person(Role.WORKER, here.organisation)) == []


@pytest.mark.parametrize("name", sorted(STEPS))
@pytest.mark.parametrize("who", ["anna", "ben", "chief"])
def test_page_of_a_step_opens_for_those_to_whom_it_is_offered(here, case, who, name):
    browser = browser_of(getattr(here, who).person)
    status = browser.get(here.page(case, f"do/{name}/")).status_code
    assert status == (200 if name in offered(here, case, who) else 302)


def test_step_is_not_there_for_a_stranger(here, case):
    assert browser_of(stranger()).get(here.page(case, "do/risk/")).status_code == 404


def test_set_risk_from_its_page(here, case):
    sent = {"risk": "high", "reason": "The man came back"}
    browser_of(here.anna.person).post(here.page(case, "do/risk/"), sent)
    assert again(case).risk == Risk.HIGH


def test_lower_risk_is_refused_and_keeps_the_reason(here, case):
    sent = {"risk": "low", "reason": "It is quiet now"}
    answer = browser_of(here.anna.person).post(here.page(case, "do/risk/"), sent)
    assert answer.status_code == 409
    assert "It is quiet now" in answer.content.decode()


def test_add_task_from_its_page(here, case):
    sent = {"text": "Call the school", "due": "2027-01-04", "owner": "", "priority": "normal"}
    browser_of(here.anna.person).post(here.page(case, "do/task/"), sent)
    assert Task.objects.get().due_at.astimezone(here.desk.zone).hour == 17


def test_hand_over_from_its_page(here, case):
    sent = {"to": here.ben.person.pk, "words": "She trusts the teacher"}
    browser_of(here.anna.person).post(here.page(case, "do/hand-over/"), sent)
    assert again(case).worker == here.ben.person


def test_record_guardian_from_its_page(here, case):
    sent = {"state": "requested", "happened_on": timezone.localdate().isoformat(), "kind": "unknown", "name": "Court"}
    browser_of(here.anna.person).post(here.page(case, "do/guardian/"), sent)
    assert again(case).guardian_state == GuardianState.REQUESTED
    assert Guardian.objects.count() == 1


def test_add_relative_from_its_page(here, case):
    sent = {"relation": "mother", "name": "M. Z.", "blocked": "on", "why": "May be involved"}
    browser_of(here.anna.person).post(here.page(case, "do/relative/"), sent)
    assert Relative.objects.get().blocked


def facts(case: Case, **changed: str) -> dict[str, str]:
    """What the page of the facts sends back."""
    names = ("age_band", "age_basis", "unaccompanied", "family_may_be_involved", "language")
    shown = {name: str(getattr(case, name)) for name in names}
    seen = {f"seen_{name}": value for name, value in shown.items()} | {"seen_limits_told": "True"}
    return shown | seen | {"limits_told": "on"} | changed


def test_change_facts_from_its_page(here, case):
    browser_of(here.anna.person).post(here.page(case, "do/facts/"), facts(case, unaccompanied="yes"))
    assert again(case).unaccompanied == "yes"


def test_change_facts_that_changed_meanwhile_says_so_beside_the_field(here, case):
    stale = facts(case, unaccompanied="yes")
    Case.objects.filter(pk=case.pk).update(unaccompanied="no")
    answer = browser_of(here.anna.person).post(here.page(case, "do/facts/"), stale)
    assert answer.status_code == 409
    assert "unaccompanied" in answer.context["form"].errors


def test_ask_to_close_names_the_open_task_with_a_link(here, case):
    task = notes.add_task(case, "Call", by=here.anna.person)
    shown = browser_of(here.anna.person).get(here.page(case, "do/close/")).content.decode()
    assert f"#task-{task.pk}" in shown


def test_write_part_of_the_record_with_an_open_vault(here, case):
    shown = unlocked_browser_of(here.ben).get(here.page(case, "write/identity/")).content.decode()
    assert NAME["family"] in shown


def test_write_part_of_the_record_with_a_locked_vault_covers_nothing_up(here, case):
    browser = browser_of(here.ben.person)
    shown = browser.get(here.page(case, "write/identity/")).content.decode()
    assert NAME["family"] not in shown
    assert 'name="seen" value="0"' in shown
    browser.post(here.page(case, "write/identity/"), {"given": "Ana", "source": "child", "seen": "0"})
    states = sorted(IdentityBlock.objects.filter(case=case).values_list("state", flat=True))
    assert states == [BlockState.DRAFT, BlockState.SAVED]


def test_write_part_of_the_record_that_was_seen_counts(here, case):
    sent = {"given": "Ana", "source": "child", "seen": "1"}
    unlocked_browser_of(here.ben).post(here.page(case, "write/identity/"), sent)
    assert IdentityBlock.objects.filter(case=case, block=Block.IDENTITY, state=BlockState.SAVED).count() == 2


def test_write_part_that_does_not_exist_is_not_found(here, case):
    assert browser_of(here.ben.person).get(here.page(case, "write/nothing/")).status_code == 404


def test_presume_is_not_offered_to_a_worker(here, case):
    shown = browser_of(here.anna.person).get(here.page(case, "status/")).content.decode()
    assert 'value="presumed"' not in shown


def test_presume_by_a_supervisor_from_its_page(here, case):
    browser_of(here.chief.person).post(here.page(case, "status/"), {"status": "presumed", "words": "Signs"})
    assert again(case).victim_status == VictimStatus.PRESUMED


def decision(paper: SimpleUploadedFile) -> dict[str, object]:
    day = timezone.localdate().isoformat()
    given = {"status": "identified", "words": "By decision", "body": "police", "decided_on": day, "received_on": day}
    return given | {"paper": paper}


def test_paper_of_a_decision_that_is_too_large_says_so(here, case, monkeypatch):
    monkeypatch.setattr("victor.files.upload_handlers.MAX_FILE_BYTES", 10)
    paper = SimpleUploadedFile("decision.pdf", SAMPLES["PDF"]())
    answer = browser_of(here.anna.person).post(here.page(case, "status/"), decision(paper))
    assert "This file is larger than" in answer.text


def test_paper_that_is_too_large_beside_another_fault_says_so(here, case, monkeypatch):
    monkeypatch.setattr("victor.files.upload_handlers.MAX_FILE_BYTES", 10)
    paper = SimpleUploadedFile("decision.pdf", SAMPLES["PDF"]())
    answer = browser_of(here.anna.person).post(here.page(case, "status/"), decision(paper) | {"decided_on": "soon"})
    assert "This file is larger than" in answer.text


def test_paper_beside_another_fault_is_asked_for_again(here, case):
    paper = SimpleUploadedFile("decision.pdf", SAMPLES["PDF"]())
    answer = browser_of(here.anna.person).post(here.page(case, "status/"), decision(paper) | {"decided_on": "soon"})
    assert "Please choose your files again." in answer.text


def test_paper_of_a_decision_is_written_to_no_disk(here, case, settings, tmp_path):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "nowhere")
    paper = SimpleUploadedFile("decision.pdf", SAMPLES["PDF"]())
    assert browser_of(here.anna.person).post(here.page(case, "status/"), decision(paper)).status_code == 302


def test_decision_of_a_body_keeps_its_paper(here, case):
    paper = SimpleUploadedFile("decision.pdf", SAMPLES["PDF"]())
    browser_of(here.anna.person).post(here.page(case, "status/"), decision(paper))
    number = StatusDecision.objects.get().pk
    answer = unlocked_browser_of(here.ben).get(here.page(case, f"papers/{number}/"))
    assert b"".join(answer).startswith(b"%PDF")
    assert f"{case.reference}-{number}.pdf" in answer["Content-Disposition"]


def test_decision_with_a_file_that_is_none_is_refused(here, case):
    paper = SimpleUploadedFile("decision.pdf", b"\x00\x01 no paper")
    answer = browser_of(here.anna.person).post(here.page(case, "status/"), decision(paper))
    assert answer.status_code == 409
    assert again(case).victim_status == VictimStatus.UNASSESSED
