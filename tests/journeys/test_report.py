"""Somebody reports, comes back and reads the answer: in a real browser, three languages, with and without scripts."""

from __future__ import annotations

from itertools import cycle, product

import pytest
from playwright.sync_api import Page

from desks.intake import receipts
from desks.intake.proof_of_work import is_solved, receipt_of
from tests.journeys.accessibility import SIZES, is_too_wide, violations
from tests.journeys.reporting_desk import DESK
from tests.journeys.test_visitor import KILOBYTE, MOST_TRANSFERRED
from tests.sampling import sampled
from victor.languages import CODES

ANSWER = """
from desks.reports.models import Message, Report
from desks.reports.states import Voice
from victor.vault.records import actions as records_actions
from victor.access import System
report = Report.objects.latest("received_at")
words = dict(text="We have spoken to the school.")
envelope = records_actions.write_envelope(report.key, words, purpose="message", by=System("test"))
from victor.vault.keys.keyring import save_stamped
save_stamped(Message(report=report, envelope=envelope, voice=Voice.ANSWER, language="en"))
"""
COUNT = "from desks.reports.models import Report; print(Report.objects.count())"
LANGUAGES = ["el", "bg", "hu"]


@pytest.fixture(scope="session", autouse=True)
def desk(portal) -> None:
    """A desk in Athens that speaks four languages."""
    portal.manage("shell", "--no-imports", "-c", DESK)


def count(portal) -> int:
    return int(portal.manage("shell", "--no-imports", "-c", COUNT).split()[-1])


def press(page: Page, go: str) -> None:
    page.locator(f"button[name=go][value={go}]").click()


def change(page: Page, language: str) -> None:
    page.locator(".languages summary").click()
    page.locator(f".languages button[lang={language}]").click()
    page.wait_for_selector(f"html[lang={language}]")


def write(page: Page, language: str, story: str = "A girl of nine") -> None:
    """Fill in the three screens, up to the last press."""
    page.goto(f"/{language}/report/")
    page.locator(".country[href$='/report/gr/']").click()
    page.locator("[name=danger][value=no]").check()
    press(page, "next")
    page.fill("[name=story]", story)
    press(page, "next")
    page.locator("[name=contact][value=no]").check()


def words_on_note(page: Page) -> str:
    page.wait_for_selector(".note")
    return " ".join(page.locator(".note__words li").all_text_contents())


RETURNS = list(product(LANGUAGES, [True, False]))


@pytest.mark.parametrize(
    ("language", "scripts"),
    sampled(RETURNS, daily=[("el", True)], long=[("hu", False), ("uk", True), ("bg", False)]),
)
def test_reporter_comes_back_with_the_receipt(watch, portal, language, scripts):
    watched = watch(java_script_enabled=scripts, viewport=SIZES["phone"])
    page = watched.page
    write(page, language)
    page.set_input_files("[name=files]", {"name": "a.txt", "mimeType": "text/plain", "buffer": b"a"})
    press(page, "send")
    note = words_on_note(page)
    page.fill("[name=typed]", note.upper())
    page.locator("form[action$='/receipt/'] button").click()
    page.wait_for_selector("h1.unprinted")
    assert page.locator("[name=typed]").count() == 0
    portal.manage("shell", "--no-imports", "-c", ANSWER)
    page.goto(f"/{language}/report/return/")
    page.fill("[name=receipt]", note)
    page.locator("main button").first.click()
    page.wait_for_selector(".answer")
    assert "We have spoken to the school." in page.locator(".answer").text_content()
    assert watched.faults == []
    assert page.context.cookies() == []
    assert watched.hosts == {portal.url.split("/")[2]}


@pytest.mark.parametrize("scripts", [True, False])
def test_language_changes_on_every_screen_and_nothing_typed_is_lost(watch, scripts):
    watched = watch(java_script_enabled=scripts, viewport=SIZES["phone"])
    page = watched.page
    page.goto("/el/report/gr/")
    page.locator("[name=danger][value=no]").check()
    change(page, "bg")
    assert page.locator("[name=danger][value=no]").is_checked()
    press(page, "next")
    page.fill("[name=story]", "A girl\nof nine")
    change(page, "hu")
    assert page.input_value("[name=story]") == "A girl\nof nine"
    press(page, "next")
    page.locator("[name=contact][value=no]").check()
    ticket = page.input_value("[name=ticket]")
    change(page, "en")
    assert page.input_value("[name=ticket]") == ticket
    assert page.input_value("[name=speaks]") == "en"
    page.focus("[name=name]")
    page.keyboard.press("Enter")
    assert words_on_note(page) == " ".join(receipts.receipt_words(receipt_of(ticket), "en"))
    assert watched.faults == []


