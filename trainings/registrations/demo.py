"""Seminars of the demo: one with free seats and one that is full. They are made with the actions that people use."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from partners.directory.models import Organisation
from trainings.registrations.actions import register
from trainings.registrations.models import Registration
from trainings.registrations.states import OrganisationType
from trainings.seminars.courses import Course
from trainings.seminars.models import Seminar, Session
from trainings.seminars.states import Profession
from victor.access import System
from victor.accounts.demo import DOMAIN, refuse_outside_demo
from victor.publishing.bundled_texts import publish_bundled

DEMO_ACTOR = System("demo")
HOST, COURSE = "smile-of-the-child", "police"
SUMMARY = "This seminar belongs to the demonstration: it is not held, and whoever registers is not expected."
REGISTRATION_WINDOW = timedelta(days=60)
MODULES_OF_FIRST_DAY = 4


@transaction.atomic
def ensure_demo_seminars() -> int:
    """Create the demo seminars unless one of them is still to come. Return the number of seminars created.

    Raises:
        NotADemo: `DEMO` is not set.
    """
    refuse_outside_demo()
    if Seminar.objects.filter(slug__startswith="demo-").upcoming().exists():
        return 0
    create_seminar("open", "Demonstration seminar with free places", seats=20, days=30)
    full = create_seminar("full", "Demonstration seminar, fully booked", seats=2, days=44)
    for number in range(full.seats + 1):
        register(participant_of(full, number + 1), by=DEMO_ACTOR)
    return 2


def create_seminar(
    name: str, title: str, *, seats: int, days: int, host: str = HOST, course: str = COURSE, language: str = "el"
) -> Seminar:
    """A public seminar of two mornings that begins in `days` days."""
    organisation, taught = Organisation.objects.get(slug=host), Course.objects.get(slug=course)
    zone = ZoneInfo(organisation.country.time_zone)
    first = timezone.now().astimezone(zone).replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=days)
    seminar = Seminar.objects.create(
        slug=f"demo-{name}-{first:%Y-%m-%d}",
        course=taught,
        organisation=organisation,
        country=organisation.country,
        language=language,
        professions=taught.professions,
        seats=seats,
        opens=first - REGISTRATION_WINDOW,
        closes=first - timedelta(days=2),
    )
    modules = list(taught.modules.all())
    for day, modules_of_day in enumerate((modules[:MODULES_OF_FIRST_DAY], modules[MODULES_OF_FIRST_DAY:])):
        starts = first + timedelta(days=day)
        session = Session.objects.create(seminar=seminar, starts=starts, ends=starts + timedelta(hours=5))
        session.modules.set(modules_of_day)
    publish_bundled(seminar, "en", {"title": title, "summary": SUMMARY}, by=DEMO_ACTOR)
    return Seminar.objects.get(pk=seminar.pk)


def participant_of(seminar: Seminar, number: int) -> Registration:
    """An invented person who wants to take part."""
    return Registration(
        seminar=seminar,
        name=f"Participant {number} of the demonstration",
        email=f"participant{number}@{DOMAIN}",
        profession=Profession.POLICE,
        organisation="Demonstration",
        organisation_type=OrganisationType.LAW_ENFORCEMENT,
        country=seminar.country,
        language=seminar.language,
    )
