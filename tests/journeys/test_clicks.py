"""How many presses a task takes. Typing, and choosing from a list that one has opened, do not count."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.browsing import follow
from tests.journeys.reporting_desk import DESK as PUBLIC_DESK
from tests.journeys.test_report import words_on_note

pytestmark = [pytest.mark.long, pytest.mark.usefixtures("published")]
MAKING = """
import json
from datetime import timedelta
from itertools import count
from django.utils import timezone
from partners.directory.models import Organisation
from partners.memberships.models import Membership
from partners.memberships.states import Role
from tests.desks.inbox import inbox_desks
from tests.desks.inbox.inbox_desks import InboxDesk, unlocked_browser_of
from tests.people import browser_of, person
from tests.trainings.certificates.attendees import ended_seminar, make_attendee
from tests.trainings.sample_seminars import applicant, make_seminar
from trainings.registrations.actions import register
from trainings.registrations.tokens import place_token
from trainings.seminars.models import Session
from victor.access import Visitor
from victor.pages.models import Page
from victor.publishing.actions import save_draft, submit
smile = Organisation.objects.get(slug="smile-of-the-child")
inbox_desks.NUMBERS = count(700)  # another process has made reports in this database
place = InboxDesk("clicks", title_en="Desk of the clicks")
place.report(received_at=timezone.now() - timedelta(minutes=6))
asked = make_seminar("asked", organisation=smile, seats=3, needs_approval=True)
held = make_seminar("held", organisation=smile, days=0, lengths=(2,), closes=timezone.now() + timedelta(days=9))
Session.objects.filter(seminar=held).update(starts=timezone.now(), ends=timezone.now() + timedelta(hours=9))
for number in range(3):
    register(applicant(asked), by=Visitor())
for name in ("Ιωάννα", "Любомир"):
    register(applicant(held, name=name), by=Visitor())
