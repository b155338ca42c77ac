"""A desk becomes public: keys, a test report answered in time, an agreement, a text; and a visitor finds it."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import follow

PEOPLE = """
import json
from partners.memberships.states import Role
from tests.desks.inbox.inbox_desks import unlocked_browser_of
from tests.desks.project_desks import make_colleague, load_desk
desk = load_desk("romania")
leader, worker = make_colleague(desk, Role.SUPERVISOR), make_colleague(desk)
browsers = [unlocked_browser_of(vault) for vault in (leader, worker)]
cookies = [{name: morsel.value for name, morsel in browser.cookies.items()} for browser in browsers]
print(json.dumps(dict(desk=desk.pk, leader=cookies[0], worker=cookies[1])))
"""
DESK = "/en/workspace/desks/romania/"


@pytest.fixture(scope="session")
def desk(portal) -> dict:
    """A desk without keys, with one who leads it and one who works there."""
    return json.loads(portal.manage("shell", "--no-imports", "-c", PEOPLE).splitlines()[-1])


@pytest.fixture
def browser(watch, portal, desk) -> Callable[[str], Page]:
    """The browser of one of them."""

    def enter(who: str) -> Page:
        page = watch().page
        given = [{"name": name, "value": value, "url": portal.url} for name, value in desk[who].items()]
        page.context.add_cookies(given)
        return page

    return enter


def rehearse(leader: Page, worker: Page) -> None:
    """Open the keys, send a test report, and answer it."""
    leader.goto(f"{DESK}people/")
    leader.get_by_role("button", name="Create the desk's keys").click()
    leader.locator(".button--danger").click()
    leader.get_by_role("button", name="Send a test report").click()
    expect(leader.get_by_role("status")).to_contain_text("A test report is in the inbox.")
    worker.goto(DESK)
    worker.locator("[data-row]").click()
    worker.check("[name=triage-risk][value=low]")
    worker.fill("#triage-reason", "A test")
    follow(worker.get_by_role("button", name="Save the risk"))
    worker.check("[name=voice][value=answer]")
    worker.fill("#id_text", "We have read it, and we answer you.")
    worker.locator(".composer__send").click()
    expect(worker.locator(".words--answer")).to_contain_text("we answer you")


def sign(coordinator: Page) -> None:
    """Draft an agreement with the organisation of the desk, enter both signatures, and mark it as signed."""
    coordinator.goto("/en/workspace/agreements/new/")
    coordinator.select_option("#id_kind", "data_sharing")
    coordinator.fill("#id_title_en", "Data sharing with Romania")
    coordinator.get_by_label("Save the Children Romania").check()
    coordinator.get_by_label("The Smile of the Child").check()
    coordinator.get_by_label("Publication of the desks of its parties").check()
    coordinator.fill("#id_valid_from", "2026-01-09")
    coordinator.select_option("#id_owner", label="Anna Reed")
    follow(coordinator.get_by_role("button", name="Save the draft"))
    follow(coordinator.get_by_role("button", name="Send for signature"))
    for number in range(2):
        form = coordinator.locator("main section form").nth(number)
        form.locator("[name$=office]").fill("Director")
        form.locator("[name$=signed_on]").fill("2026-01-09")
        follow(form.get_by_role("button", name="Save the signature"))
    follow(coordinator.get_by_role("link", name="Add a file"))
    paper = {"name": "signed.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"}
    coordinator.set_input_files("#id_file", paper)
    follow(coordinator.get_by_role("button", name="Add the file"))
    follow(coordinator.get_by_role("button", name="Mark as signed"))
    expect(coordinator.locator("main")).to_contain_text("The agreement is signed.")


def publish(coordinator: Page, desk: int) -> None:
    coordinator.goto(f"/en/workspace/texts/desks.desk/{desk}/ro/")
    follow(coordinator.get_by_role("button", name="Publish", exact=True))


@pytest.mark.long
def test_desk_is_seen_by_visitors_once_nothing_lacks(watch, browser, coordinator, desk):
    visitor, leader, office = watch().page, browser("leader"), watch().page
    office.context.add_cookies([coordinator])
    assert visitor.goto("/ro/desks/romania/").status == 404
    publish(office, desk["desk"])
    expect(office.locator(".notice--error")).to_contain_text("two people who hold its keys")
    rehearse(leader, browser("worker"))
    leader.reload()
    expect(leader.locator("main")).to_contain_text("a valid agreement that allows its publication")
    sign(office)
    leader.reload()
    expect(leader.locator("main")).to_contain_text("Nothing is missing.")
    publish(office, desk["desk"])
    assert visitor.goto("/ro/desks/romania/").status == 200
    expect(visitor.get_by_role("heading", level=1)).to_contain_text("România")
