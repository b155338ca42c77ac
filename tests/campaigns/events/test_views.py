"""Events as visitors find them: what is coming, what is over, what is cancelled, in the time of the place."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError
from django.test import Client
from lxml import etree

from campaigns.campaigns.models import Campaign
from campaigns.events.models import Event
from partners.directory.models import Country
from partners.memberships.states import Role
from tests.bundled import with_campaign
from tests.people import browser_of, organisation, person
from victor.access import System
from victor.publishing import actions as publishing_actions
from victor.publishing import bundled_texts
from victor.publishing.models import SearchDocument

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
NOON = datetime(2026, 10, 1, 12, tzinfo=UTC)
COUNTRIES = {
    "GR": ("Greece", "Athens"),
    "BG": ("Bulgaria", "Sofia"),
    "RO": ("Romania", "Bucharest"),
    "SI": ("Slovenia", "Ljubljana"),
    "HR": ("Croatia", "Zagreb"),
}
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def today(at) -> None:
    for code, (name, zone) in COUNTRIES.items():
        facts = {"name_en": name, "time_zone": f"Europe/{zone}", "in_partnership": code != "HR"}
        Country.objects.get_or_create(code=code, defaults=facts)
    Country.objects.filter(code="GR").update(name_el="Ελλάδα")
    at(NOON)


def event(slug: str, starts: datetime, *languages: str, country: str = "GR", **given: object) -> Event:
    times = {"starts": starts, "ends": starts + HOUR}
    made = Event.objects.create(slug=slug, country_id=country, **(times | given))
    for language in languages or ("en",):
        texts = {"title": f"{slug} {language}", "summary": "Summary", "place": "Library"}
        bundled_texts.publish_bundled(made, language, texts, by=System("test"))
    return made


def slugs(events: object) -> list[str]:
    return [each.slug for each in events]


def coming(answer: object) -> dict[str, list[str]]:
    return {month: slugs(events) for month, events in answer.context["months"].items()}


@pytest.mark.parametrize("given", [{"ends": NOON}, {"ends": NOON - HOUR}, {"online": "http://x.example"}])
def test_event_that_cannot_be_is_refused_by_the_database(given):
    with pytest.raises(IntegrityError):
        Event.objects.create(slug="x", country_id="GR", **({"starts": NOON, "ends": NOON + HOUR} | given))


def test_event_is_coming_up_until_the_moment_it_ends(at):
    event("open-day", NOON - HOUR)
    assert slugs(Event.objects.upcoming()) == []
    assert slugs(Event.objects.past()) == ["open-day"]
    at(NOON - timedelta(microseconds=1))
    assert slugs(Event.objects.upcoming()) == ["open-day"]
    assert slugs(Event.objects.past()) == []


def test_events_to_come_are_listed_by_month_and_those_past_after_them(client):
    for slug, starts in {"late": DAY * 40, "soon": DAY, "old": -DAY * 9, "last": -DAY}.items():
        event(slug, NOON + starts)
    answer = client.get("/en/campaigns/events/")
    assert list(coming(answer).items()) == [("October 2026", ["soon"]), ("November 2026", ["late"])]
    assert slugs(answer.context["page_obj"]) == ["last", "old"]


def test_month_is_the_one_that_the_place_has(client):
    event("midnight", datetime(2026, 10, 31, 22, 30, tzinfo=UTC))
    event("before", datetime(2026, 10, 31, 22, 45, tzinfo=UTC), country="SI")
    assert coming(client.get("/en/campaigns/events/")) == {"November 2026": ["midnight"], "October 2026": ["before"]}


def test_past_events_are_shown_twenty_a_page(client):
    for number in range(21):
        event(f"past-{number}", NOON - DAY * (number + 1))
    event("soon", NOON + DAY)
    answer = client.get("/en/campaigns/events/?page=2")
    assert coming(answer) == {}
    assert slugs(answer.context["page_obj"]) == ["past-20"]


def test_events_of_one_country_stay_chosen_in_the_address(client):
    event("here", NOON + DAY)
    event("there", NOON + DAY, country="BG")
    answer = client.get("/en/campaigns/events/?country=BG")
    assert coming(answer) == {"October 2026": ["there"]}
    assert 'href="?country=BG" aria-current="true"' in answer.content.decode()
    assert "/en/campaigns/events.ics?country=BG" in answer.content.decode()


def test_country_that_is_none_shows_all(client):
    event("here", NOON + DAY)
    assert coming(client.get("/en/campaigns/events/?country=XX")) == {"October 2026": ["here"]}


def test_country_outside_the_partnership_can_be_chosen_once_it_has_an_event(client):
    assert "HR" not in {each.code for each in client.get("/en/campaigns/events/").context["countries"]}
    event("zagreb", NOON + DAY, country="HR")
    assert "HR" in {each.code for each in client.get("/en/campaigns/events/").context["countries"]}


@pytest.mark.parametrize(("asked", "said"), [("", "There are no upcoming events"), ("?country=RO", "in this country")])
def test_list_without_events_says_what_to_do(client, asked, said):
    assert said in client.get(f"/en/campaigns/events/{asked}").content.decode()


@pytest.mark.parametrize(
    ("country", "hours", "zone"), [("GR", "18:00–20:30", "Athens, UTC+3"), ("SI", "17:00–19:30", "Ljubljana, UTC+2")]
)
def test_event_tells_the_time_of_its_place(client, country, hours, zone):
    starts = datetime(2026, 10, 24, 15, tzinfo=UTC)
    event("talk", starts, country=country, ends=starts + timedelta(hours=2.5))
    text = client.get("/en/campaigns/events/talk/").content.decode()
    assert f"Saturday, 24 October 2026, {hours}</time>" in text
    assert f">{zone}</span>" in text


def test_event_of_two_days_tells_both(client):
    starts = datetime(2026, 10, 24, 15, tzinfo=UTC)
    event("forum", starts, "el", ends=starts + DAY)
    text = client.get("/el/campaigns/events/forum/").content.decode()
    assert "Σάββατο 24 Οκτωβρίου 2026, 18:00 – Κυριακή 25 Οκτωβρίου 2026, 17:00</time>" in text


def test_event_is_read_in_another_language_where_its_own_lacks(client):
    event("talk", NOON + DAY, "el")
    text = client.get("/en/campaigns/events/talk/").content.decode()
    assert '<span lang="el">talk el</span>' in text
    assert '<meta name="robots" content="noindex">' in text


def test_cancelled_event_stays_and_says_so(client):
    event("talk", NOON + DAY, cancelled=True)
    text = client.get("/en/campaigns/events/talk/").content.decode()
    assert "This event has been cancelled." in text
    assert "talk.ics" not in text
    assert ">Cancelled</span>" in client.get("/en/campaigns/events/").content.decode()


def test_past_event_leads_to_what_is_coming(client):
    event("talk", NOON - DAY)
    text = client.get("/en/campaigns/events/talk/").content.decode()
    assert "This event has ended." in text
    assert "talk.ics" not in text


def test_draft_is_not_found_anywhere(client):
    Event.objects.create(slug="draft", country_id="GR", starts=NOON + DAY, ends=NOON + DAY * 2)
    answers = [client.get(f"/en/campaigns/events/draft{end}").status_code for end in ("/", ".ics")]
    assert answers == [404, 404]
    assert b"VEVENT" not in client.get("/en/campaigns/events.ics").content


def test_moved_event_leads_to_its_new_address(client):
    publishing_actions.change_slug(event("old", NOON + DAY), "new", by=System("test"))
    assert client.get("/en/campaigns/events/old/")["Location"] == "/en/campaigns/events/new/"


def test_search_finds_an_event_by_its_place():
    document = SearchDocument.objects.get(object_id=event("talk", NOON + DAY).pk, language="en")
    assert document.title == "talk en"
    assert document.text.split() == ["Summary", "Library"]
    assert document.path == "/en/campaigns/events/talk/"


def test_feed_names_what_is_coming_in_its_language(client, settings):
    settings.SITE_URL = "https://victor.example"
    event("both", NOON + DAY, "en", "el")
    event("english", NOON + DAY)
    event("over", NOON - DAY, "el")
    entries = etree.fromstring(client.get("/el/campaigns/events.atom").content).findall(f"{ATOM}entry")
    listed = [[each.findtext(f"{ATOM}{name}") for name in ("title", "summary")] for each in entries]
    assert listed == [
        [
            "both el",
            "Παρασκευή 2 Οκτωβρίου 2026, 15:00–16:00 (Αθήνα, UTC+3), Library, Ελλάδα. Summary",
        ]
    ]


def said_to_search_engines(slug: str) -> dict[str, object]:
    text = Client().get(f"/en/campaigns/events/{slug}/").content.decode()
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1])


def test_event_says_what_it_is_to_search_engines(settings):
    settings.SITE_URL = "https://victor.example"
    event("talk", NOON + DAY, organisation=organisation("smile"))
    address = {"@type": "PostalAddress", "streetAddress": "Library", "addressCountry": "GR"}
    host = {"@type": "Organization", "name": "Smile", "url": "https://victor.example/en/partners/smile/"}
    assert said_to_search_engines("talk") == {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "talk en",
        "description": "Summary",
        "startDate": "2026-10-02T15:00:00+03:00",
        "endDate": "2026-10-02T16:00:00+03:00",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": {"@type": "Place", "name": "Library", "address": address},
        "organizer": host,
        "url": "https://victor.example/en/campaigns/events/talk/",
        "image": "https://victor.example/en/share.png",
        "inLanguage": "en",
    }


def test_cancelled_event_here_and_online_says_so_to_search_engines():
    event("talk", NOON + DAY, online="https://talk.example/room", cancelled=True)
    data = said_to_search_engines("talk")
    assert [each["@type"] for each in data["location"]] == ["Place", "VirtualLocation"]
    assert data["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert data["eventStatus"] == "https://schema.org/EventCancelled"
    assert data["organizer"]["name"] == "VICTOR"


def test_sitemap_names_an_event_in_the_languages_it_is_published_in(client, settings):
    event("talk", NOON + DAY, "en", "el")
    listed = re.findall(r"<loc>[^<]*(/\w\w/campaigns/events/[^<]+)</loc>", client.get("/sitemap.xml").content.decode())
    assert listed == ["/en/campaigns/events/talk/", "/el/campaigns/events/talk/"]


@with_campaign
def test_home_names_the_next_three_events_and_a_day_that_is_near(client):
    for number in range(4):
        event(f"talk-{number}", NOON + DAY * (number * 10 + 1))
    event("off", NOON + DAY, cancelled=True)
    assert slugs(client.get("/en/").context["coming"]) == ["talk-0", "talk-1", "eu-anti-trafficking", "talk-2"]


@with_campaign
def test_home_names_no_day_that_is_far(client, at):
    at(datetime(2026, 9, 1, tzinfo=UTC))
    assert client.get("/en/").context["coming"] == []


@with_campaign
def test_campaign_shows_its_own_next_five(client):
    for number in range(6):
        event(f"talk-{number}", NOON + DAY * (number + 1), campaign=Campaign.objects.get())
    event("other", NOON + DAY)
    shown = slugs(client.get("/en/campaigns/victor/").context["events"])
    assert shown == [f"talk-{number}" for number in range(5)]


def typed(**changed: str) -> dict[str, str]:
    """The coordinator's form for a talk in Ljubljana."""
    form = {"slug": "talk", "country": "SI", "campaign": "", "organisation": "", "online": ""}
    times = {"starts": "2026-10-24T18:00", "ends": "2026-10-25T18:00"}
    return form | times | changed