one = register(applicant(make_seminar("spare", organisation=smile), language="el"), by=Visitor())
make_attendee(ended_seminar("ended", organisation=smile))
writer = person(Role.TRANSLATOR, smile)
Membership.objects.filter(user=writer).update(languages=["hu"])
text = Page.objects.earliest("pk")
words = {name: getattr(text, f"{name}_hu") for name in ("title", "summary", "body")}
submit(save_draft(text, "hu", words | {"title": "Press"}, by=writer), by=writer)
cookies = dict(
    editor=browser_of(person(Role.EDITOR, smile)).cookies,
    worker=unlocked_browser_of(place.anna).cookies,
    trainer=browser_of(person(Role.TRAINER, smile)).cookies,
)
found = {role: {name: morsel.value for name, morsel in jar.items()} for role, jar in cookies.items()}
print(json.dumps(dict(cookies=found, place=place_token(one))))
"""


@dataclass
class Finger:
    """One who presses what is in sight, and counts."""

    page: Page
    presses: int = 0

    def follow(self, control: str | Locator) -> None:
        """Press what opens another page."""
        self.presses += 1
        follow(self._find(control))

    def press(self, control: str | Locator) -> None:
        """Press what changes something on this page."""
        self.presses += 1
        self._find(control).click()

    def _find(self, control: str | Locator) -> Locator:
        return self.page.locator(control).first if isinstance(control, str) else control


@pytest.fixture(scope="session")
def made(portal) -> dict:
    """A desk with a report, seminars with people, and the browsers of those who look after them."""
    portal.manage("shell", "--no-imports", "-c", PUBLIC_DESK)
    return json.loads(portal.manage("shell", "--no-imports", "-c", MAKING).splitlines()[-1])


@pytest.fixture
def enter(watch, made, portal, request) -> Callable[[str], Finger]:
    """The browser of somebody of that role, or of a visitor."""

    def open_browser(role: str) -> Finger:
        page = watch(viewport={"width": 1280, "height": 900}).page
        jar = made["cookies"].get(role, {})
        given = [{"name": name, "value": value, "url": portal.url} for name, value in jar.items()]
        if role in ("coordinator", "translator"):
            given = [request.getfixturevalue(role)]
        page.context.add_cookies(given)
        return Finger(page)

    return open_browser


def call_a_number(finger: Finger, made: dict) -> None:
    finger.page.goto("/el/")
    finger.follow(".door--help")
    finger.follow(".country[href$='/help/gr/']")
    expect(finger.page.locator("[aria-labelledby=lines] .line__number").first).to_be_visible()


def write_from_home(finger: Finger) -> str:
    """Report something from the first page on; return the receipt."""
    finger.page.goto("/el/")
    finger.follow(".door--help")
    finger.follow(".country[href$='/help/gr/']")
    finger.follow("main a[href$='/report/gr/']")
    finger.press("[name=danger][value=no]")
    finger.follow("[name=go][value=next]")
    finger.page.fill("[name=story]", "A girl of nine")
    finger.follow("[name=go][value=next]")
    finger.press("[name=contact][value=no]")
    finger.press("[name=go][value=send]")
    return words_on_note(finger.page)


def send_a_report(finger: Finger, made: dict) -> None:
    write_from_home(finger)


def come_back_with_the_code(finger: Finger, made: dict) -> None:
    receipt = write_from_home(Finger(finger.page))
    finger.page.goto("/el/help/gr/")
    finger.follow("main a[href='/el/report/return/']")
    finger.page.fill("[name=receipt]", receipt)
    finger.press("main form button")
    finger.page.wait_for_selector("#answers")


def register_for_a_seminar(finger: Finger, made: dict) -> None:
    page = finger.page
    page.goto("/el/seminars/")
    finger.follow("a[href$='/el/seminars/athens/']")
    finger.follow("a[href$='/el/seminars/athens/register/']")
    for name, text in {"name": "Ελένη", "email": "clicks@example.org", "organisation": "Α–Ω"}.items():
        page.fill(f"[name={name}]", text)
    for name, value in {"profession": "teacher", "organisation_type": "school", "country": "GR"}.items():
        page.select_option(f"[name={name}]", value)
    finger.follow("main .form button[type=submit]")
    expect(page.locator(".notice--success")).to_be_visible()


def cancel_the_place(finger: Finger, made: dict) -> None:
    finger.page.goto(f"/el/seminars/place/{made['place']}/")
    finger.follow("main a[href$='/leave/']")
    finger.follow("main form .button--danger")
    expect(finger.page.locator("main a[href$='/leave/'], main .button--danger")).to_have_count(0)


def get_posters_in_two_languages(finger: Finger, made: dict) -> None:
    page = finger.page
    page.goto("/el/")
    finger.follow("main a[href$='/campaigns/victor/']")
    for language in ("ro", "bg"):
        finger.follow(f".chips a[href*='posters={language}']")
        poster = page.locator("#posters ~ .rows a").first
        expect(poster).to_be_visible()
        finger.presses += 1  # the browser would show the file
        assert page.request.get(poster.get_attribute("href")).headers["content-type"] == "application/pdf"


def open_the_report_that_waits(finger: Finger, made: dict) -> None:
    finger.page.goto("/en/workspace/")
    finger.follow("main a[href*='/workspace/desks/clicks/']")
    if finger.page.locator("[data-row]").count():
        finger.follow("[data-row]")
    expect(finger.page.locator(".composer")).to_be_visible()


def work_on_a_report(finger: Finger, made: dict) -> None:
    page = finger.page
    page.goto("/en/workspace/desks/clicks/")
    follow(page.locator("[data-row]").first)
    finger.follow(page.get_by_role("button", name="Assign to me"))
    finger.press("[name='triage-risk'][value=medium]")
    page.fill("[name='triage-reason']", "Seen twice")
    finger.follow(page.get_by_role("button", name="Save the risk"))
    finger.press("[name=voice][value=answer]")
    page.fill("[name=text]", "We have called the school.")
    finger.follow(".composer__send")
    page.fill("[name=text]", "The school calls back.")
    finger.follow(".composer__keep")
    finger.press(page.locator("summary", has_text="Outcome"))
    finger.press("[name='conclude-outcome']")
    page.fill("[name='conclude-reason']", "The prosecutor")
    finger.follow(page.get_by_role("button", name="Save the outcome"))
    finger.follow(page.get_by_role("button", name="Close the report"))
    expect(page.get_by_role("button", name="Close the report")).to_have_count(0)


def admit_three_people(finger: Finger, made: dict) -> None:
    page = finger.page
    page.goto("/en/workspace/seminars/asked/participants/")
    for tick in page.locator("[name=person]").all():
        finger.press(tick)
    finger.follow(page.get_by_role("button", name="Accept those who are ticked"))
    expect(page.locator("[name=person]")).to_have_count(0)


def check_two_people_in(finger: Finger, made: dict) -> None:
    page = finger.page
    page.goto("/en/workspace/seminars/held/")
    finger.follow("a[href*='/seminars/held/check-in/']")
    for name in ("Ιωάννα", "Любомир"):
        finger.press(page.locator("[data-one]", has_text=name).get_by_role("button").first)
    expect(page.locator(".door__one--here")).to_have_count(2)


def publish_a_text(finger: Finger, made: dict) -> None:
    page = finger.page
    page.goto("/en/workspace/")
    finger.follow("main a[href*='/texts/pages.page/'][href$='/hu/']")
    finger.follow(page.get_by_role("button", name="Approve", exact=True))
    finger.follow(page.get_by_role("button", name="Publish", exact=True))
    expect(page.locator("[data-text-state]")).to_have_text("Published")


def write_to_participants(finger: Finger, made: dict) -> None:
    page = finger.page
    page.goto("/en/workspace/seminars/held/")
    finger.follow("a[href$='/seminars/held/mailings/']")
    page.select_option("[name=kind]", "materials")
    finger.follow(page.get_by_role("button", name="Create the draft"))
    finger.follow(page.get_by_role("button", name="Send", exact=True))
    finger.follow(page.get_by_role("button", name="Send", exact=True))  # it asks first
    expect(page.locator(".sent")).to_be_visible()


def issue_certificates(finger: Finger, made: dict) -> None:
    page = finger.page
    page.goto("/en/workspace/")
    finger.follow(".rail a[href$='/workspace/seminars/']")
    finger.follow("main a[href$='/seminars/ended/']")
    finger.follow("a[href$='/seminars/ended/certificates/']")
    finger.follow("form[action$='/certificates/issue/'] button")
    expect(page.locator("progress")).to_be_visible()


def find_what_is_to_be_translated(finger: Finger, made: dict) -> None:
    finger.page.goto("/sl/workspace/")
    finger.follow(".rail a[href$='/workspace/texts/']")
    finger.follow("main [data-row][href$='/sl/']")
    expect(finger.page.locator("[data-text-state]")).to_be_visible()


def find_a_phone_number_by_a_greek_word(finger: Finger, made: dict) -> None:
    page = finger.page
    page.goto("/en/admin/")
    page.fill("#start-q", "χαμογελο")
    finger.follow(".start__search button")
    finger.follow(page.locator("main a", has_text="Smile").first)
    finger.follow(".belongings a[href*='/helpline/']")
    expect(page.locator("#result_list, #id_number").first).to_be_visible()


# As they were counted before, but for what now asks first: a reason for the risk and for the outcome, a place given up.
TASKS = [
    (call_a_number, "visitor", 2),
    (send_a_report, "visitor", 9),
    (come_back_with_the_code, "visitor", 2),
    (register_for_a_seminar, "visitor", 4),
    (cancel_the_place, "visitor", 1 + 1),
    (get_posters_in_two_languages, "visitor", 6),
    (open_the_report_that_waits, "worker", 2),
    (work_on_a_report, "worker", 8 + 2),
    (admit_three_people, "trainer", 4),
    (check_two_people_in, "trainer", 3),
    (publish_a_text, "editor", 3),
    (write_to_participants, "trainer", 4),
    (issue_certificates, "trainer", 5),
    (find_what_is_to_be_translated, "translator", 2),
    (find_a_phone_number_by_a_greek_word, "coordinator", 4),
]


@pytest.mark.parametrize(("task", "role", "most"), TASKS, ids=[task.__name__ for task, _role, _most in TASKS])
def test_task_takes_no_more_presses_than_before(enter, made, figure, task, role, most):
    finger = enter(role)
    task(finger, made)
    figure(f"presses to {task.__name__.replace('_', ' ')} (at most {most})", finger.presses)
    assert finger.presses <= most