def test_reporter_uses_the_keyboard_only(watch):
    page = watch().page
    page.goto("/el/report/gr/")

    def tab_to(selector: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(selector)

    tab_to("[name=danger]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector("[name=story]")
    tab_to("[name=story]")
    page.keyboard.type("A girl of nine")
    tab_to("[name=go][value=next]")
    page.keyboard.press("Enter")
    page.wait_for_selector("[name=contact]")
    tab_to("[name=contact]")
    page.keyboard.press("Space")
    tab_to("[name=go][value=send]")
    page.keyboard.press("Enter")
    assert len(words_on_note(page).split()) == 9


@pytest.mark.long
def test_lost_connection_says_so_and_the_next_press_sends_it_once(watch, portal):
    page = watch().page
    before = count(portal)
    write(page, "el")
    answers = []
    page.route("**/report/gr/", lambda route: (answers.append(route.fetch()), route.abort()))
    press(page, "send")
    page.locator("[data-report-failure]").wait_for()
    assert len(answers) == 4
    page.unroute_all()
    press(page, "send")
    words_on_note(page)
    assert count(portal) == before + 1


def test_browser_finds_the_proof_that_the_server_wants(watch):
    page = watch().page
    write(page, "en")
    for _ in range(600):
        if page.input_value("[name=proof]"):
            break
        page.wait_for_timeout(100)
    assert is_solved(page.input_value("[name=ticket]"), page.input_value("[name=proof]"))


def test_paper_names_neither_site_nor_subject(watch):
    page = watch().page
    write(page, "en")
    press(page, "send")
    note = words_on_note(page)
    page.emulate_media(media="print")
    printed = page.evaluate("document.body.innerText")
    assert [word for word in printed.split() if not word.strip(".").isdigit()] == note.split()
    assert page.title() == "Your note"


STEPS = ["index", "first", "second", "third", "wrong", "sent", "return", "thread"]
ADDRESSES = {"index": "", "first": "gr/", "return": "return/"}
CHOSEN = {"second": "[name=danger][value=yes]", "sent": "[name=contact][value=no]"}
PRESSED = {"second": "next", "third": "next", "wrong": "send", "sent": "send"}


def step(page: Page, name: str, language: str, note: list[str]) -> None:
    """Go on to one of the pages on the way."""
    if name in ADDRESSES:
        page.goto(f"/{language}/report/{ADDRESSES[name]}")
    if name == "third":
        page.fill("[name=story]", "A girl of nine")
    if name in CHOSEN:
        page.locator(CHOSEN[name]).check()
    if name in PRESSED:
        press(page, PRESSED[name])
    if name == "wrong":
        page.wait_for_selector(".notice--error:not([hidden])")
    if name == "sent":
        note.append(words_on_note(page))
    if name == "thread":
        page.fill("[name=receipt]", note[0])
        page.locator("main button").first.click()
        page.wait_for_selector("#answers")


WAYS = [("el", "desk"), *zip(CODES, cycle(["desk", "phone"]), strict=False)]


@pytest.mark.parametrize(("language", "size"), sampled(WAYS, daily=(), long=WAYS[:2]))
def test_axe_finds_nothing(watch, figure, language, size):
    page = watch(viewport=SIZES[size], color_scheme="light").page
    faults, wide, note = [], [], []
    for name in STEPS:
        step(page, name, language, note)
        faults += [(name, *violation) for violation in violations(page)]
        if is_too_wide(page):
            wide.append(name)
    figure(
        f"axe violations on the way of a report, {language}, {size}, light and dark, {len(STEPS)} pages", len(faults)
    )
    assert faults == []
    assert wide == []


@pytest.mark.long
def test_every_page_on_the_way_is_light(watch, figure):
    page = watch().page
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    sizes: dict[str, int] = dict.fromkeys(STEPS, 0)
    note: list[str] = []
    current = ""

    def add(event: dict) -> None:
        sizes[current] += int(event["encodedDataLength"])

    session.on("Network.loadingFinished", add)
    for current in STEPS:
        step(page, current, "el", note)
        page.wait_for_load_state("networkidle")
    heaviest = max(sizes, key=sizes.__getitem__)
    figure(f"heaviest page on the way of a report ({heaviest})", sizes[heaviest] / KILOBYTE, "kB transferred")
    assert sizes[heaviest] <= MOST_TRANSFERRED
