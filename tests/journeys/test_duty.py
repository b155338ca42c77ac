"""Danger at night on a phone: take it and call are in sight at once; and axe finds nothing on the pages of duty."""

from __future__ import annotations

import json

import pytest

from tests.journeys.accessibility import SIZES, faults_of, is_too_wide

DESK = """
import json
from desks.duty.actions import raise_alarm
from partners.directory.models import Country
from tests.desks.duty.duty_gateway import DutyDesk
from tests.desks.inbox.inbox_desks import PORTAL
from tests.people import browser_of
place = DutyDesk("duty-desk", title_en="Desk of Patras")
romania = Country.objects.get(code="RO")  # of which two numbers may be shown
alarm = raise_alarm(place.danger(language="bg", country=romania, reference="DUTY-1"), by=PORTAL)
jars = dict(worker=browser_of(place.ben.person).cookies, supervisor=browser_of(place.chief.person).cookies)
cookies = {who: {name: morsel.value for name, morsel in jar.items()} for who, jar in jars.items()}
print(json.dumps(dict(cookies=cookies, alarm=alarm.pk)))
"""
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="session")
def night(portal) -> dict:
    """A desk with an alarm that nobody has taken, and the browsers of one who works there and one who leads it."""
    printed = portal.manage("shell", "--no-imports", "-c", DESK)
    return json.loads(printed.splitlines()[-1])


@pytest.fixture
def enter(watch, night, portal):
    """A page of one of these browsers."""

    def enter(who="worker", **options):
        watched = watch(**options)
        cookies = [{"name": name, "value": value, "url": portal.url} for name, value in night["cookies"][who].items()]
        watched.page.context.add_cookies(cookies)
        return watched.page

    return enter


def alarm_page(night: dict, language: str = "en") -> str:
    return f"/{language}/workspace/desks/duty-desk/duty/{night['alarm']}/"


@pytest.mark.parametrize("language", ["en", "el", "bg"])
def test_alarm_on_a_phone_shows_what_to_press_and_whom_to_call_at_once(enter, night, language):
    page = enter(viewport=PHONE)
    page.goto(alarm_page(night, language))
    places = [page.locator("main form button").first, *page.locator(".numbers a").all()]
    boxes = [place.bounding_box() for place in places]
    assert len(boxes) == 3
    third_number = boxes[-1]["y"] + 2 * boxes[-1]["height"] + 16  # would end here, where the country has one
    assert third_number <= PHONE["height"]


@pytest.mark.long
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_on_the_pages_of_duty(enter, night, size):
    paths = [alarm_page(night), "/en/workspace/duty/", "/en/workspace/desks/duty-desk/rota/"]
    page = enter("supervisor", viewport=SIZES[size])
    for path in paths:
        assert page.goto(path).status == 200
        assert faults_of(page) == []
        assert not is_too_wide(page)
