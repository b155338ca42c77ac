"""Seminars and those who come, for tests."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

from django.utils import timezone
from model_bakery import baker

from tests.people import organisation
from trainings.models import Registration, Seminar, Session
from victor.access import System
from victor.publishing.actions import put

NUMBERS = itertools.count(1)
TEST = System("test")


def held(slug: str = "athens", *, days: int = 30, lengths: tuple[float, ...] = (3, 3), **fields: Any) -> Seminar:
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
    first = now.replace(hour=8, minute=0, second=0, microsecond=0) + timedelta(days=days)
    for number, hours in enumerate(lengths):
        starts = first + timedelta(days=number)
        Session.objects.create(seminar=seminar, starts=starts, ends=starts + timedelta(hours=hours))
    for language in ("en", "el"):
        put(seminar, language, {"title": f"Seminar {slug}", "summary": "See, ask, protect."}, by=TEST)
    return Seminar.objects.get(pk=seminar.pk)


def somebody(seminar: Seminar, **fields: Any) -> Registration:
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
