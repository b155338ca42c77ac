"""The frame of the workspace in a real browser: on a phone, enlarged, without scripts, and by keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.sampling import sampled

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
ENLARGED = {"width": 640, "height": 450}  # as a screen of 1280 × 900 at 200 %
LANGUAGES = ("en", "el", "bg", "ro", "sl", "sr", "hu", "uk")
MAX_TOP = 160  # of the heading
BAR = 56
LISTS = ("partners/organisation/", "partners/helpline/", "accounts/user/", "partners/membership/", "audit/entry/")


@pytest.fixture
def at_work(watch):
    """A page of somebody who is logged in."""

    def enter(session, **options):
        watched = watch(**options)
        watched.page.context.add_cookies([session])
        return watched

    return enter


@pytest.mark.parametrize("language", sampled(LANGUAGES, daily=["el"]))
def test_first_page_shows_its_heading_on_the_first_screen_of_a_phone(at_work, coordinator, supervisor, language):
    for session in (coordinator, supervisor):
        page = at_work(session, viewport=PHONE).page
        page.goto(f"/{language}/workspace/")
        heading, bar = page.locator("h1").bounding_box(), page.locator(".desk-header").bounding_box()
        assert heading["y"] + heading["height"] < MAX_TOP
        assert bar["height"] <= BAR
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("size", [PHONE, ENLARGED])
def test_menu_and_account_open_without_scripts(at_work, coordinator, size):
    page = at_work(coordinator, viewport=size, java_script_enabled=False).page
    page.goto("/en/workspace/")
    menu, account = page.locator(".rail a").first, page.get_by_role("button", name="Log out")
    expect(menu).to_be_hidden()
    page.locator(".rail-button summary").click()
    expect(menu).to_be_visible()
    page.locator(".account-menu summary").click()
    expect(account).to_be_visible()


def test_heading_is_on_the_first_screen_when_the_page_is_enlarged(at_work, supervisor):
    page = at_work(supervisor, viewport=ENLARGED).page
    page.goto("/el/workspace/")
    assert page.locator("h1").bounding_box()["y"] < MAX_TOP


def test_current_entry_and_buttons_are_told_without_colours(at_work, coordinator):
    page = at_work(coordinator, viewport=DESK, forced_colors="active").page
    page.goto("/en/workspace/invitations/")
    edge = "(element) => getComputedStyle(element).borderInlineStartColor"
    current, other = page.locator(".rail a[aria-current]").first, page.locator(".rail a:not([aria-current])").first
    assert current.evaluate(edge) != other.evaluate(edge)
    button = page.locator("main a.button").first
    border = button.evaluate("(element) => getComputedStyle(element).borderTopColor")
    background = button.evaluate("(element) => getComputedStyle(element).backgroundColor")
    assert border != background


def test_skip_link_lands_at_the_content_after_the_menu(at_work, coordinator):
    page = at_work(coordinator, viewport=DESK).page
    page.goto("/en/workspace/invitations/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_keys_lead_to_the_search_and_show_themselves(at_work, coordinator):
    watched = at_work(coordinator, viewport=DESK)
    page = watched.page
    page.goto("/en/workspace/texts/")
    page.keyboard.press("/")
    expect(page.locator("#desk-search")).to_be_focused()
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.locator("dialog [data-keys]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    assert watched.faults == []


def test_search_finds_by_a_greek_word_without_accents_within_four_presses(at_work, coordinator):
    watched = at_work(coordinator, viewport=DESK)
    page = watched.page
    page.goto("/en/admin/")
    page.locator("#start-q").fill("χαμογελο")
    page.keyboard.press("Enter")
    page.locator("main a", has_text="Smile").first.click()
    expect(page.locator(".belongings a").first).to_be_visible()
    assert "χαμογελο" not in page.url
    assert watched.faults == []


@pytest.mark.parametrize("path", LISTS)
def test_no_column_of_a_list_is_cut(at_work, coordinator, path):
    page = at_work(coordinator, viewport=DESK).page
    page.goto(f"/en/admin/{path}")
    results = page.locator("#changelist .results")
    assert results.evaluate("box => box.scrollWidth <= box.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") <= DESK["width"]
