"""A text that others read is locked, what moves on is what is on the screen, and the badge follows."""

from __future__ import annotations

import pytest
from django.test import Client

from partners.memberships.states import Role
from tests.people import browser_of, person
from tests.workspace.texts.test_views import address, page, texts, translator, written
from victor.publishing import actions as publishing_actions
from victor.publishing.states import TextState

pytestmark = pytest.mark.django_db
page = page  # the fixture of the other tests


@pytest.fixture
def browser() -> Client:
    return browser_of(translator("bg"))


def typed(revision: int, word: str = "Дете") -> dict[str, object]:
    return {"revision": revision, "source": 1} | texts(word)


def test_request_for_review_saves_what_is_in_the_fields(page, browser):
    browser.post(address(page, "bg"), typed(0))
    browser.post(address(page, "bg", "submit/"), typed(1, "Ново"))
    assert written(page, "bg").fields["title"] == "Ново"
    assert written(page, "bg").state == TextState.IN_REVIEW


def test_first_request_for_review_needs_no_draft_before(page, browser):
    answer = browser.post(address(page, "bg", "submit/"), typed(0), follow=True)
    assert written(page, "bg").state == TextState.IN_REVIEW
    assert "The text has been sent for review." in answer.text


def test_request_for_review_of_an_outdated_page_shows_the_other_text_and_keeps_the_words(page, browser):
    browser.post(address(page, "bg"), typed(0))
    answer = browser.post(address(page, "bg", "submit/"), typed(0, "Моят"))
    assert answer.status_code == 409
    assert "Моят" in answer.text
    assert written(page, "bg").state == TextState.DRAFT


def test_text_in_review_has_no_field_and_says_how_to_write_on(page, browser):
    browser.post(address(page, "bg", "submit/"), typed(0))
    shown = browser.get(address(page, "bg")).text
    assert 'name="title"' not in shown
    assert "Return to draft and edit" in shown


@pytest.mark.parametrize("state", [TextState.IN_REVIEW, TextState.APPROVED])
@pytest.mark.parametrize("rest", ["", "autosave/"])
def test_typing_in_an_old_page_does_not_change_a_text_that_others_read(page, browser, state, rest):
    browser.post(address(page, "bg", "submit/"), typed(0))
    if state == TextState.APPROVED:
        publishing_actions.approve(written(page, "bg"), by=person(Role.EDITOR))
    answer = browser.post(address(page, "bg", rest), typed(written(page, "bg").revision, "Късно"))
    assert answer.status_code == 409
    assert written(page, "bg").state == state
    assert written(page, "bg").fields["title"] == "Дете"


def test_words_typed_into_a_locked_text_are_kept_on_the_screen(page, browser):
    browser.post(address(page, "bg", "submit/"), typed(0))
    answer = browser.post(address(page, "bg"), typed(1, "Късно"))
    assert "Късно" in answer.text
    assert "this text is being reviewed" in answer.text


def test_text_is_taken_back_and_written_on(page, browser):
    browser.post(address(page, "bg", "submit/"), typed(0))
    answer = browser.post(address(page, "bg", "take_back/"), {"revision": 1}, follow=True)
    assert written(page, "bg").state == TextState.DRAFT
    assert 'name="title"' in answer.text
    assert "the text is a draft again" in answer.text


def test_autosave_tells_the_badge_where_the_text_stands(page, browser):
    browser.post(address(page, "bg"), typed(0))
    answer = browser.post(address(page, "bg", "autosave/"), typed(1, "Ново")).json()
    assert answer["state"] == "draft"
    assert answer["words"] == "Draft"


def test_public_page_opens_in_the_language_of_the_text(page):
    shown = browser_of(person(Role.EDITOR)).get(address(page, "el")).text
    assert f'href="/el{page.get_absolute_url()[3:]}"' in shown


def test_approval_is_the_first_button_of_a_text_in_review(page, browser):
    browser.post(address(page, "bg", "submit/"), typed(0))
    shown = browser_of(person(Role.EDITOR)).get(address(page, "bg")).text
    assert '<button class="button" type="submit">Approve</button>' in shown
