"""A page costs the same for thirteen organisations and for five thousand."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns.campaigns.models import Campaign
from campaigns.events.models import Event
from campaigns.materials.models import Material, MaterialFile
from campaigns.news.models import News
from desks.desk.models import Desk, OpeningHours
from partners.directory.models import Country, Organisation
from tests.bundled import with_everything
from tests.desks.project_desks import public_desk
from tests.trainings.sample_seminars import applicant
from trainings.registrations.models import Registration
from trainings.seminars.courses import Course
from trainings.seminars.models import Seminar, Session

pytestmark = pytest.mark.django_db
PAGES = [
    "/el/",
    "/el/about/",
    "/el/professionals/",
    "/el/privacy/",
    "/el/accessibility/",
    "/el/quick-exit/",
    "/el/search/",
    "/el/help/",
    "/el/help/gr/",
    "/el/help/other-languages/",
    "/el/for-children/",
    "/el/desks/",
    "/el/desks/greece/",
    "/el/desks/greece/children/",
    "/el/desks/greece/professionals/",
    "/el/partners/",
    "/el/partners/?country=GR",
    "/el/partners/?category=national_ngo&page=2",
    "/el/partners/smile-of-the-child/",
    "/el/networks/seec/",
    "/el/campaigns/",
    "/el/campaigns/victor/",
    "/el/campaigns/news/",
    "/el/campaigns/news/news-1/",
    "/el/campaigns/events/",
    "/el/campaigns/events/?country=GR&page=2",
    "/el/campaigns/events/event-1/",
    "/el/campaigns/events/event-1.ics",
    "/el/campaigns/events.ics",
    "/el/campaigns/events.atom",
    "/el/seminars/",
    "/el/seminars/?country=GR&language=el&page=2",
    "/el/seminars/seminar-1/",
    "/el/seminars/shut/",
    "/el/seminars/seminar-1.ics",
    "/el/seminars.ics",
    "/el/seminars.atom",
    "/el/seminars/courses/",
    "/el/seminars/courses/police/",
]
MOST_QUERIES = 12


def queries(address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert Client().get(address).status_code == 200
    return len(captured)


def five_thousand() -> None:
    countries = list(Country.objects.in_partnership())
    Organisation.objects.bulk_create(
        Organisation(
            slug=f"partner-{number}",
            name_en=f"Partner {number}",
            name_el=f"Εταίρος {number}",
            city_en="Sofia",
            category="national_ngo",
            country=countries[number % len(countries)],
        )
        for number in range(5000 - 13)
    )


NEWS = {f"{name}_el": "Νέα" for name in ("title", "summary", "body")}


def ten_news() -> None:
    campaign = Campaign.objects.get(slug="victor")
    News.objects.bulk_create(News(slug=f"news-{number}", campaign=campaign, **NEWS) for number in range(10))


def twenty_materials() -> None:
    texts = {f"{name}_el": "Φυλλάδιο" for name in ("title", "summary")}
    campaign = Campaign.objects.get(slug="victor")
    made = Material.objects.bulk_create(
        Material(slug=f"leaflet-{number}", kind="leaflet", campaign=campaign, **texts) for number in range(20)
    )
    MaterialFile.objects.bulk_create(
        MaterialFile(material=each, language=code, file="x.pdf", format="pdf", size=1, version=1, alternative="Κείμενο")
        for each in made
        for code in ("el", "bg")
    )


def events(number: int, days: int) -> None:
    """Some that are coming, one a day, or as many that are over."""
    campaign, first = Campaign.objects.get(slug="victor"), timezone.now() + timedelta(days=days)
    Event.objects.bulk_create(
        (
            Event(
                slug=f"event-{each}" if days > 0 else f"over-{-days}-{each}",
                campaign=campaign,
                country_id="GR",
                starts=first - timedelta(hours=each),
                ends=first,
                title_el="Εκδήλωση",
                summary_el="Συζήτηση",
            )
            for each in range(1, number + 1)
        ),
        batch_size=2000,
    )


def seminars(number: int, days: int) -> None:
    """Some that are coming, one a day, or as many that are over; each of two sessions, with those who registered."""
    smile, first = Organisation.objects.get(slug="smile-of-the-child"), timezone.now() + timedelta(days=days)
    given = {"course": Course.objects.get(slug="police"), "organisation": smile, "country_id": "GR", "language": "el"}
    given |= {"seats": 20, "opens": first - timedelta(days=500), "closes": first, "title_el": "Σεμινάριο"}
    made = Seminar.objects.bulk_create(
        Seminar(slug=f"seminar-{each}" if days > 0 else f"held-{-days}-{each}", **given) for each in range(number)
    )
    made += [Seminar.objects.create(slug="shut", **given | {"cancelled": True})] if days == 1 else []
    Session.objects.bulk_create(
        Session(seminar=seminar, starts=starts, ends=starts + timedelta(hours=4))
        for each, seminar in enumerate(made)
        for starts in (first + timedelta(days=each % 30), first + timedelta(days=each % 30 + 1))
    )
    Registration.objects.bulk_create(applicant(seminar, state="confirmed") for seminar in made for _number in range(5))


def twenty_thousand_news() -> None:
    News.objects.bulk_create((News(slug=f"old-{number}", **NEWS) for number in range(20_000)), batch_size=2000)


def fifty_desks() -> None:
    """Public ones in Greece, each open on weekdays."""
    smile = Organisation.objects.get(slug="smile-of-the-child")
    texts = dict.fromkeys((f"{name}_el" for name in ("title", "summary", "how", "limits")), "Γραφείο")
    made = Desk.objects.bulk_create(
        Desk(slug=f"desk-{each}", organisation=smile, country_id="GR", languages=["el"], **texts) for each in range(50)
    )
    days = [(desk, day) for desk in made for day in range(5)]
    OpeningHours.objects.bulk_create(
        OpeningHours(desk=desk, weekday=day, opens=time(9), closes=time(17)) for desk, day in days
    )


def some_of_everything() -> None:
    """What the project brings along, and of all else about a page."""
    if not Country.objects.exists():
        for command in ("load_partnership", "load_pages", "load_campaigns", "load_trainings"):
            call_command(command, verbosity=0)
    public_desk()
    ten_news()
    twenty_materials()
    for days in (1, -1):
        events(25, days=days)
    for days in (1, -40):
        seminars(25, days=days)


def thousands_more() -> None:
    """So many that a page which asked for each of them would be found out."""
    five_thousand()
    fifty_desks()
    twenty_thousand_news()
    events(5000, days=-400)
    seminars(1000, days=-400)


@pytest.mark.long
@pytest.mark.prove
@with_everything
def test_page_asks_as_often_for_five_thousand_as_for_thirteen(figure):
    some_of_everything()
    for page in PAGES:  # each process learns once how Django numbers the kinds of things that are counted
        Client().get(page)
    few = {page: queries(page) for page in PAGES}
    thousands_more()
    many = {page: queries(page) for page in PAGES}
    figure("most queries of a public page", max(few.values()), "queries")
    assert many == few
    assert max(few.values()) <= MOST_QUERIES
