"""A report goes to another desk: its reporter is asked, both desks agree, and only the other one opens it then."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import follow
from tests.journeys.test_report import press, words_on_note

DESKS = """
import json
from partners.directory.models import Country
from tests.desks.inbox.inbox_desks import InboxDesk, unlocked_browser_of
from tests.desks.staffed_desks import NAMES
hungary, cookies = Country.objects.get(code="HU"), {}
for slug, name in dict(szeged="Desk of Szeged", pest="Desk of Pest").items():
    place = InboxDesk(slug, country=hungary, languages=["en"], **{f"{each}_en": name for each in NAMES})
    cookies[slug] = {name: morsel.value for name, morsel in unlocked_browser_of(place.anna).cookies.items()}
print(json.dumps(cookies))
"""
STORY = "A girl of nine at the station"


@pytest.fixture(scope="session")
def cookies(portal) -> dict:
    """Two desks of one country, and the browser of one who works at each."""
    return json.loads(portal.manage("shell", "--no-imports", "-c", DESKS).splitlines()[-1])


@pytest.fixture
def at_desk(watch, cookies, portal) -> Callable[[str], Page]:
    """The inbox of one of them."""

    def enter(slug: str) -> Page:
        page = watch().page
        given = [{"name": name, "value": value, "url": portal.url} for name, value in cookies[slug].items()]
        page.context.add_cookies(given)
        page.goto(inbox(slug))
        return page

    return enter


def inbox(slug: str) -> str:
    return f"/en/workspace/desks/{slug}/"


def send(page: Page) -> str:
    """Report something; return the receipt."""
    page.goto("/en/report/hu/")
    page.locator("[name=danger][value=no]").check()
    press(page, "next")
    page.fill("[name=story]", STORY)
    press(page, "next")
    page.locator("[name=contact][value=no]").check()
    press(page, "send")
    return words_on_note(page)


def ask(page: Page) -> str:
    """Open the only report and ask whether the other desk may have it; return its reference."""
    page.locator("[data-row]").click()
    page.get_by_text("Hand over to another desk").click()
    page.select_option("#hand_over-target", "pest")
    page.fill("#hand_over-text", "May the desk of Pest go on?")
    page.get_by_role("button", name="Ask the reporter").click()
    expect(page.locator(".steps")).to_contain_text("Waiting for the reporter's answer")
    return page.get_by_role("heading", level=1).text_content()


def come_back(page: Page, receipt: str) -> None:
    page.goto("/en/report/return/")
    page.fill("[name=receipt]", receipt)
    page.get_by_role("button", name="Open").click()
    page.wait_for_selector("#answers")


@pytest.mark.long
def test_report_is_read_by_the_other_desk_once_all_three_agree(watch, at_desk):
    reporter = watch().page
    receipt = send(reporter)
    here, there = at_desk("szeged"), at_desk("pest")
    reference = ask(here)
    come_back(reporter, receipt)
    expect(reporter.get_by_role("heading", level=1)).to_have_text("We have read your message and are working on it.")
    reporter.get_by_role("button", name="Yes").click()
    expect(reporter.get_by_role("button", name="Yes")).to_have_count(0)
    there.reload()
    assert there.get_by_text(reference).count() == 0
    follow(there.get_by_role("button", name="Accept the report"))
    assert there.goto(f"{inbox('pest')}reports/{reference}/").status == 404
    here.reload()
    here.get_by_role("button", name="Hand over the report").click()
    here.get_by_role("button", name="Hand over the report").click()
    expect(here.get_by_role("status")).to_contain_text("From now on only the other desk can open it")
    assert here.goto(f"{inbox('szeged')}reports/{reference}/").status == 404
    there.goto(inbox("pest"))
    there.locator("[data-row]").click()
    expect(there.locator(".told")).to_contain_text(STORY)
    come_back(reporter, receipt)
    assert reporter.get_by_role("button", name="Yes").count() == 0
