"""The page of a case: readable with an open vault, usable with a locked one, and not there for strangers."""

from __future__ import annotations

import pytest
from django.test import Client

from desks.cases import child_record, closures, decisions, notes, restrictions
from desks.cases.casework import IdentityBlock, Task
from desks.cases.closures import ClosureFacts
from desks.cases.code_lists import Block, ClosureOutcome, ClosureReason, Phase, Source
from desks.cases.models import Case
from desks.cases.sections import CASE_SECTIONS
from desks.cases.states import CaseMove, Stage, TaskState
from tests.confirming import CONFIRMED
from tests.desks.cases.case_desks import NAME, REASON, CaseDesk, again
from tests.desks.inbox.inbox_desks import stranger, unlocked_browser_of
from tests.people import browser_of
from victor.audit.models import Entry
from victor.vault.records.models import Envelope

pytestmark = pytest.mark.django_db
RULE = "the library"


@pytest.fixture
def case(here) -> Case:
    case = here.case()
    child_record.save_block(case, Block.SAFETY, {"say": RULE}, source=Source.CHILD, seen=0, by=here.anna.person)
    return case


def content(browser: Client, address: str, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_page_with_an_open_vault_shows_the_rule_of_safe_contact(here, case):
    assert RULE in content(unlocked_browser_of(here.ben), here.page(case))


def test_page_with_a_locked_vault_says_do_not_call(here, case):
    shown = content(browser_of(here.ben.person), here.page(case))
    assert RULE not in shown
    assert "Do not call before you have read it" in shown


def test_page_of_a_case_is_not_there_for_a_stranger(here, case):
    content(browser_of(stranger()), here.page(case), 404)


def test_page_of_a_restricted_case_is_not_there_for_a_colleague(here, case):
    restrictions.restrict_case(case, [here.chief.person, here.boss.person], by=here.chief)
    content(unlocked_browser_of(here.ben), here.page(case), 404)


def test_title_of_the_page_is_the_reference_alone(here, case):
    shown = content(unlocked_browser_of(here.ben), here.page(case))
    title = shown[shown.index("<title>") : shown.index("</title>")]
    assert case.reference in title
    assert NAME["family"] not in title


def test_reading_writes_one_row_of_the_log_for_the_page(here, case):
    content(unlocked_browser_of(here.ben), here.page(case))
    assert Entry.objects.filter(action="case.read").count() == 1


def test_log_says_which_section_was_read(here, case):
    browser = unlocked_browser_of(here.ben)
    content(browser, here.page(case, "child/"))
    assert "Read: Child" in content(browser, here.page(case, "log/"))


def test_page_with_a_locked_vault_is_no_reading(here, case):
    content(browser_of(here.ben.person), here.page(case))
    assert not Entry.objects.filter(action="case.read").exists()


@pytest.mark.parametrize("name", CASE_SECTIONS)
@pytest.mark.parametrize("is_open", [True, False], ids=["open vault", "locked vault"])
def test_section_opens(here, case, name, is_open):
    browser = unlocked_browser_of(here.ben) if is_open else browser_of(here.ben.person)
    content(browser, here.page(case, f"{name}/"))


def test_section_that_does_not_exist_is_not_found(here, case):
    content(browser_of(here.ben.person), here.page(case, "nothing/"), 404)


def test_child_is_shown_with_an_open_vault_alone(here, case):
    assert NAME["family"] in content(unlocked_browser_of(here.ben), here.page(case, "child/"))
    assert NAME["family"] not in content(browser_of(here.ben.person), here.page(case, "child/"))


def test_timeline_shows_the_reason_of_the_risk(here, case):
    assert REASON in content(unlocked_browser_of(here.ben), here.page(case, "timeline/"))


def test_damaged_part_says_so_and_the_rest_is_there(here, case):
    block = IdentityBlock.objects.get(case=case, block=Block.IDENTITY)
    Envelope.objects.filter(pk=block.envelope_id).update(content=b"altered")
    shown = content(unlocked_browser_of(here.ben), here.page(case, "child/"))
    assert "This part is damaged and cannot be read. Nothing was deleted." in shown
    assert RULE in shown


def test_write_note_with_a_locked_vault_is_saved(here, case):
    sent = {"text": "She slept well", "kind": "note", "sensitivity": "normal"}
    browser_of(here.ben.person).post(here.page(case, "note/"), sent)
    assert "She slept well" in content(unlocked_browser_of(here.anna), here.page(case))


def test_write_note_without_words_keeps_the_page(here, case):
    answer = browser_of(here.ben.person).post(here.page(case, "note/"), {"text": "", "kind": "note"})
    assert answer.status_code == 422


def test_settle_task_takes_it_from_the_page(here, case):
    task = notes.add_task(case, "Call the school", by=here.anna.person)
    browser_of(here.ben.person).post(here.page(case, f"tasks/{task.pk}/done/"))
    assert Task.objects.get(pk=task.pk).state == TaskState.DONE


def test_task_of_another_case_is_not_settled_from_here(here, case):
    task = notes.add_task(here.case(), "Call", by=here.anna.person)
    assert browser_of(here.ben.person).post(here.page(case, f"tasks/{task.pk}/done/")).status_code == 404


def test_choose_between_two_texts_makes_the_second_count(here, case):
    draft = child_record.save_block(
        case, Block.SAFETY, {"say": "the school"}, source=Source.CHILD, seen=0, by=here.ben.person
    )
    assert "the school" in content(unlocked_browser_of(here.anna), here.page(case, "child/"))
    browser_of(here.anna.person).post(here.page(case, f"drafts/{draft.pk}/use/"))
    assert child_record.current_number(case, Block.SAFETY) == 2


def asked(here: CaseDesk, case: Case) -> str:
    """Where a request to close is decided."""
    facts = ClosureFacts(ClosureOutcome.PROTECTED_AT_HOME, ClosureReason.GOALS)
    request = closures.ask_to_move(case, CaseMove.CLOSE, {"text": "Safe"}, closure=facts, by=here.anna.person)
    return here.page(case, f"requests/{request.pk}/")


def test_approve_asks_first_and_closes_after(here, case):
    address, browser = asked(here, case), browser_of(here.chief.person)
    browser.post(f"{address}approve/")
    assert again(case).stage == Stage.OPENED
    browser.post(f"{address}approve/", CONFIRMED)
    assert again(case).stage == Stage.CLOSED


def test_approve_by_the_asker_changes_nothing(here, case):
    browser_of(here.anna.person).post(f"{asked(here, case)}approve/", CONFIRMED)
    assert again(case).stage == Stage.OPENED


def test_asker_sees_no_approve_on_the_page(here, case):
    address = asked(here, case)
    assert f"{address}approve/" not in content(browser_of(here.anna.person), here.page(case))
    assert f"{address}approve/" in content(browser_of(here.chief.person), here.page(case))


def test_give_back_needs_a_reason(here, case):
    answer = browser_of(here.chief.person).post(f"{asked(here, case)}give-back/", {"words": ""})
    assert answer.status_code == 422


def test_restrict_names_the_people_and_closes_the_case_to_the_others(here, case):
    sent = CONFIRMED | {"people": [here.chief.person.pk, here.anna.person.pk]}
    unlocked_browser_of(here.chief).post(here.page(case, "restrict/"), sent)
    assert again(case).is_restricted


def test_take_case_without_worker_from_its_page(here, case):
    Case.objects.filter(pk=case.pk).update(worker=None)
    browser_of(here.ben.person).post(here.page(case, "take/"))
    assert again(case).worker == here.ben.person


def test_remove_person_asks_and_then_closes_the_case_to_them(here, case):
    people = [here.anna.person, here.ben.person, here.chief.person]
    restrictions.restrict_case(case, people, by=here.chief)
    browser, address = unlocked_browser_of(here.chief), here.page(case, f"named/{here.ben.person.pk}/remove/")
    assert "can no longer open this case" in content(browser, address)
    browser.post(address, CONFIRMED)
    assert browser_of(here.ben.person).get(here.page(case)).status_code == 404


def test_remove_person_of_two_is_refused_with_the_reason(here, case):
    restrictions.restrict_case(case, [here.anna.person, here.chief.person], by=here.chief)
    address = here.page(case, f"named/{here.anna.person.pk}/remove/")
    unlocked_browser_of(here.chief).post(address, CONFIRMED)
    assert browser_of(here.anna.person).get(here.page(case)).status_code == 200


def test_end_phase_from_the_page_says_until_when_it_ran(here, case):
    phase = decisions.begin_phase(case, Phase.IDENTIFICATION, "Begun", by=here.anna.person)
    browser = browser_of(here.anna.person)
    browser.post(here.page(case, f"phases/{phase.pk}/end/"))
    assert "The phase has ended." in content(browser, here.page(case, "people/"))
    assert case.phases.exclude(until=None).exists()
