"""From the invitation to the certificate, in a real browser: register, come, answer, get the paper, have it checked."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page
from pypdfium2 import PdfDocument

from tests.journeys.accessibility import SIZES, faults_of
from tests.journeys.browsing import follow
from tests.plugins.portal import WatchedPage
from tests.sampling import sampled

MAKING = """
from partners.directory.models import Organisation
from tests.trainings.sample_seminars import make_seminar
smile = Organisation.objects.get(slug="smile-of-the-child")
make_seminar("{slug}", days=1, lengths=(2,), seats={seats}, organisation=smile)
"""
PLACE = """
import json
from trainings.registrations.tokens import place_token
from trainings.registrations.models import Registration
one = Registration.objects.get(seminar__slug="{slug}", email="{email}")
print(json.dumps(place_token(one)))
"""
SHIFT = """
from datetime import timedelta
from django.utils import timezone
from trainings.seminars.models import Session
starts = timezone.now() + timedelta(minutes={minutes})
Session.objects.filter(seminar__slug="{slug}").update(starts=starts, ends=starts + timedelta(hours=2))
"""
ISSUE = """
from trainings.certificates.periodic import issue_due
issue_due()
"""
PEOPLE = {"el": "Ελένη Παπαδοπούλου", "ro": "Ștefănița Țurcanu", "uk": "Ґанна Їжакевич"}


@pytest.fixture
def run_script(portal) -> Callable[..., Any]:
    """What the portal does meanwhile: the hours pass, its worker works."""

    def tell(script: str, **given: Any) -> Any:
        printed = portal.manage("shell", "--no-imports", "-c", script.format(**given)).strip()
        return json.loads(printed.splitlines()[-1]) if printed.endswith('"') else None

    return tell


def register(page: Page, language: str, slug: str, name: str, email: str) -> list[str]:
    """Fill in what is asked and send it."""
    page.goto(f"/{language}/seminars/{slug}/")
    follow(page.locator(f'a[href$="/seminars/{slug}/register/"]').first)
    faults = faults_of(page)
    for field, text in {"name": name, "email": email, "organisation": "Α–Я"}.items():
        page.locator(f"[name={field}]").fill(text)
    for field, value in {"profession": "teacher", "organisation_type": "school", "country": "GR"}.items():
        page.locator(f"[name={field}]").select_option(value)
    follow(page.locator("main button[type=submit]"))
    return faults


def let_in(desk: Page, language: str, slug: str, name: str) -> None:
    """At the door: one press on the name."""
    desk.goto(f"/{language}/workspace/seminars/{slug}/check-in/")
    desk.locator(".door__one button", has_text=name).click()
    desk.locator(".door__one--here").wait_for()


def answer(page: Page, place: str) -> list[str]:
    """The questions after the seminar, each with the first of its answers."""
    page.goto(f"{place}questions/after/")
    faults = faults_of(page)
    for choices in page.locator("fieldset.choices").all():
        choices.locator("input").first.check()
    follow(page.locator("button[name=go][value=hand-in]"))
    return faults


def words_of(paper: bytes) -> str:
    """What stands on the first page of a PDF."""
    with PdfDocument(paper) as document:
        return document[0].get_textpage().get_text_bounded()


@pytest.mark.parametrize("language", sampled(PEOPLE, daily=["el"]))
def test_person_registers_comes_answers_and_has_the_certificate_checked(watch, coordinator, run_script, language):
    slug, email, name = f"way-{language}", f"way-{language}@example.org", PEOPLE[language]
    run_script(MAKING, slug=slug, seats=5)
    watched, desk = watch(viewport=SIZES["phone"]), watch(viewport=SIZES["phone"]).page
    desk.context.add_cookies([coordinator])
    page = watched.page
    faults = register(page, language, slug, name, email)
    place = f"/{language}/seminars/place/{run_script(PLACE, slug=slug, email=email)}/"
    page.goto(place)
    faults += faults_of(page)
    run_script(SHIFT, slug=slug, minutes=-60)
    let_in(desk, language, slug, name)
    run_script(SHIFT, slug=slug, minutes=-180)
    faults += answer(page, place)
    desk.goto(f"/{language}/workspace/seminars/{slug}/certificates/")
    follow(desk.locator("form[action$='/certificates/issue/'] button"))
    run_script(ISSUE)
    page.goto(place)
    assert name in words_of(page.request.get(f"{place}certificate.pdf").body())
    follow(page.locator('main a[href*="/certificates/"]').first)
    faults += faults_of(page)
    assert page.locator(".notice--success").count() == 1
    assert name not in page.content()
    assert faults == []
    assert_only_us(watched)


def assert_only_us(watched: WatchedPage) -> None:
    """The page did nothing that must not happen, asked no other host, and left no cookie."""
    assert watched.faults == []
    assert len(watched.hosts) == 1
    assert watched.page.context.cookies() == []


@pytest.mark.long
def test_person_waits_is_offered_a_place_and_takes_it(watch, run_script):
    run_script(MAKING, slug="way-waiting", seats=1)
    page = watch(viewport=SIZES["phone"]).page
    for number in (1, 2):
        register(page, "el", "way-waiting", "Μαρία", f"waiting{number}@example.org")
    first, second = (
        f"/el/seminars/place/{run_script(PLACE, slug='way-waiting', email=f'waiting{number}@example.org')}/"
        for number in (1, 2)
    )
    page.goto(second)
    assert page.locator("form[action$='/accept/']").count() == 0
    page.goto(first)
    follow(page.locator("a[href$='/leave/']"))
    follow(page.locator("main form button"))
    page.goto(second)
    follow(page.locator("form[action$='/accept/'] button"))
    page.goto(second)
    assert page.locator(".notice--success").is_visible()
    assert faults_of(page) == []
