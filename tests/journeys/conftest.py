from __future__ import annotations

import json
from collections.abc import Callable

import pytest

SESSION = """
import json, time
from django.test import Client
from victor.accounts.models import User
email = "{email}"
user, _ = User.objects.get_or_create(email=email, defaults=dict(name="Newcomer"))
client = Client()
client.force_login(user, backend="victor.accounts.backend.LogIn")
session = client.session
session["account_authentication_methods"] = [dict(method="password", at=time.time() + 3600, reauthenticated=True)]
session["account_authentication_methods_user"] = str(user.pk)
session.save()
print(json.dumps(client.cookies["sessionid"].value))
"""

PUBLICATIONS = """
from collections import Counter
from datetime import timedelta
from django.core.files.base import ContentFile
from django.utils import timezone
from campaigns.reach.models import Activity, Target
from campaigns.campaigns.models import Campaign
from campaigns.events.models import Event
from campaigns.materials.models import Material, MaterialFile
from campaigns.news.models import News
from partners.directory.models import Organisation
from tests.desks.project_desks import public_desk
from tests.trainings.sample_seminars import make_seminar
from trainings.seminars.courses import Course
from victor.access import System
from victor.analytics.counter import count_as, add_to_totals
from victor.analytics.states import Use
from victor.pagecache.environ import COUNTED_AS
from victor.pictures.periodic import sweep
from victor.publishing.bundled_texts import publish_bundled
sweep()
us, campaign = System("test"), Campaign.objects.get()
item = News.objects.create(slug="opened", campaign=campaign)
texts = dict(title="Άνοιξε το δίκτυο", summary="Σε οκτώ χώρες", body="<h2>Τι άλλαξε</h2><p>Πολλά</p>")
publish_bundled(item, "el", texts, by=us)
for slug, days in dict(talk=9, forum=40, march=-20).items():
    first = timezone.now() + timedelta(days=days)
    given = dict(campaign=campaign, country_id="BG", online="https://talk.example", cancelled=slug == "forum")
    made = Event.objects.create(slug=slug, starts=first, ends=first + timedelta(hours=2), **given)
    texts = dict(title="Τα παιδιά ρωτούν", summary="Ανοιχτή συζήτηση", place="Δημοτική Βιβλιοθήκη")
    publish_bundled(made, "el", texts, by=us)
    texts = dict(title="Децата питат", summary="Открит разговор", place="Градска библиотека")
    publish_bundled(made, "bg", texts, by=us)
for kind, languages in dict(leaflet=["el", "en"], poster=["bg"]).items():
    made = Material.objects.create(slug=kind, campaign=campaign, kind=kind)
    publish_bundled(made, "en", dict(title=kind, summary="Signs, and what you can do"), by=us)
    for language in languages:
        row = MaterialFile(material=made, language=language, format="pdf", size=5, version=1, alternative="Signs")
        row.file.save("x.pdf", ContentFile(b"%PDF-"))
smile = Organisation.objects.get(slug="smile-of-the-child")
for measure, number in dict(attendees=96, press_items=3, handed_out=12500).items():
    told = dict(measure=measure, number=number, channel="school", method="counted", source="List of the school")
    Activity.objects.create(campaign=campaign, organisation=smile, country=smile.country, **told)
    Target.objects.create(campaign=campaign, measure=measure, number=90)
make_seminar("athens", organisation=smile, course=Course.objects.get(slug="police"))
public_desk("greece")
public_desk("bulgaria")
for use, number in dict(view=240, download=12).items():
    environ = {}
    count_as(environ, campaign, "el", Use(use))
    add_to_totals(Counter({environ[COUNTED_AS]: number}))
"""


@pytest.fixture(scope="session")
def published(portal) -> None:
    """News, events and materials, of which the portal itself brings none along, and desks that can be relied on."""
    portal.manage("shell", "--no-imports", "-c", PUBLICATIONS)


@pytest.fixture(scope="session")
def session_of(portal) -> Callable[[str], dict[str, str]]:
    """The cookie of somebody who has just logged in and given the password once more."""

    def enter(email: str) -> dict[str, str]:
        printed = portal.manage("shell", "--no-imports", "-c", SESSION.format(email=email))
        return {"name": "sessionid", "value": json.loads(printed.splitlines()[-1]), "url": portal.url}

    return enter


@pytest.fixture(scope="session")
def coordinator(portal, session_of) -> dict[str, str]:
    """The session of the demo's coordinator."""
    return session_of("coordinator@demo.victor.example")


@pytest.fixture(scope="session")
def supervisor(coordinator, session_of) -> dict[str, str]:
    """The session of the demo's supervisor, who leads the Greek desk."""
    return session_of("supervisor@demo.victor.example")


@pytest.fixture(scope="session")
def translator(coordinator, session_of) -> dict[str, str]:
    """The session of the demo's translator, who writes Slovenian."""
    return session_of("translator@demo.victor.example")


@pytest.fixture(scope="session")
def newcomer(session_of) -> dict[str, str]:
    """The session of somebody who has no second factor yet."""
    return session_of("newcomer@partner.example")


@pytest.fixture(scope="session")
def picture(portal) -> None:
    """A picture that can be put into texts."""
    making = "from tests.photographs import ready_picture; ready_picture(size=(1600, 900), focus=(75, 25))"
    portal.manage("shell", "--no-imports", "-c", making)
