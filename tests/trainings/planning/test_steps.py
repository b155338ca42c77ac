"""A new seminar in three steps: nothing is stored before the last, and nothing that was typed is lost on the way."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from model_bakery import baker

from partners.memberships.states import Role
from tests.people import browser_of, organisation, person
from trainings.planning.seminar_steps import propose_slug
from trainings.seminars.courses import Course, Module
from trainings.seminars.models import Seminar
from victor.access import System
from victor.publishing.bundled_texts import publish_bundled

pytestmark = pytest.mark.django_db
NEW = "/en/workspace/new-seminar/"
WHAT = {"language": "el", "title": "Σημάδια στο σχολείο", "summary": "What teachers see"}
WHERE = {"country": "GR", "place": "Athens"}
SESSION = {"sessions-0-starts": "2031-05-05T10:00", "sessions-0-ends": "2031-05-05T14:00"}


@pytest.fixture
def trainer() -> Client:
    return browser_of(person(Role.TRAINER, organisation("smile")))


def fields_of(answer: Any) -> dict[str, list[str]]:
    """What a browser sends of the form of a page."""
    page = answer.text[answer.text.index('<form class="form"') :]
    pairs = re.findall(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?', page)
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return fields


def go(trainer: Client, page: Any, **typed: Any) -> Any:
    return trainer.post(NEW, fields_of(page) | typed)


def first_step(trainer: Client, **typed: Any) -> Any:
    at = organisation("smile").pk
    return go(trainer, trainer.get(NEW), **{"organisation": at, "next": "1"} | WHAT | typed)


def test_first_step_asks_only_what_it_is(trainer):
    page = trainer.get(NEW)
    assert [field.name for field in page.context["steps"].fields][:2] == ["organisation", "course"]
    assert '<input type="hidden" name="seats"' in page.text


def test_step_with_an_error_stays_and_speaks_of_its_own_fields(trainer):
    answer = first_step(trainer, summary="")
    assert answer.context["steps"].number == 1
    assert list(answer.context["steps"].form.errors) == ["summary"]


def test_next_step_carries_what_was_typed_and_shows_no_error(trainer):
    answer = first_step(trainer)
    assert answer.context["steps"].number == 2
    assert fields_of(answer)["title"] == [WHAT["title"]]
    assert "field__error" not in answer.text


def test_session_is_added_on_the_spot(trainer):
    before = first_step(trainer)
    answer = go(trainer, before, **WHERE, **SESSION, add_session="1")
    assert len(answer.context["steps"].sessions.forms) == len(before.context["steps"].sessions.forms) + 1
    assert SESSION["sessions-0-starts"] in answer.text


def test_last_step_proposes_the_address_and_the_time_of_registration(trainer):
    answer = go(trainer, first_step(trainer), **WHERE, **SESSION, next="1")
    form = answer.context["steps"].form
    assert answer.context["steps"].number == 3
    assert form["slug"].value() == "simadia-sto-sholeio"
    assert form["closes"].value() == SESSION["sessions-0-starts"]


def test_seminar_is_saved_at_the_end_and_not_before(trainer):
    third = go(trainer, first_step(trainer), **WHERE, **SESSION, next="1")
    assert not Seminar.objects.exists()
    form = third.context["steps"].form
    rest = {"seats": "20", "offer_hours": "48", "share": "80", "slug": form["slug"].value()}
    answer = go(trainer, third, **rest, opens=form["opens"].value(), closes=form["closes"].value(), save="1")
    assert answer.status_code == 302
    assert Seminar.objects.get().sessions.count() == 1


def test_way_back_keeps_what_was_typed_on_both_steps(trainer):
    back = go(trainer, first_step(trainer), **WHERE, **SESSION, back="1")
    assert back.context["steps"].number == 1
    assert fields_of(back)["place"] == ["Athens"]
    assert WHAT["title"] in back.text


def test_course_gives_title_professions_and_modules(trainer):
    module = baker.make(Module, number=1, hours=2, tracks=["police"])
    course = baker.make(Course, slug="signs", languages=["en"], professions=["police"])
    course.modules.add(module)
    publish_bundled(course, "en", dict.fromkeys(("title", "summary", "objectives"), "Signs"), by=System("test"))
    answer = first_step(trainer, course=course.pk, title="", summary="")
    assert answer.context["steps"].form["title"].value() == "Signs"
    assert answer.context["steps"].form["professions"].value() == ["police"]
    assert answer.context["steps"].sessions.forms[0]["modules"].value() == [str(module.pk)]


@pytest.mark.parametrize(
    ("title", "language", "slug"),
    [
        ("Όσα βλέπει το σχολείο", "el", "osa-vlepei-to-sholeio"),
        ("Знаци в училище", "bg", "znatsi-v-uchilishte"),
        ("Знаци у школи", "sr", "znaci-u-skoli"),
        ("Școala și copiii", "ro", "scoala-si-copiii"),
        ("Jelek az iskolában", "hu", "jelek-az-iskolaban"),
        ("!!!", "en", ""),
    ],
)
def test_address_is_latin(title, language, slug):
    assert propose_slug(title, language) == slug


def test_whoever_plans_is_the_trainer_until_they_say_otherwise():
    me = person(Role.TRAINER, organisation("smile"))
    assert browser_of(me).get(NEW).context["steps"].form["trainers"].value() == [me.pk]


def test_seminar_without_a_session_stays_at_the_second_step(trainer):
    answer = go(trainer, first_step(trainer), **WHERE, next="1")
    assert answer.context["steps"].number == 2
    assert 'class="notice notice--error"' in answer.text
