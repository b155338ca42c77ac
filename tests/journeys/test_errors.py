"""Whoever sends something that is not accepted sees it at once: on a phone, in a real browser."""

from __future__ import annotations

import json

import pytest
from django.utils.translation import gettext, override
from playwright.sync_api import Page

from tests.journeys.browsing import follow
from tests.journeys.test_report import DESK
from tests.sampling import sampled
from victor.languages import CODES

PHONE = {"width": 360, "height": 740}
MAKING = """
import json
from partners.directory.models import Organisation
from tests.trainings.sample_seminars import applicant, make_seminar
from tests.trainings.evaluation.sample_answers import seminar_with_questions
from trainings.registrations.actions import register
from trainings.registrations.tokens import place_token
from trainings.seminars.models import Seminar
from victor.access import Visitor
smile = Organisation.objects.get(slug="smile-of-the-child")
seminar = Seminar.objects.filter(slug="errors").first() or make_seminar("errors", organisation=smile)
_asked, people = seminar_with_questions("errors-asked", people=1, organisation=smile)
print(json.dumps([place_token(people[0])]))
"""
# What is wrong with the focused summary: out of sight, or a link that leads nowhere.
FAULTS = """() => {
  const summary = document.activeElement;
  if (!summary.matches("[data-error-summary]")) return ["focus on " + summary.outerHTML.slice(0, 80)];
  const box = summary.getBoundingClientRect();
  const faults = box.top < 0 || box.top > innerHeight - 100 ? ["summary at " + box.top] : [];
  const first = document.querySelector("main").firstElementChild;
  if (first !== summary) faults.push("first is " + first.outerHTML.slice(0, 80));
  if (!summary.textContent.trim()) faults.push("nothing is said");
  for (const link of summary.querySelectorAll("a")) {
    if (!document.querySelector(link.hash)) faults.push(link.getAttribute("href") + " leads nowhere");
  }
  return faults;
}"""
LANDED = """hash => {
  const target = document.querySelector(hash);
  const box = target.getBoundingClientRect();
  return box.top >= 0 && box.bottom <= innerHeight && document.activeElement === target;
}"""


@pytest.fixture(scope="session")
def place(portal) -> str:
    """The token of somebody who is asked questions, at a portal with a desk and a seminar."""
    portal.manage("shell", "--no-imports", "-c", DESK)
    return json.loads(portal.manage("shell", "--no-imports", "-c", MAKING).splitlines()[-1])[0]


def send(page: Page, **typed: str) -> None:
    """Fill in the form of the page's content and press its first button."""
    for name, value in typed.items():
        page.locator(f"main [name={name}]").first.fill(value)
    follow(page.locator("main form [type=submit]").first)


def first_screen(page: Page, language: str) -> None:
    page.goto(f"/{language}/report/gr/")
    send(page)


def second_screen(page: Page, language: str) -> None:
    page.goto(f"/{language}/report/gr/")
    page.locator("[name=danger][value=no]").check()
    send(page)
    send(page)


def third_screen(page: Page, language: str) -> None:
    second_screen(page, language)
    send(page, story="A girl of nine")
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.locator("[name=go][value=send]").click()
    page.wait_for_selector("[data-error-summary]")


def receipt(page: Page, language: str) -> None:
    third_screen(page, language)
    page.locator("[name=contact][value=no]").check()
    page.locator("[name=go][value=send]").click()
    page.wait_for_selector(".note")
    send(page, typed="zebra")


def way_back(page: Page, language: str) -> None:
    page.goto(f"/{language}/report/return/")
    send(page, receipt="zebra")


def registration(page: Page, language: str) -> None:
    page.goto(f"/{language}/seminars/errors/register/")
    send(page)


def group(page: Page, language: str) -> None:
    page.goto(f"/{language}/seminars/errors/register/group/")
    send(page)


def certificate(page: Page, language: str) -> None:
    page.goto(f"/{language}/certificates/")
    send(page, code="VICTOR-2026-000001")


REFUSED = [first_screen, second_screen, third_screen, receipt, way_back, registration, group, certificate]


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("language", sampled(CODES, daily=[], long=["el"]))
def test_every_refused_form_shows_and_focuses_what_is_wrong(watch, language):
    with override(language):
        title = gettext("Error:")
    faults = {}
    for refuse in REFUSED:
        page = watch(viewport=PHONE).page
        refuse(page, language)
        page.wait_for_function("document.activeElement.matches('[data-error-summary]')")
        faults[refuse.__name__] = page.evaluate(FAULTS) + ([] if page.title().startswith(title) else [page.title()])
    assert faults == {refuse.__name__: [] for refuse in REFUSED}


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("refuse", [first_screen, way_back, registration])
def test_link_of_an_error_leads_to_its_field(watch, refuse):
    page = watch(viewport=PHONE).page
    refuse(page, "el")
    link = page.locator("[data-error-summary] a").first
    link.click()
    page.wait_for_function(LANDED, arg=link.evaluate("link => link.hash"))


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("refuse", [first_screen, way_back, registration])
def test_error_is_focused_without_scripts(watch, refuse):
    page = watch(java_script_enabled=False, viewport=PHONE).page
    refuse(page, "el")
    assert page.locator("[data-error-summary]:focus").count() == 1


def test_unanswered_questions_are_shown_first(watch, place):
    page = watch(viewport=PHONE).page
    page.goto(f"/el/seminars/place/{place}/questions/after/")
    send(page)
    assert page.evaluate(FAULTS) == []


@pytest.mark.usefixtures("place")
def test_code_for_which_there_is_nothing_is_said_calmly_and_seen(watch):
    page = watch(viewport=PHONE).page
    page.goto("/el/report/return/")
    send(page, receipt="0" * 21)
    page.wait_for_function("document.activeElement.matches('[data-error-summary]')")
    assert page.evaluate(FAULTS) == []
    assert page.locator(".notice--error").count() == 0