def test_coordinator_types_the_time_of_the_place():
    browser, add = browser_of(person(Role.COORDINATOR)), "/en/admin/campaigns/event/add/"
    assert browser.post(add, typed()).status_code == 302
    made = Event.objects.get()
    assert made.starts == datetime(2026, 10, 24, 18, tzinfo=ZoneInfo("Europe/Ljubljana"))
    assert made.ends - made.starts == DAY + HOUR  # summer time ends in between
    text = browser.get(f"/en/admin/campaigns/event/{made.pk}/change/").content.decode()
    assert re.findall(r'name="(?:starts|ends)" value="([\dT:-]+)"', text) == ["2026-10-24T18:00", "2026-10-25T18:00"]
    assert "2026-10-24 18:00" in browser.get("/en/admin/campaigns/event/").content.decode()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"ends": "2026-10-24T18:00"}, "The end must be after the start."),
        ({"starts": "2026-03-29T02:30"}, "couldn’t be interpreted in time zone Europe/Ljubljana"),
        ({"online": "http://talk.example"}, "Enter a valid URL."),
        ({"country": ""}, "This field is required."),
        ({"starts": "2026-10-24Tx"}, "Please write the date and the time in figures"),
    ],
)
def test_coordinator_who_types_what_cannot_be_is_told(changed, said):
    answer = browser_of(person(Role.COORDINATOR)).post("/en/admin/campaigns/event/add/", typed(**changed))
    assert said in answer.content.decode()
    assert Event.objects.count() == 0


def test_every_change_counts_and_nothing_else():
    events = Event.objects.filter(pk=event("talk", NOON + DAY).pk)
    before = events.get().changes
    events.update(cancelled=False)
    assert events.get().changes == before
    events.update(cancelled=True)
    assert events.get().changes == before + 1
