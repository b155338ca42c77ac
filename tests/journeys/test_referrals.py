"""Two desks of two countries, in two languages: refer, ask, accept, report back, close; and consent is withdrawn."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.journeys.accessibility import faults_of
from tests.journeys.browsing import follow

MAKING = """
import json
from tests.desks.inbox.inbox_desks import unlocked_browser_of
from tests.desks.referrals.referral_desks import ReferralDesks
desks = ReferralDesks("volos", "plovdiv")
case = desks.case()
people = dict(anna=desks.athens.anna, chief=desks.athens.chief, ben=desks.sofia.ben)
jars = {name: unlocked_browser_of(who).cookies for name, who in people.items()}
cookies = {name: {key: morsel.value for key, morsel in jar.items()} for name, jar in jars.items()}
print(json.dumps(dict(cookies=cookies, case=case.reference, sofia=desks.sofia.desk.pk)))
"""
NAME, STREET = "Zornitsa", "Ulitsa Pirin 12"


@pytest.fixture(scope="session")
def made(portal) -> dict:
    """Two desks with an agreement, a case at one of them, and the browsers of three people."""
    return json.loads(portal.manage("shell", "--no-imports", "-c", MAKING).splitlines()[-1])


@pytest.fixture
def enter(watch, made, portal) -> Callable[..., Page]:
    """A page of one of them."""

    def open_page(who: str, **options) -> Page:
        page = watch(**options).page
        given = [{"name": name, "value": value, "url": portal.url} for name, value in made["cookies"][who].items()]
        page.context.add_cookies(given)
        return page

    return open_page


def at(language: str, slug: str, rest: str) -> str:
    """An address of a desk."""
    return f"/{language}/workspace/desks/{slug}/{rest}"


def send(page: Page) -> None:
    """Press the button of the form that is seen, and wait for the next page."""
    follow(page.locator("main form.form button[type=submit]:visible").first)


def take(page: Page, step: str, **answers: str) -> None:
    """Take a step of the referral on whose page one is."""
    follow(page.locator(f"a[href$='/do/{step}/']"))
    for name, value in answers.items():
        if page.locator(f"textarea[name={name}]").count():
            page.fill(f"[name={name}]", value)
        else:
            page.locator(f"[name={name}][value={value}]").check()
    send(page)


def refer(page: Page, made: dict, language: str, purpose: str) -> str:
    """Write a referral with a consent, and make it ready; return its reference."""
    page.goto(at(language, "volos", f"cases/{made['case']}/refer/"))
    page.locator("[name=kind][value=service]").check()
    page.locator(f"[name=purpose][value={purpose}]").check()
    page.locator(f"[name=to_desk][value='{made['sofia']}']").check()
    send(page)
    assert page.locator("[name=groups]:checked").count() == 0
    for group in ("g1", "g2"):
        page.locator(f"[name=groups][value={group}]").check()
    send(page)
    reference = page.locator("h1 [translate=no]").inner_text()
    follow(page.locator("a[href$='/consent/']").first)
    consent(page)
    take(page, "prepare")
    return reference


def consent(page: Page) -> None:
    """The child says yes seven times."""
    for name, value in (("giver", "child"), ("way", "spoken")):
        page.locator(f"[name={name}][value={value}]").check()
    for point in page.locator("[value=yes]").all():
        point.check()
    page.fill("[name=explained]", "With pictures")
    page.fill("[name=view]", "She agrees")
    page.fill("[name=valid_to]", (timezone.localdate() + timedelta(days=95)).isoformat())
    send(page)


@pytest.mark.long
def test_referral_goes_from_one_country_to_the_other_and_back(enter, made):
    worker, chief, intake = enter("anna"), enter("chief"), enter("ben")
    reference = refer(worker, made, "el", "safe_place")
    chief.goto(at("el", "volos", f"referrals/{reference}/"))
    take(chief, "send")
    intake.goto(at("bg", "plovdiv", "referrals/"))
    follow(intake.get_by_role("link", name=reference))
    assert NAME not in intake.content()
    take(intake, "ask", text="Kolko e golyamo?")
    worker.goto(at("el", "volos", f"referrals/{reference}/"))
    take(worker, "answer", text="Dodeka")
    intake.reload()
    take(intake, "accept")
    assert NAME in intake.content()
    assert faults_of(intake) == []
    take(intake, "start")
    take(intake, "outcome", outcome="provided", text="A room")
    worker.reload()
    take(worker, "close", ends="now")
    intake.reload()
    assert NAME not in intake.content()


@pytest.mark.long
def test_withdrawn_consent_takes_everything_away_at_once(enter, made):
    worker, chief, intake = enter("anna"), enter("chief"), enter("ben")
    reference = refer(worker, made, "ro", "guardianship")
    chief.goto(at("ro", "volos", f"referrals/{reference}/"))
    take(chief, "send")
    intake.goto(at("sl", "plovdiv", f"referrals/{reference}/"))
    take(intake, "accept")
    open_tab = intake.context.new_page()
    open_tab.goto(intake.url)
    assert STREET in open_tab.content()
    worker.goto(at("ro", "volos", f"referrals/{reference}/"))
    take(worker, "consent-withdrawn")
    for page in (intake, open_tab):
        page.reload()
        assert STREET not in page.content()
    expect(intake.locator("h1")).to_contain_text(reference)
