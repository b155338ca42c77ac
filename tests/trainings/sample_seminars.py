"""Seminars and those who come, for tests."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from model_bakery import baker

from tests.people import organisation, person
from trainings.registrations.models import Registration
from trainings.seminars.courses import Course, Module
from trainings.seminars.materials import SessionMaterial
from trainings.seminars.models import Quota, Seminar, Session
from victor.access import System
from victor.publishing.bundled_texts import publish_bundled

NUMBERS = itertools.count(1)
TEST = System("test")
PDF = b"%PDF-1.7 lamp"


def make_seminar(
    slug: str = "athens", *, days: int = 30, lengths: tuple[float, ...] = (3, 3), **fields: Any
) -> Seminar:
    """A public seminar in Greece that begins in so many days, with a session of each length in hours, a day each."""
    now = timezone.now()
    host = fields.pop("organisation", None) or organisation("smile")
    given = {
        "country": host.country,
        "language": "el",
        "seats": 20,
        "opens": now - timedelta(days=100),
        "closes": now + timedelta(days=days),
    }
    seminar = baker.make(Seminar, slug=slug, organisation=host, **given | fields)
    morning = now.replace(hour=8, minute=0, second=0, microsecond=0)
    first = min(morning, now - timedelta(hours=1)) + timedelta(days=days)
    _publish(seminar, first)
    for number, hours in enumerate(lengths):
        starts = first + timedelta(days=number)
        Session.objects.create(seminar=seminar, starts=starts, ends=starts + timedelta(hours=hours))
    return Seminar.objects.get(pk=seminar.pk)


def _publish(seminar: Seminar, first: datetime) -> None:
    """With all that going public asks for; a test may have it otherwise afterwards."""
    session = Session.objects.create(
        seminar=seminar, starts=first, ends=max(first, seminar.closes) + timedelta(hours=1)
    )
    for language in ("en", "el"):
        publish_bundled(
            seminar, language, {"title": f"Seminar {seminar.slug}", "summary": "See, ask, protect."}, by=TEST
        )
    session.delete()


def applicant(seminar: Seminar, **fields: Any) -> Registration:
    """Who would like to come, not registered yet."""
    number = next(NUMBERS)
    given = {
        "name": f"Person {number}",
        "email": f"participant{number}@example.org",
        "profession": "police",
        "organisation": "Police of Athens",
        "organisation_type": "law_enforcement",
        "country": seminar.country,
        "language": "en",
    }
    return Registration(seminar=seminar, **given | fields)


WORDS = {
    "en": "Seminar",
    "el": "Σεμινάριο",
    "bg": "Семинар",
    "ro": "Seminarul",
    "sl": "Seminar",
    "sr": "Семинар",
    "hu": "Szeminárium",
    "uk": "Семінар",
}


def publish_in_all_languages() -> None:
    """A course and its seminar, public in every language of the site."""
    module = baker.make(Module, number=1, slug="signs", hours=1.5, tracks=["police"])
    course = baker.make(Course, slug="police", professions=["police"], languages=["el"])
    course.modules.add(module)
    seminar = make_seminar("athens", course=course, organisation=organisation("smile-of-the-child"))
    seminar.sessions.first().modules.add(module)
    for language, word in WORDS.items():
        for number, obj in enumerate((module, course, seminar)):
            names = ("title", "summary", "objectives", "place", "programme", "accessibility")
            publish_bundled(obj, language, dict.fromkeys(names, f"{word} {number}"), by=TEST)


def complete_seminar(**fields: object) -> Seminar:
    """A seminar with everything that can be taken over; it begins in summer time."""
    seminar = make_seminar("athens", days=20, **fields)
    Quota.objects.create(seminar=seminar, profession="police", seats=5)
    seminar.trainers.add(person())
    handout = SessionMaterial(session=seminar.sessions.first(), language="el", name="Φύλλο", format="pdf", size=13)
    handout.file.save("x.pdf", ContentFile(PDF))
    return seminar
