"""A visitor on a phone or at a desk, in a real browser."""

from __future__ import annotations

import pytest

from tests.journeys.accessibility import LANGUAGES, LOOKS, SIZES, is_too_wide, violations
from tests.journeys.browsing import follow
from tests.sampling import sampled

pytestmark = pytest.mark.usefixtures("published")
PAGES = {
    "news": "campaigns/news/",
    "news item": "campaigns/news/opened/",
    "events": "campaigns/events/",
    "event": "campaigns/events/talk/",
    "seminars": "seminars/",
    "seminar": "seminars/athens/",
    "courses": "seminars/courses/",
    "course": "seminars/courses/police/",
    "campaigns": "campaigns/",
    "campaign": "campaigns/victor/",
    "home": "",
    "about": "about/",
    "professionals": "professionals/",
    "privacy": "privacy/",
    "accessibility": "accessibility/",
    "quick exit": "quick-exit/",
    "search": "search/",
    "help": "help/",
    "help in a country": "help/gr/",
    "help in other languages": "help/other-languages/",
    "for children": "for-children/",
    "report": "report/",
    "way back": "report/return/",
    "desks": "desks/",
    "desk": "desks/greece/",
    "desk with unknown hours": "desks/bulgaria/",
    "desk for children": "desks/greece/children/",
    "desk for professionals": "desks/greece/professionals/",
    "directory": "partners/",
    "organisation": "partners/smile-of-the-child/",
    "network": "networks/seec/",
    "not found": "there-is-no-such-page/",
    "log in": "accounts/login/",
    "reset password": "accounts/password/reset/",
    "closed invitation": "invitations/nothing/",
}
KILOBYTE = 1000
MOST_TRANSFERRED = 60 * KILOBYTE


@pytest.mark.parametrize(("language", "size"), sampled(LOOKS, daily=(), long=LOOKS[:1]))
def test_axe_finds_nothing(watch, figure, language, size):
    page = watch(viewport=SIZES[size], color_scheme="light").page
    faults, wide = [], []
    for name, path in PAGES.items():
        page.goto(f"/{language}/{path}")
        faults += [(name, *violation) for violation in violations(page)]
        if is_too_wide(page):
            wide.append(name)
    figure(f"axe violations, {language}, {size}, light and dark, {len(PAGES)} pages", len(faults))
    assert faults == []
    assert wide == []


