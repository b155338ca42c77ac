"""Seminars as visitors find them: what is coming, whether there is a place, and what there is instead."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from lxml import etree
from model_bakery import baker

from tests.bundled import with_courses
from tests.people import organisation, visitor
from tests.processes import ROOT
from tests.trainings.sample_seminars import applicant, make_seminar
from trainings.registrations.actions import register
from trainings.registrations.models import Registration
from trainings.seminars.courses import Course, Module
from trainings.seminars.models import Seminar, Session
from trainings.seminars.states import Availability
from victor.access import System, Visitor
from victor.publishing.actions import save_draft, submit
from victor.publishing.bundled_texts import publish_bundled
from victor.publishing.errors import Incomplete
from victor.publishing.models import SearchDocument
from victor.publishing.states import TextState

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
DAY = timedelta(days=1)
TEST = System("test")


def page(address: str) -> str:
    return Client().get(f"/en/seminars/{address}").content.decode()


def test_filter_is_folded_and_says_what_is_chosen():
    make_seminar()
    assert "<summary>Filters</summary>" in page("")
    assert "<summary>Filters: Greece</summary>" in page("?country=GR")


def test_all_agrees_with_what_it_is_all_of():
    greek = Client().get("/el/seminars/").content.decode()
    assert greek.count('<option value="" selected>Όλες</option>') == 2


def slugs(asked: str = "") -> list[str]:
    answer = Client().get(f"/en/seminars/{asked}")
    return [each.slug for seminars in answer.context["months"].values() for each in seminars]


def availability(slug: str) -> Availability:
    return Seminar.objects.with_taken().get(slug=slug).availability


def test_seminars_to_come_are_listed_by_month_and_those_past_after_them(at):
    make_seminar("next", days=3)
    make_seminar("later", days=70)
    make_seminar("past", days=-9)
    answer = Client().get("/en/seminars/")
    assert [[each.slug for each in seminars] for seminars in answer.context["months"].values()] == [["next"], ["later"]]
    assert [each.slug for each in answer.context["page_obj"]] == ["past"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["all", "police", "english"]),
        ("?country=GR&profession=police", ["all", "police"]),
        ("?profession=judge", ["all", "english"]),
        ("?language=en", ["english"]),
        ("?profession=pirate&country=XX", ["all", "police", "english"]),
    ],
)
def test_seminars_are_narrowed_by_what_the_address_asks_for(asked, found):
    make_seminar("all", days=3)
    make_seminar("police", days=4, professions=["police"])
    make_seminar("english", days=5, professions=["judge"], language="en")
    assert slugs(asked) == found


def test_seminar_says_whether_there_is_a_place():
    now = timezone.now()
    full = make_seminar("full", seats=1)
    register(applicant(full), by=TEST)
    make_seminar("free")
    make_seminar("early", opens=now + DAY)
    make_seminar("closed", closes=now - DAY)
    make_seminar("cancelled", cancelled=True)
    make_seminar("over", days=-9)
    answers = {slug: availability(slug) for slug in ("free", "full", "early", "closed", "cancelled", "over")}
    assert answers == {slug: Availability(slug) for slug in answers}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"cancelled": True}, "This seminar has been cancelled."),
        ({"closes": timezone.now() - DAY}, "Registration is closed."),
        ({"opens": timezone.now() + DAY}, "You can register from"),
    ],
)
def test_seminar_that_cannot_be_joined_names_others(given, said):
    make_seminar("shut", **given)
    make_seminar("open", days=40)
    text = page("shut/")
    assert said in text
    assert re.findall(r'href="/en/seminars/(\w+)/"><b>', text) == ["open"]


def test_seminar_with_places_names_no_others():
    make_seminar("athens")
    make_seminar("open", days=40)
    text = page("athens/")
    assert "20, some are free" in " ".join(text.split())
    assert "Similar seminars with free places" not in text


def test_seminar_tells_the_address_online_to_nobody():
    make_seminar("athens", online="https://meet.example/room")
    text = page("athens/")
    assert "meet.example" not in text + page("../seminars.ics") + page("athens.ics")
    assert "participants receive the link with their confirmation" in text


def test_seminar_shows_its_programme(at):
    seminar = make_seminar("athens")
    module = Module.objects.create(number=4, slug="signs", hours=2, tracks=["police"])
    publish_bundled(module, "en", {"title": "Signs and first contact", "summary": "Which signs"}, by=TEST)
    seminar.sessions.first().modules.add(module)
    text = " ".join(page("athens/").split())
    assert 'Signs and first contact <span class="days__where">2 hours</span>' in text


def test_calendar_holds_each_session_and_counts_its_changes():
    seminar = make_seminar("athens")
    before = {each["UID"]: each["SEQUENCE"] for each in icalendar.Calendar.from_ical(page("athens.ics")).events}
    assert [uid.split("@")[0] for uid in before] == [
        f"seminar-{seminar.pk}-{each.pk}" for each in seminar.sessions.all()
    ]
    second = seminar.sessions.last()
    Session.objects.filter(pk=second.pk).update(starts=second.starts + timedelta(minutes=5))
    after = {each["UID"]: each["SEQUENCE"] for each in icalendar.Calendar.from_ical(page("athens.ics")).events}
    assert after == {uid: number + 1 for uid, number in before.items()}


def test_calendar_of_all_is_narrowed_as_the_list_is():
    make_seminar("greek")
    make_seminar("english", language="en")
    calendar = icalendar.Calendar.from_ical(Client().get("/en/seminars.ics?language=en").content)
    assert {str(each["SUMMARY"]) for each in calendar.events} == {"Seminar english"}


def test_feed_names_what_is_coming():
    make_seminar("athens")
    make_seminar("past", days=-9)
    entries = etree.fromstring(Client().get("/el/seminars.atom").content).findall(f"{ATOM}entry")
    assert [each.findtext(f"{ATOM}title") for each in entries] == ["Seminar athens"]


@pytest.mark.parametrize("seats", [1, 2])
def test_seminar_page_fills_every_fact(seats):
    baker.make(Registration, seminar=make_seminar("athens", seats=seats), state="confirmed")
    facts = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page("athens/"), re.DOTALL)
    assert "Register until" in dict(facts)
    assert [name for name, fact in facts if not fact.strip()] == []


@pytest.mark.parametrize("template", ["seminar", "_how_to_join", "_availability", "_sessions"])
def test_seminar_page_names_only_what_a_seminar_has(template):
    make_seminar("athens")
    seminar = Seminar.objects.for_page().get()
    source = (ROOT / f"templates/trainings/seminars/{template}.html").read_text()
    assert [name for name in re.findall(r"\bseminar\.(\w+)", source) if not hasattr(seminar, name)] == []


def test_seminar_page_says_until_when_one_can_register():
    make_seminar("athens", closes=datetime(2099, 3, 1, 16, 30, tzinfo=UTC))
    assert "<dd>Sunday, 1 March 2099, 18:30</dd>" in page("athens/")


def test_seminar_says_what_it_is_to_search_engines():
    make_seminar("athens", professions=["police"])
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page("athens/"))[1])
    names = ("@type", "name", "isAccessibleForFree", "inLanguage", "audience")
    assert [data[name] for name in names] == [
        "EducationEvent",
        "Seminar athens",
        True,
        "el",
        [{"@type": "EducationalAudience", "educationalRole": "Police"}],
    ]


def test_search_and_sitemap_know_a_seminar():
    make_seminar("athens")
    assert SearchDocument.objects.filter(path="/el/seminars/athens/").count() == 1
    assert "/el/seminars/athens/</loc>" in Client().get("/sitemap.xml").content.decode()


@with_courses
def test_courses_come_with_the_project():
    call_command("load_trainings", "--update", verbosity=0)
    assert Module.objects.published().count() == 11
    assert Course.objects.published().count() == 6
    hours = {each.slug: float(each.hours) for each in Course.objects.all()}
    assert hours == {"police": 10.5, "justice": 8.5, "social": 10.5, "health": 8.0, "labour": 7.5, "consular": 7.5}
    text = page("courses/police/")
    assert "No dates have been set yet." in text
    assert "A case, worked on together" in text


@with_courses
def test_course_names_the_seminars_that_are_coming():
    make_seminar("athens", course=Course.objects.get(slug="police"))
    assert re.findall(r'href="/en/seminars/(\w+)/"><b>', page("courses/police/")) == ["athens"]


def test_home_names_seminars_among_what_is_coming():
    make_seminar("athens", days=3)
    coming = Client().get("/en/").context["coming"]
    assert [(type(each), each.slug, str(each.country)) for each in coming] == [(Seminar, "athens", "Greece")]


def test_seminar_without_a_session_does_not_go_public():
    seminar = make_seminar("athens")
    seminar.sessions.all().delete()
    with pytest.raises(Incomplete, match="a session with its hours"):
        publish_bundled(seminar, "en", {"title": "Other", "summary": "Other"}, by=TEST)


def test_seminar_whose_registration_outlasts_it_does_not_go_public():
    seminar = make_seminar("athens")
    Seminar.objects.update(closes=seminar.ends + DAY)
    with pytest.raises(Incomplete, match="closes before the end"):
        publish_bundled(seminar, "en", {"title": "Other", "summary": "Other"}, by=TEST)
    draft = save_draft(seminar, "el", {"title": "Άλλο", "summary": "Άλλο"}, by=TEST)
    assert submit(draft, by=TEST).state == TextState.IN_REVIEW


@with_courses
def test_demo_has_an_open_seminar_and_a_full_one(settings):
    settings.DEMO = True
    organisation("smile-of-the-child")
    call_command("load_demo_seminars", verbosity=0)
    call_command("load_demo_seminars", verbosity=0)
    availabilities = [each.availability for each in Seminar.objects.with_taken().upcoming()]
    assert availabilities == [Availability.FREE, Availability.FULL]


@pytest.mark.parametrize(
    ("seats", "words"),
    [(1, "waiting list"), (2, "only a few are free"), (4, "only a few are free"), (5, "some are free")],
)
def test_seminar_says_no_number_of_free_places(seats, words):
    """Finding 19: the exact number would tell who is registered."""
    seminar = make_seminar(seats=seats)
    register(applicant(seminar), by=Visitor())
    page = visitor().get("/en/seminars/athens/").text
    assert f"{seats}, {words}" in page
    assert f"{seats - 1} " not in page.split("Places")[1].split("</div>")[0]
