"""Seminars of the demo: one with free places, one that is full. Made with the actions that people use."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from partners.models import Organisation
from trainings.actions import register
from trainings.models import Course, Registration, Seminar, Session
from trainings.states import OrganisationType, Profession
from victor.access import System
from victor.accounts.demo import DOMAIN, refuse_outside_demo
from victor.publishing.actions import put

DEMO = System("demo")
HOST, COURSE = "smile-of-the-child", "police"
SUMMARY = "This seminar belongs to the demonstration: it is not held, and whoever registers is not expected."
WINDOW = timedelta(days=60)
MORNING = 4  # modules of the first day


@transaction.atomic
def ensure_seminars() -> int:
    """Make what the demo lacks; return how many.

    Raises:
        NotADemo: `DEMO` is not set.
    """
    refuse_outside_demo()
    if Seminar.objects.filter(slug__startswith="demo-").upcoming().exists():
        return 0
    _held("open", "Demonstration seminar with free places", seats=20, days=30)
    full = _held("full", "Demonstration seminar, fully booked", seats=2, days=44)
    for number in range(full.seats + 1):
        register(_somebody(full, number + 1), by=DEMO)
    return 2


def _held(name: str, title: str, *, seats: int, days: int) -> Seminar:
    """A public seminar of two mornings that begins in so many days."""
    host, course = Organisation.objects.get(slug=HOST), Course.objects.get(slug=COURSE)
    zone = ZoneInfo(host.country.time_zone)
    first = timezone.now().astimezone(zone).replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=days)
    seminar = Seminar.objects.create(
        slug=f"demo-{name}-{first:%Y-%m-%d}",
        course=course,
        organisation=host,
        country=host.country,
        language="el",
        professions=course.professions,
        seats=seats,
        opens=first - WINDOW,
        closes=first - timedelta(days=2),
    )
    modules = list(course.modules.all())
    for day, taught in enumerate((modules[:MORNING], modules[MORNING:])):
        starts = first + timedelta(days=day)
        session = Session.objects.create(seminar=seminar, starts=starts, ends=starts + timedelta(hours=5))
        session.modules.set(taught)
    put(seminar, "en", {"title": title, "summary": SUMMARY}, by=DEMO)
    return Seminar.objects.get(pk=seminar.pk)


def _somebody(seminar: Seminar, number: int) -> Registration:
    return Registration(
        seminar=seminar,
        name=f"Participant {number} of the demonstration",
        email=f"participant{number}@{DOMAIN}",
        profession=Profession.POLICE,
        organisation="Demonstration",
        organisation_type=OrganisationType.LAW_ENFORCEMENT,
        country=seminar.country,
        language="el",
    )