@pytest.mark.parametrize("language", sampled(["en", "hu", "uk"], daily=[], long=["hu"]))
def test_page_is_light_and_asks_nobody_else(watch, portal, figure, language):
    watched = watch()
    session = watched.page.context.new_cdp_session(watched.page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    sizes: dict[str, int] = {}
    current = ""

    def add(event: dict) -> None:
        sizes[current] = sizes.get(current, 0) + int(event["encodedDataLength"])

    session.on("Network.loadingFinished", add)
    for current, path in PAGES.items():  # noqa: B007 - read by the listener
        watched.page.goto(f"/{language}/{path}", wait_until="networkidle")
    heaviest = max(sizes, key=sizes.__getitem__)
    figure(f"heaviest public page in {language} ({heaviest})", sizes[heaviest] / KILOBYTE, "kB transferred")
    assert sizes[heaviest] <= MOST_TRANSFERRED
    assert watched.hosts == {portal.url.split("/")[2]}
    refused = [fault for fault in watched.faults if "404" not in fault]
    assert refused == []


def test_visitor_gets_no_cookie(watch):
    page = watch().page
    for path in ("", "help/gr/", "partners/", "privacy/"):
        page.goto(f"/el/{path}")
    assert page.context.cookies() == []


def test_quick_exit_is_within_three_tab_stops(watch):
    page = watch().page
    for path in ("", "help/gr/", "partners/", "accounts/login/"):
        page.goto(f"/el/{path}")
        stops = []
        for _ in range(3):
            page.keyboard.press("Tab")
            stops.append(page.evaluate("document.activeElement.hasAttribute('data-quick-exit')"))
        assert any(stops), path


def test_quick_exit_by_three_shifts_replaces_the_page(watch):
    page = watch().page
    page.context.route("https://www.meteo.gr/**", lambda route: route.fulfill(body="weather"))
    page.goto("/el/partners/")
    page.goto("/el/help/gr/")
    before = page.evaluate("history.length")
    page.keyboard.press("Shift")
    assert page.locator("[data-quick-exit-status]").text_content()
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.wait_for_url("https://www.meteo.gr/")
    assert page.evaluate("history.length") == before
    page.go_back()
    assert page.url.endswith("/el/partners/")


HOLDING = ["Alt", "Control", "Meta", "AltGraph"]


def press_shift_thrice(page, *, before=lambda: None, within=lambda: None) -> None:
    for _ in range(3):
        before()
        page.keyboard.down("Shift")
        within()
        page.keyboard.up("Shift")


@pytest.mark.parametrize("key", HOLDING)
def test_shift_with_another_key_does_not_leave(watch, key):
    page = watch().page
    page.goto("/el/partners/")
    page.keyboard.down(key)
    press_shift_thrice(page)
    page.keyboard.up(key)
    press_shift_thrice(page, within=lambda: page.keyboard.press(key))
    press_shift_thrice(page, before=lambda: page.keyboard.press("a"))
    assert page.url.endswith("/el/partners/")
    assert page.locator("[data-quick-exit-status]").text_content() != ""


def test_shift_with_the_pointer_or_the_wheel_does_not_leave(watch):
    page = watch().page
    page.goto("/el/partners/")
    page.mouse.move(300, 300)
    press_shift_thrice(page, within=lambda: page.mouse.wheel(0, 10))
    press_shift_thrice(page, within=lambda: page.mouse.down() or page.mouse.up())
    assert page.url.endswith("/el/partners/")


def test_way_back_from_a_result_leads_to_the_results_and_no_address_tells_the_question(watch):
    page = watch().page
    page.goto("/el/search/")
    page.fill("#q", "γραμμη")
    page.press("#q", "Enter")
    first = page.locator("[data-results] a").first
    first.wait_for()
    assert page.url.endswith("/el/search/")
    first.click()
    page.wait_for_url(lambda url: "/search/" not in url)
    page.go_back()
    page.locator("[data-results] a").first.wait_for()
    assert page.input_value("#q") == "γραμμη"
    assert page.url.endswith("/el/search/")


@pytest.mark.parametrize(
    "path", ["", "campaigns/", "campaigns/victor/", "help/", "help/rs/", "partners/", "seminars/", "search/"]
)
def test_page_is_as_narrow_as_the_narrowest_screen_in_every_language(watch, path):
    page = watch(viewport={"width": 320, "height": 640}).page
    wide = {}
    for language in LANGUAGES:
        page.goto(f"/{language}/{path}")
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wide[language] = width
    assert wide == {}


def test_quick_exit_link_works_without_scripts(watch):
    page = watch(java_script_enabled=False).page
    page.context.route("https://www.sinoptik.bg/**", lambda route: route.fulfill(body="weather"))
    page.goto("/bg/help/bg/")
    page.locator(".help-strip .quick-exit").click()
    page.wait_for_url("https://www.sinoptik.bg/")


def test_visitor_without_scripts_finds_a_number_in_three_steps(watch):
    page = watch(java_script_enabled=False, viewport=SIZES["phone"]).page
    page.goto("/ro/")
    page.locator(".door--help").click()
    follow(page.locator(".country[href$='/help/ro/']"))
    assert page.locator(".line__number").first.get_attribute("href") == "tel:112"


def test_visitor_changes_language_and_stays_on_the_page(watch):
    page = watch().page
    page.goto("/el/partners/?country=RO")
    page.locator(".languages summary").click()
    follow(page.locator(".languages a[lang=ro]"))
    assert page.url.endswith("/ro/partners/?country=RO")
    assert page.locator("html").get_attribute("lang") == "ro"


def test_visitor_without_scripts_finds_a_page_by_a_misspelt_word(watch):
    watched = watch(java_script_enabled=False, viewport=SIZES["phone"])
    page = watched.page
    page.goto("/uk/search/")
    page.fill("#q", "торговля дітьми")
    page.keyboard.press("Enter")
    follow(page.locator("main form button.button--quiet"))
    assert page.locator(".found a").count() > 0
    assert page.url.endswith("/uk/search/")
    assert page.context.cookies() == []
