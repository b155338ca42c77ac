"""Forms beside each other on the page of a report: what is typed in one outlives the press on the button of another."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from desks.reports.models import Message, Report
from desks.reports.states import Voice
from tests.desks.inbox.inbox_desks import InboxDesk, unlocked_browser_of
from tests.people import browser_of

pytestmark = pytest.mark.django_db
NOTE = "Half a note, for"
# What a browser sends of the one form of the page.
PAGE = {
    "voice": "note",
    "text": NOTE,
    "own": "",
    "language": "el",
    "assign-to": "",
    "triage-risk": "high",
    "triage-reason": "Young",
    "merge-into": "",
}


@pytest.fixture
def report(inbox) -> Report:
    return inbox.report()


@pytest.fixture
def browser(inbox) -> Client:
    return unlocked_browser_of(inbox.anna)


def send(browser: Client, inbox: InboxDesk, report: Report, step: str, **changed: str) -> Any:
    return browser.post(inbox.address(report, step), PAGE | changed)


def test_triage_leaves_the_note_in_its_field_and_says_what_is_done(inbox, report, browser):
    answer = send(browser, inbox, report, "move/triage/")
    assert answer.status_code == 200
    assert answer.context["composer"]["text"].value() == NOTE
    assert "Triage saved. Risk: High" in answer.text
    assert Report.objects.get().risk == "high"


def test_saved_words_are_not_shown_again(inbox, report, browser):
    answer = send(browser, inbox, report, "move/triage/")
    assert answer.context["triage"]["reason"].value() in {None, ""}


@pytest.mark.parametrize(
    ("step", "fields"),
    [
        ("assign/", {"take": "1"}),
        ("write/", {"send": "nothing"}),
        ("move/merge/", {"merge-into": "R99999"}),
        ("move/close/", {}),
    ],
)
def test_note_outlives_every_other_step(inbox, report, browser, step, fields):
    answer = send(browser, inbox, report, step, **fields)
    assert answer.context["composer"]["text"].value() == NOTE
    assert not Message.objects.filter(voice=Voice.NOTE).exists()


def test_reason_outlives_the_note_that_is_saved(inbox, report, browser):
    answer = send(browser, inbox, report, "write/", send="note")
    assert answer.context["triage"]["reason"].value() == "Young"
    assert answer.context["triage"]["risk"].value() == "high"
    assert answer.context["composer"]["text"].value() in {None, ""}
    assert Message.objects.filter(voice=Voice.NOTE).count() == 1


def test_translation_outlives_the_note_that_is_saved(inbox, report, browser):
    name = f"translation-{Message.objects.get().envelope_id}-text"
    answer = send(browser, inbox, report, "write/", send="note", **{name: "Two children"})
    assert f'name="{name}"' in answer.text
    assert "Two children</textarea>" in answer.text


def test_step_with_nothing_else_typed_leads_back_to_the_page(inbox, report, browser):
    answer = send(browser, inbox, report, "move/triage/", text="")
    assert answer.status_code == 302


def test_error_beside_keeps_the_note(inbox, report, browser):
    answer = send(browser, inbox, report, "move/triage/", **{"triage-reason": ""})
    assert answer.status_code == 422
    assert answer.context["composer"]["text"].value() == NOTE
    assert 'href="#triage-reason"' in answer.text


def test_step_that_is_done_while_the_vault_is_locked_says_so_and_keeps_the_rest(inbox, report):
    answer = browser_of(inbox.anna.person).post(inbox.address(report, "write/"), PAGE | {"send": "note"})
    assert answer.status_code == 409
    assert "Your last step is saved." in answer.text
    assert "Young" in answer.text
    assert NOTE not in answer.text
    assert 'name="send" value="nothing"' in answer.text


def test_page_has_one_form_and_no_field_twice(inbox, report, browser):
    page = browser.get(inbox.address(report)).text
    main = page[page.index("<main") : page.index("</main")]
    assert main.count("<form") == 2  # the other uncovers the page when the vault has locked
    assert main.count('name="triage-reason"') == 1
    assert main.count('name="text"') == 1
