"""Finding 8: whoever approves or publishes a text names the revision that they have read."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from partners.memberships.states import Role
from tests.people import browser_of, person
from victor.access import System
from victor.pages.models import Page
from victor.publishing import actions as publishing_actions
from victor.publishing import bundled_texts
from victor.publishing.errors import ReadOtherText
from victor.publishing.models import LanguageVersion
from victor.publishing.states import TextState

pytestmark = pytest.mark.django_db
CHANGED = "This has changed since you opened it"


def texts(word: str) -> dict[str, str]:
    return {"title": word, "summary": word, "body": f"<p>{word}</p>"}


@pytest.fixture
def page() -> Page:
    page = Page.objects.create(slug="signs")
    bundled_texts.publish_bundled(page, "en", texts("HARMLESS"), by=System("test"))
    return page


def submit(page: Page, word: str, author) -> LanguageVersion:
    return publishing_actions.submit(publishing_actions.save_draft(page, "en", texts(word), by=author), by=author)


def address(page: Page, rest: str = "") -> str:
    return f"/en/workspace/texts/pages.page/{page.pk}/en/{rest}"


def form_of(browser: Client, page: Page, move: str) -> dict[str, str]:
    """What the button of a move sends, as the page shows it now."""
    shown = browser.get(address(page)).content.decode()
    pattern = rf'<form class="move" method="post" action="[^"]*/{move}/" novalidate>(.*?)</form>'
    form = re.search(pattern, shown, re.DOTALL)[1]
    return {"revision": re.search(r'name="revision" value="(\d+)"', form)[1]}


def current(page: Page) -> LanguageVersion:
    return LanguageVersion.objects.of(page).get(language="en")


@pytest.fixture
def reviewer() -> Client:
    return browser_of(person(Role.EDITOR))


def test_approve_refuses_a_text_that_was_exchanged_after_reading(page, reviewer):
    author = person(Role.EDITOR)
    version = submit(page, "HARMLESS", author)
    read = form_of(reviewer, page, "approve")
    publishing_actions.send_back(version, by=author)
    submit(page, "EVIL", author)
    answer = reviewer.post(address(page, "approve/"), read, follow=True).content.decode()
    assert CHANGED in answer
    assert "EVIL" in answer
    assert current(page).state == TextState.IN_REVIEW


def test_publish_refuses_a_text_that_another_reviewer_approved_after_reading(page, reviewer):
    author, second = person(Role.EDITOR), person(Role.EDITOR)
    approved = publishing_actions.approve(submit(page, "HARMLESS", author), by=second)
    read = form_of(reviewer, page, "publish")
    publishing_actions.send_back(approved, by=author)
    publishing_actions.approve(submit(page, "EVIL", author), by=second)
    assert CHANGED in reviewer.post(address(page, "publish/"), read, follow=True).content.decode()
    page.refresh_from_db()
    assert page.title_en == "HARMLESS"


def test_approve_accepts_the_text_that_was_read(page, reviewer):
    submit(page, "Better", person(Role.EDITOR))
    reviewer.post(address(page, "approve/"), form_of(reviewer, page, "approve"))
    assert current(page).state == TextState.APPROVED


@pytest.mark.parametrize("move", ["approve", "publish"])
@pytest.mark.parametrize("named", [{}, {"revision": ""}, {"revision": "x"}, {"revision": "²"}, {"revision": "0"}])
def test_decide_refuses_where_no_revision_that_was_read_is_named(page, reviewer, move, named):
    version = submit(page, "Better", person(Role.EDITOR))
    if move == "publish":
        publishing_actions.approve(version, by=person(Role.EDITOR))
    assert CHANGED in reviewer.post(address(page, f"{move}/"), named, follow=True).content.decode()


def test_schedule_refuses_a_text_that_changed_after_reading(page, reviewer):
    author = person(Role.EDITOR)
    read = {"revision": submit(page, "HARMLESS", author).revision, "publish_at": "2099-01-01T10:00"}
    publishing_actions.save_draft(page, "en", texts("EVIL"), by=author)
    assert CHANGED in reviewer.post(address(page, "schedule/"), read, follow=True).content.decode()
    assert current(page).publish_at is None


@pytest.mark.parametrize("act", ["approve", "send_back"])
def test_action_refuses_a_text_that_its_caller_read_before_it_changed(page, act):
    author = person(Role.EDITOR)
    read = submit(page, "HARMLESS", author)
    publishing_actions.save_draft(page, "en", texts("EVIL"), by=author)
    publishing_actions.submit(current(page), by=author)
    with pytest.raises(ReadOtherText):
        getattr(publishing_actions, act)(read, by=person(Role.EDITOR))
