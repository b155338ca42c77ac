"""A helper at the door with a telephone, in a real browser: the connection drops and nobody is forgotten."""

from __future__ import annotations

import json
from itertools import product

import pytest
from playwright.sync_api import expect

from tests.journeys.accessibility import OPPOSITES, SIZES, faults_of
from tests.sampling import sampled

SEMINAR = """
import json
from datetime import timedelta
from django.utils import timezone
from partners.directory.models import Organisation
from partners.memberships.states import Role
from tests.people import browser_of, person
from tests.trainings.sample_seminars import make_seminar, applicant
from trainings.registrations.actions import register
from trainings.registrations.tokens import CHECK_IN_SIGNER, place_token, sign_number
from trainings.seminars.models import Seminar, Session
from victor.access import Visitor
now, visitor = timezone.now(), Visitor()
smile = Organisation.objects.get(slug="smile-of-the-child")
seminar = make_seminar("the-day", days=0, organisation=smile, closes=now + timedelta(days=9), lengths=(2,))
Session.objects.update(starts=now - timedelta(minutes=30), ends=now + timedelta(hours=2))
Seminar.objects.filter(pk=seminar.pk).update(title_en="See, ask, protect", place_en="Town hall")
names = ["Ιωάννα Παπαδοπούλου", "Любомир Йорданов", "Ștefan Țăranu", "Győző Űrhegyi"]
people = [register(applicant(seminar, name=name), by=visitor) for name in names]
helper = person(Role.WORKER, Organisation.objects.exclude(pk=smile.pk).first())
seminar.helpers.add(helper)
cookies = [browser_of(who).cookies["sessionid"].value for who in (helper, person(Role.TRAINER, smile))]
tokens = dict(place=place_token(people[0]), code=sign_number(people[3].pk, CHECK_IN_SIGNER))
print(json.dumps(dict(helper=cookies[0], trainer=cookies[1], session=seminar.sessions.get().pk, **tokens)))
"""
LED = "/en/workspace/seminars/the-day/"


@pytest.fixture(scope="session")
def day(portal) -> dict:
    """A seminar that is on now: who helps, who trains, and two signed addresses."""
    printed = portal.manage("shell", "--no-imports", "-c", SEMINAR)
    return json.loads(printed.splitlines()[-1])


@pytest.fixture
def enter(watch, day, portal):
    """The browser of the helper, or of the trainer."""

    def open_browser(who: str, **options):
        watched = watch(**options)
        watched.page.context.add_cookies([{"name": "sessionid", "value": day[who], "url": portal.url}])
        return watched

    return open_browser


def test_marks_wait_while_the_connection_is_gone(enter):
    page = enter("helper", viewport=SIZES["phone"]).page
    page.goto(f"{LED}check-in/")
    one, other = (page.locator("[data-one]", has_text=name) for name in ("Ιωάννα", "Любомир"))
    one.get_by_role("button").click()
    expect(one.locator("[data-state]")).to_have_text("present")
    page.context.set_offline(True)
    other.get_by_role("button").click()
    expect(other.locator("[data-state]")).to_have_text("waiting to be sent")
    expect(page.locator("[data-line]")).to_contain_text("No connection")
    stored = page.evaluate("JSON.stringify(localStorage)")
    assert "Любомир" not in stored
    assert len(stored) < 100
    page.context.set_offline(False)
    expect(other.locator("[data-state]")).to_have_text("present")
    expect(page.locator("[data-here-count]")).to_have_text("2")
    assert page.evaluate("localStorage.length") == 0


def test_mark_outlives_the_page_on_which_it_was_made(enter):
    page = enter("helper", viewport=SIZES["phone"]).page
    page.goto(f"{LED}check-in/")
    page.context.set_offline(True)
    one = page.locator("[data-one]", has_text="Ștefan")
    one.get_by_role("button").click()
    expect(one.locator("[data-state]")).to_have_text("waiting to be sent")
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(f"{LED}check-in/")
    expect(page.locator("[data-one]", has_text="Ștefan").locator("[data-state]")).to_have_text("present")


def test_search_stays_in_the_page(enter):
    page = enter("helper", viewport=SIZES["phone"]).page
    page.goto(f"{LED}check-in/")
    address = page.url
    page.locator("main [name=q]").fill("ιωαννα")
    page.keyboard.press("Enter")
    expect(page.locator("[data-one]:visible")).to_have_count(1)
    assert page.url == address


def test_code_behind_a_link_waits_for_a_press(enter, day):
    page = enter("helper", viewport=SIZES["phone"]).page
    page.goto(f"{LED}check-in/")
    page.evaluate("address => { location.href = address }", f"/uk/seminars/here/{day['code']}/")
    expect(page.get_by_text("Choose a session to check the person in:")).to_be_visible()


def test_code_checks_in_at_once(enter, day):
    watched = enter("helper", viewport=SIZES["phone"])
    watched.page.goto(f"/uk/seminars/here/{day['code']}/")  # the participant's language, not the helper's
    expect(watched.page.get_by_text("Győző Űrhegyi has been checked in.")).to_be_visible()
    assert watched.faults == []


@pytest.mark.parametrize(("size", "scheme"), sampled(product(SIZES, ["light", "dark"]), daily=[], long=OPPOSITES))
def test_axe_finds_nothing_at_the_day(enter, day, size, scheme):
    page = enter("trainer", viewport=SIZES[size], color_scheme=scheme).page
    door = f"{LED}check-in/{day['session']}/"
    pages = ["/en/workspace/seminars/", LED, f"{LED}cancel/", f"{LED}check-in/?all", door, f"{door}walk-in/"]
    pages += [f"{door}correct/", f"/en/seminars/place/{day['place']}/"]
    faults = []
    for address in pages:
        page.goto(address)
        faults += [(address, fault) for fault in faults_of(page)]
    assert faults == []
