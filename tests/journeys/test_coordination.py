"""The coordination pages in a real browser: each opens, works in tabs, and breaks no rule of the policy."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import follow
from tests.plugins.portal import WatchedPage

ADMIN = "/el/admin/"
PAGES = {
    "the start": "",
    "an app": "partners/",
    "organisations": "partners/organisation/",
    "a new organisation": "partners/organisation/add/",
    "export of organisations": "partners/organisation/export/",
    "import of organisations": "partners/organisation/import/",
    "helplines": "partners/helpline/",
    "help lines of a country": "partners/helpline/?country__code__exact=GR",
    "a new help line": "partners/helpline/add/",
    "export of help lines": "partners/helpline/export/",
    "import of help lines": "partners/helpline/import/",
    "countries": "partners/country/",
    "a country": "partners/country/GR/change/",
    "networks": "partners/network/",
    "contact points": "partners/contactpoint/add/",
    "memberships": "partners/membership/",
    "people": "accounts/user/",
    "invitations": "accounts/invitation/",
    "passed to the outgoing mail queue": "mail/message/",
    "the audit log": "audit/entry/",
    "pages": "pages/page/",
    "a page": "pages/page/1/change/",
    "campaigns": "campaigns/campaign/",
    "a campaign": "campaigns/campaign/1/change/",
    "funder's notices": "partners/fundernotice/",
}


@pytest.fixture
def desk(watch, coordinator) -> WatchedPage:
    """A page of the coordinator's."""
    watched = watch()
    watched.page.context.add_cookies([coordinator])
    return watched


def open_first(page: Page, path: str) -> None:
    page.goto(f"{ADMIN}{path}")
    follow(page.locator("#result_list tbody th a").first)


@pytest.mark.long
def test_every_page_opens_within_the_policy(desk, figure):
    faults = {}
    for name, path in PAGES.items():
        answer = desk.page.goto(f"{ADMIN}{path}")
        if answer.status != 200 or desk.faults:
            faults[name] = (answer.status, [*desk.faults])
            desk.faults.clear()
    figure("coordination pages opened within the policy", len(PAGES) - len(faults), f"of {len(PAGES)}")
    assert faults == {}
    assert len(desk.hosts) == 1


def test_the_start_lists_what_there_is_to_look_after(desk):
    desk.page.goto(ADMIN)
    desk.page.locator("#content summary").click()  # what is seldom needed is folded
    for path in (
        "partners/organisation/",
        "partners/helpline/",
        "accounts/user/",
        "mail/message/",
        "partners/fundernotice/",
    ):
        expect(desk.page.locator(f"#content a[href='{ADMIN}{path}']").first).to_be_visible()
    for path in ("mfa/authenticator/", "account/emailaddress/", "usersessions/usersession/", "auth/group/"):
        assert desk.page.goto(f"{ADMIN}{path}").status == 404


@pytest.mark.parametrize("path", ["partners/organisation/", "partners/helpline/", "partners/fundernotice/"])
def test_texts_are_in_tabs_one_a_language(desk, path):
    open_first(desk.page, path)
    tabs = desk.page.locator(".ui-tabs-nav").first.locator("li")
    expect(tabs).to_have_count(8)
    tabs.nth(2).locator("a").click()
    expect(desk.page.locator(".ui-tabs-panel:visible").first).to_be_visible()
    assert desk.faults == []


def test_history_and_deletion_open(desk):
    open_first(desk.page, "partners/network/")
    change = desk.page.url
    for page in ("history/", "delete/"):
        assert desk.page.goto(re.sub(r"change/.*", page, change)).status == 200
    assert desk.faults == []


@pytest.mark.parametrize(
    ("words", "found"), [("Χαμόγελο", 1), ("Надя", 1), ("Save the Children", 1), ("Ključ", 1), ("nobody", 0)]
)
def test_search_finds_in_any_language(desk, words, found):
    desk.page.goto(f"{ADMIN}partners/organisation/?q={words}")
    expect(desk.page.locator("#result_list tbody tr")).to_have_count(found)


def test_choice_of_an_organisation_searches_while_typing(desk):
    desk.page.goto(f"{ADMIN}partners/contactpoint/add/")
    desk.page.locator(".select2-selection").first.click()
    desk.page.locator(".select2-search__field").fill("Χαμόγελο")
    expect(desk.page.locator(".select2-results__option")).to_contain_text(["Χαμόγελο"])
    assert desk.faults == []


def test_import_shows_what_would_change_and_then_changes_it(desk):
    page = desk.page
    page.goto(f"{ADMIN}partners/organisation/import/")
    table = "slug,category,country,name_en,city_en\nnew-partner,national_ngo,GR,New Partner,Athens\n"
    page.set_input_files("input[type=file]", {"name": "new.csv", "mimeType": "text/csv", "buffer": table.encode()})
    page.locator("select[name=format]").select_option(label="csv")
    page.locator("form input[type=submit]").last.click()
    expect(page.locator("table.import-preview")).to_contain_text("New Partner")
    page.locator("form input[type=submit]").last.click()
    expect(page).to_have_url(re.compile("/el/admin/partners/organisation/$"))
    page.goto(f"{ADMIN}partners/organisation/?q=new-partner")
    expect(page.locator("#result_list tbody tr")).to_have_count(1)
    assert desk.faults == []
