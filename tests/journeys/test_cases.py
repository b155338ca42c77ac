"""A worker and a case, in a real browser: opened by keyboard with a locked vault, read at a glance, signs by keys."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Request, expect

from tests.journeys.test_keyboard import Keyboard

MAKING = """
import json
from desks.cases.code_lists import Block
from desks.reports.states import Risk
from desks.screening.actions import begin_screening
from tests.desks.cases.case_desks import CaseDesk
from tests.desks.inbox.inbox_desks import unlocked_browser_of
from tests.people import browser_of
place = CaseDesk("cases", title_en="Desk of cases")
safety = dict(hours="After six", say="The dentist calls", hidden_from="The uncle")
case = place.case(risk=Risk.HIGH, child={Block.IDENTITY: dict(given="Ioana"), Block.SAFETY: safety})
begin_screening(case, by=place.anna.person)
jars = dict(locked=browser_of(place.ben.person).cookies, unlocked=unlocked_browser_of(place.anna).cookies)
cookies = {state: {name: morsel.value for name, morsel in jar.items()} for state, jar in jars.items()}
print(json.dumps(dict(cookies=cookies, reference=case.reference)))
"""
WORKSPACE = "/{}/workspace/desks/cases/"
# How far down what has to be seen at once ends.
ENDS = "selectors => selectors.map(s => document.querySelector(s).getBoundingClientRect().bottom)"
TOO_WIDE = "() => document.documentElement.scrollWidth - innerWidth"
SMALL = {"width": 320, "height": 640}
# Reference, risk, safe contact and the first clock; where there is room, what the case needs to go on.
AT_A_GLANCE = ["h1", ".risk", "[aria-labelledby=safe-contact]", "[aria-labelledby=safe-contact] + .facts"]


@pytest.fixture(scope="session")
def made(portal) -> dict:
    """A desk with a case and a screening that was begun, and the browsers of two workers."""
    return json.loads(portal.manage("shell", "--no-imports", "-c", MAKING).splitlines()[-1])


@pytest.fixture
def enter(watch, made, portal):
    """A page of one of them."""

    def open_page(state: str, **options):
        page = watch(**options).page
        cookies = made["cookies"][state].items()
        page.context.add_cookies([{"name": name, "value": value, "url": portal.url} for name, value in cookies])
        return page

    return open_page


def test_case_is_opened_by_keyboard_with_a_locked_vault_on_the_smallest_phone(enter):
    page = enter("locked", viewport=SMALL)
    keyboard, wide = Keyboard(page, "phone"), []
    page.goto(WORKSPACE.format("en") + "cases/new/")
    wide.append(page.evaluate(TOO_WIDE))
    keyboard.choose("source", "enquiry")
    keyboard.tab_to("[name=nothing_known]")
    page.keyboard.press("Space")
    keyboard.follow("[name=go][value=next]")
    wide.append(page.evaluate(TOO_WIDE))
    keyboard.choose("age_basis", "presumed")
    keyboard.choose("unaccompanied", "unknown")
    keyboard.choose("family_may_be_involved", "unknown")
    keyboard.choose("limits", "yes")
    keyboard.follow("[name=go][value=next]")
    wide.append(page.evaluate(TOO_WIDE))
    keyboard.choose("risk", "high")
    keyboard.write("[name=reason]", "She is afraid of the man outside")
    keyboard.follow("[name=go][value=open]")
    expect(page.locator(".notice--success")).to_contain_text("is open")
    wide.append(page.evaluate(TOO_WIDE))
    assert wide == [0, 0, 0, 0]
    assert keyboard.faults == []


def test_case_is_planned_by_keyboard_on_the_smallest_phone(enter, made):
    page = enter("unlocked", viewport=SMALL)
    keyboard = Keyboard(page, "phone")
    page.goto(WORKSPACE.format("en") + f"cases/{made['reference']}/plan/write/")
    keyboard.write("[name=child_view]", "She wants to go to school")
    keyboard.write("[name=means]", "Drawing")
    keyboard.write("[name=goal_1_objective]", "She goes to the school near the shelter")
    keyboard.choose("goal_1_kind", "education")
    keyboard.write("[name=goal_1_action]", "Enrol")
    keyboard.write("[name=goal_1_who]", "Eleni")
    keyboard.write("[name=goal_1_planned_on]", "06012027")
    keyboard.write("[name=goal_1_agreement]", "She likes it")
    page.evaluate("window.dispatchEvent(new Event('online'))")  # it saves itself, without waiting for the ten seconds
    expect(page.locator("[data-said]")).to_contain_text("Saved")
    assert page.evaluate(TOO_WIDE) == 0
    keyboard.follow("[name=go][value=ask]")
    expect(page.locator(".notice--success")).to_contain_text("Another supervisor approves the plan")
    assert page.evaluate(TOO_WIDE) == 0
    assert keyboard.faults == []


def is_saving(request: Request) -> bool:
    """Whether a page sends its draft by itself."""
    return request.resource_type == "fetch"


def test_press_while_the_draft_saves_itself_waits_for_it(enter, made):
    page, delayed = enter("unlocked", viewport={"width": 1280, "height": 900}), []
    page.goto(WORKSPACE.format("en") + f"cases/{made['reference']}/assessments/needs/")
    page.route("**/needs/", lambda route: delayed.append(route) if is_saving(route.request) else route.continue_())
    page.locator("form[data-self-saving] textarea").first.fill("She likes to draw")
    with page.expect_request(is_saving):
        page.evaluate("window.dispatchEvent(new Event('online'))")
    page.wait_for_function("() => true")  # the handler of the route has run when this comes back
    answer = delayed[0].fetch()  # saved, and the page does not know it yet
    page.locator("[name=go][value=save]").click(no_wait_after=True)
    delayed[0].fulfill(response=answer)
    expect(page.locator(".notice--success")).to_contain_text("Your draft is saved.")


@pytest.mark.parametrize("language", ["en", "el", "bg"])
@pytest.mark.parametrize("size", [(360, 740), (1280, 900)], ids=["phone", "desk"])
def test_case_shows_at_a_glance_what_counts(enter, made, figure, language, size):
    width, height = size
    page = enter("unlocked", viewport={"width": width, "height": height})
    page.goto(WORKSPACE.format(language) + f"cases/{made['reference']}/")
    wanted = [*AT_A_GLANCE, "[aria-labelledby=gate]"] if width > 1000 else AT_A_GLANCE
    lowest = max(page.evaluate(ENDS, wanted))
    figure(f"lowest of what a case shows first, {language}, {width} px", round(lowest), "px")
    assert lowest <= height


def test_signs_are_answered_by_number_keys_and_wait_for_the_connection(enter, made):
    page = enter("unlocked", viewport={"width": 1280, "height": 900})
    page.goto(WORKSPACE.format("en") + f"cases/{made['reference']}/screenings/1/edit/")
    page.locator("[data-sign] input[type=radio]").first.focus()
    page.context.set_offline(True)
    for _sign in range(12):
        page.keyboard.press("1")
    seen = page.locator("[data-sign] input[value=yes]:checked")
    expect(seen).to_have_count(12)
    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("[data-said]")).to_contain_text("Saved")
    page.reload()
    expect(seen).to_have_count(12)
