"""Whoever cannot use a mouse: every task by Tab, Enter, Space, arrows and typing alone, on a phone and at a desk."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.reporting_desk import DESK as PUBLIC_DESK
from tests.journeys.test_report import words_on_note

pytestmark = [pytest.mark.long, pytest.mark.usefixtures("published")]
SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 900}}
MOST_STOPS = 200
TEXTS = {"phone": "/sl/workspace/texts/pages.page/2/sl/", "desk": "/sl/workspace/texts/pages.page/3/sl/"}
MAKING = """
import json
from django.utils import timezone
from partners.directory.models import Organisation
from itertools import count
from partners.memberships.states import Role
from tests.desks.inbox import inbox_desks
from tests.desks.inbox.inbox_desks import InboxDesk, unlocked_browser_of
from tests.people import browser_of, person
inbox_desks.NUMBERS = count(800)  # another process has made reports in this database
place = InboxDesk("keyboard", title_en="Desk of the keyboard")
reports = {size: place.report(received_at=timezone.now()).reference for size in ("phone", "desk")}
jars = dict(
    worker=unlocked_browser_of(place.anna).cookies,
    trainer=browser_of(person(Role.TRAINER, Organisation.objects.get(slug="smile-of-the-child"))).cookies,
)
cookies = {role: {name: morsel.value for name, morsel in jar.items()} for role, jar in jars.items()}
print(json.dumps(dict(cookies=cookies, reports=reports)))
"""
# Where the focus is: whether it can be seen there, and whether the last stop looks other than while it had the focus.
STOP = """selector => {
  const at = document.activeElement;
  if (at === document.body) return { faults: [], found: false };
  const describe = (part) => {
    const style = getComputedStyle(part);
    return [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow, style.backgroundColor,
      style.borderColor, style.color];
  };
  const look = (parts) => JSON.stringify(parts.map(describe));
  const name = at.outerHTML.slice(0, 160);
  const parts = [at, at.parentElement, at.closest("label")].filter(Boolean);
  const faults = [];
  const last = window.lastStop;
  if (last && last.at !== at && last.at.isConnected && look(last.parts) === last.look) {
    faults.push(`looks the same without the focus: ${last.name}`);
  }
  const shown = parts.some((part) => {
    const box = part.getBoundingClientRect();
    const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    if (left >= right || top >= bottom) return false;
    return [0.1, 0.5, 0.9].some((share) => {
      const hit = document.elementFromPoint((left + right) / 2, top + (bottom - top) * share);
      return hit && part.contains(hit);
    });
  });
  if (!shown) faults.push(`has the focus and is not in sight: ${name}`);
  window.lastStop = { at, parts, look: look(parts), name };
  return { faults, found: at.matches(selector) };
}"""


@dataclass
class Keyboard:
    """One who has a keyboard only."""

    page: Page
    size: str
    faults: list[str] = field(default_factory=list)

    def tab_to(self, selector: str, *, key: str = "Tab") -> None:
        """Go on from stop to stop until the focus is on what the selector finds."""
        for _ in range(MOST_STOPS):
            self.page.keyboard.press(key)
            stop = self.page.evaluate(STOP, selector)
            self.faults += stop["faults"]
            if stop["found"]:
                return
        raise AssertionError(f"cannot be reached: {selector}")

    def follow(self, selector: str, *, key: str = "Tab") -> None:
        """Go to a link or button that opens another page, and press it."""
        self.tab_to(selector, key=key)
        with self.page.expect_event("load"):
            self.page.keyboard.press("Enter")

    def write(self, selector: str, text: str) -> None:
        self.tab_to(selector)
        self.page.keyboard.type(text)

    def choose(self, name: str, value: str) -> None:
        """Go to radio buttons or a list, and on with the arrows to a value."""
        self.tab_to(f"[name='{name}']")
        self.page.keyboard.press("Space" if self._has_radios(name) else "Home")
        chosen = f"[name='{name}'][value='{value}']:checked, select[name='{name}'] option[value='{value}']:checked"
        for _ in range(MOST_STOPS):
            if self.page.locator(chosen).count():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{name} cannot be {value}")

    def write_moment(self, name: str, day: str, hour: str) -> None:
        """Fill in a day and an hour as a browser in English asks for them: it goes on by itself, but after the year."""
        self.write(f"[name='{name}']", day)
        self.page.keyboard.press("ArrowRight")
        self.page.keyboard.type(hour)

    def _has_radios(self, name: str) -> bool:
        return self.page.locator(f"[type=radio][name='{name}']").count() > 0


@pytest.fixture(scope="session")
def made(portal) -> dict:
    """A desk with reports, and the browsers of those who work with seminars and reports."""
    portal.manage("shell", "--no-imports", "-c", PUBLIC_DESK)
    return json.loads(portal.manage("shell", "--no-imports", "-c", MAKING).splitlines()[-1])


@pytest.fixture(params=SIZES)
def enter(request: pytest.FixtureRequest, watch, made, portal) -> Callable[..., Keyboard]:
    """The browser of somebody, on a phone and at a desk."""

    def open_browser(role: str = "", *cookies: dict[str, str]) -> Keyboard:
        page = watch(viewport=SIZES[request.param]).page
        jar = made["cookies"].get(role, {})
        given = [{"name": name, "value": value, "url": portal.url} for name, value in jar.items()]
        page.context.add_cookies([*given, *cookies])
        return Keyboard(page, request.param)

    return open_browser


def test_reporter_writes_checks_the_receipt_and_comes_back(enter):
    keyboard = enter()
    page = keyboard.page
    page.goto("/el/report/")
    keyboard.follow(".country[href$='/report/gr/']")
    keyboard.choose("danger", "no")
    keyboard.follow("[name=go][value=next]")
    keyboard.write("textarea[name=story]", "A girl of nine")
    keyboard.follow("[name=go][value=next]")
    keyboard.choose("contact", "no")
    keyboard.tab_to("[name=go][value=send]")
    page.keyboard.press("Space")
    receipt = words_on_note(page)
    keyboard.write("[name=typed]", receipt)
    keyboard.tab_to("form[action$='/receipt/'] button")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1.unprinted")
    keyboard.follow("footer a[href='/el/report/return/']")
    keyboard.write("[name=receipt]", receipt)
    keyboard.tab_to("main form button")
    page.keyboard.press("Enter")
    page.wait_for_selector("#answers")
    assert keyboard.faults == []


def test_teacher_registers_for_a_seminar(enter):
    keyboard = enter()
    keyboard.page.goto("/el/seminars/athens/")
    keyboard.follow("main a[href$='/seminars/athens/register/']")
    keyboard.write("[name=name]", "Ελένη Παπαδοπούλου")
    keyboard.write("[name=email]", f"keyboard-{keyboard.size}@example.org")
    keyboard.choose("profession", "teacher")
    keyboard.write("[name=organisation]", "Α–Ω")
    keyboard.choose("organisation_type", "school")
    keyboard.choose("country", "GR")
    keyboard.follow("main .form button[type=submit]")
    expect(keyboard.page.locator(".notice--success")).to_be_visible()
    assert keyboard.faults == []


def test_worker_answers_a_report(enter, made):
    keyboard = enter("worker")
    page = keyboard.page
    page.goto("/en/workspace/desks/keyboard/")
    keyboard.follow(f"[data-row][href*='{made['reports'][keyboard.size]}']")
    keyboard.choose("voice", "answer")
    keyboard.write("[name=text]", "We have spoken to the school.")
    keyboard.follow(".composer__send")
    expect(page.locator(".words--answer").last).to_contain_text("We have spoken to the school.")
    assert keyboard.faults == []


def test_translator_writes_and_another_approves(enter, translator, session_of):
    writer = enter("", translator)
    writer.page.goto(TEXTS[writer.size])
    writer.tab_to("[name=title]")
    writer.page.keyboard.press("End")
    writer.page.keyboard.type(" in več")
    writer.follow("[formaction$='/submit/']")
    expect(writer.page.locator("[data-text-state]")).to_have_text("V pregledu")
    reviewer = enter("", session_of("editor@demo.victor.example"))
    reviewer.page.goto(TEXTS[writer.size])
    reviewer.follow("form[action$='/approve/'] button")
    expect(reviewer.page.locator("[data-text-state]")).not_to_have_text("V pregledu")
    assert writer.faults + reviewer.faults == []


def test_trainer_plans_a_seminar(enter):
    keyboard = enter("trainer")
    page = keyboard.page
    page.goto("/en/workspace/new-seminar/")
    keyboard.tab_to("[name=organisation]")
    page.keyboard.press("ArrowDown")
    keyboard.choose("language", "el")
    keyboard.write("[name=title]", f"Signs at school, {keyboard.size}")
    keyboard.write("[name=summary]", "What teachers see")
    keyboard.follow("main .actions [name=next]")
    keyboard.choose("country", "GR")
    keyboard.write("[name=place]", "Athens")
    keyboard.write_moment("sessions-0-starts", "05052031", "1000AM")
    keyboard.write_moment("sessions-0-ends", "05052031", "0200PM")
    keyboard.follow("main .actions [name=next]")
    keyboard.write("[name=seats]", "20")
    keyboard.follow("main .actions [name=save]")
    expect(page.locator("[name=title]")).to_have_value(f"Signs at school, {keyboard.size}")
    assert keyboard.faults == []


def test_coordinator_invites_somebody(enter, coordinator):
    keyboard = enter("", coordinator)
    page = keyboard.page
    page.goto("/en/workspace/invitations/")
    keyboard.follow("main a[href$='/invitations/new/']")
    keyboard.write("[name=email]", f"keyboard-{keyboard.size}@partner.example")
    keyboard.tab_to("[name=organisation]")
    page.keyboard.press("ArrowDown")
    keyboard.choose("role", "worker")
    keyboard.follow("main .actions button")
    expect(page.locator("main")).to_contain_text(f"keyboard-{keyboard.size}@partner.example")
    assert keyboard.faults == []


def test_way_back_by_shift_and_tab_is_as_good(enter):
    keyboard = enter()
    keyboard.page.goto("/el/help/gr/")
    keyboard.tab_to("main [href='/el/report/return/']", key="Shift+Tab")
    keyboard.tab_to(".help-strip .quick-exit", key="Shift+Tab")
    assert keyboard.faults == []


def test_focus_that_does_not_show_is_noticed(enter):
    keyboard = enter()
    keyboard.page.goto("/el/")
    keyboard.page.evaluate(
        "document.querySelectorAll('a').forEach(link => { link.style.outline = link.style.boxShadow = 'none' })"
    )
    keyboard.tab_to(".door--help")
    assert keyboard.faults != []
