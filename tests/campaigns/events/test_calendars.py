"""Events in people's own calendars: whatever is written is read again the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.test import Client
from icalendar import STATUS

from campaigns.events.models import Event
from partners.directory.models import Country
from tests.people import organisation
from victor.access import System
from victor.publishing import actions as publishing_actions
from victor.publishing import bundled_texts

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 10, 1, 12, tzinfo=UTC)
ATHENS, LJUBLJANA = ZoneInfo("Europe/Athens"), ZoneInfo("Europe/Ljubljana")
ZONES = {"GR": ATHENS, "SI": LJUBLJANA}
LONG = "Παιδιά σε κίνηση, παιδιά σε κίνδυνο; Ανοιχτή συζήτηση για τα δικαιώματα, την προστασία και τη φωνή τους"
SUMMARY = "Ποιος ακούει;\nΌλοι, μαζί: γονείς, δάσκαλοι \\ εθελοντές, «φίλοι»"


@pytest.fixture(autouse=True)
def today(at, settings) -> None:
    settings.SITE_URL = "https://victor.example"
    for code, name in {"GR": "Ελλάδα", "SI": "Σλοβενία"}.items():
        Country.objects.create(code=code, name_en=code, name_el=name, time_zone=ZONES[code].key, in_partnership=True)
    at(NOON)


def event(slug: str, starts: datetime, ends: datetime, *languages: str, country: str = "GR", **given: object) -> Event:
    made = Event.objects.create(slug=slug, country_id=country, starts=starts, ends=ends, **given)
    for language in languages or ("el",):
        texts = {"title": LONG, "summary": SUMMARY, "place": "Δημοτική Βιβλιοθήκη, Εθνικής Αμύνης 27"}
        bundled_texts.publish_bundled(made, language, texts, by=System("test"))
    return Event.objects.get(pk=made.pk)


def across(zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From the evening before summer time ends to the morning after."""
    return datetime(2026, 10, 24, 22, tzinfo=zone), datetime(2026, 10, 25, 9, 30, tzinfo=zone)


def read(path: str = "events.ics") -> icalendar.Calendar:
    return icalendar.Calendar.from_ical(Client().get(f"/el/campaigns/{path}").content)


@pytest.mark.parametrize("country", ZONES)
def test_event_across_the_end_of_summer_time_is_read_as_it_was_written(country):
    starts, ends = across(ZONES[country])
    given = {"organisation": organisation("smile"), "online": "https://talk.example/room?a=1,2;b"}
    made = event("night", starts, ends, country=country, **given)
    calendar = read()
    (entry,) = calendar.events
    assert entry.start == starts
    assert entry.end == ends
    assert entry.start.utcoffset() - entry.end.utcoffset() == timedelta(hours=1)
    assert entry.end - entry.start == timedelta(hours=11.5)
    address = "https://victor.example/el/campaigns/events/night/"
    assert entry.summary == LONG
    assert entry.location == f"{made.place_el}, {made.country.name_el}"
    assert entry.description == f"{SUMMARY}\n\n{given['online']}\n\n{address}"
    assert entry.url == address
    assert entry.contacts == ["Smile"]
    assert entry.status == STATUS.CONFIRMED
    assert entry.uid == f"event-{made.pk}@victor.example"
    assert entry.sequence == made.changes
    assert entry.stamp == entry.last_modified == made.changed.replace(microsecond=0)
    assert {str(entry[name].params["LANGUAGE"]) for name in ("SUMMARY", "DESCRIPTION", "LOCATION")} == {"el"}


@pytest.mark.parametrize("country", ZONES)
def test_calendar_brings_the_time_zone_along(country):
    starts, ends = across(ZONES[country])
    event("night", starts, ends, country=country)
    (zone,) = read().timezones
    known = zone.to_tz(lookup_tzid=False)
    assert zone.tz_name == ZONES[country].key
    naive = [moment.replace(tzinfo=None) for moment in (starts, ends)]
    assert [known.utcoffset(moment) for moment in naive] == [starts.utcoffset(), ends.utcoffset()]


def test_lines_are_folded_within_75_bytes_between_letters():
    event("night", *across(ATHENS))
    content = Client().get("/el/campaigns/events.ics").content
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"".join(lines).count(b"\n") == 0
    assert [line.decode() for line in lines][-1] == ""
    unfolded = content.replace(b"\r\n ", b"").decode()
    assert f"SUMMARY;LANGUAGE=el:{LONG.replace(';', chr(92) + ';').replace(',', chr(92) + ',')}\r\n" in unfolded


def test_calendar_says_what_it_is():
    event("night", *across(ATHENS))
    answer = Client().get("/el/campaigns/events.ics")
    calendar = icalendar.Calendar.from_ical(answer.content)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert calendar["VERSION"] == "2.0"
    assert calendar.prodid == "-//VICTOR//Events//EL"
    assert str(calendar["NAME"]) == str(calendar["X-WR-CALNAME"]) == calendar.calendar_name
    assert calendar.uid == "events-el@victor.example"
    assert calendar.refresh_interval == timedelta(hours=6)


def test_calendar_is_the_same_whenever_it_is_asked_for(at):
    event("night", *across(ATHENS))
    before = Client().get("/el/campaigns/events.ics").content
    at(NOON + timedelta(days=2))
    assert Client().get("/el/campaigns/events.ics").content == before


def test_calendar_holds_what_is_published_in_its_language_and_not_long_over():
    starts, ends = across(ATHENS)
    event("night", starts, ends, "el", "en")
    event("english", starts, ends, "en")
    event("last-spring", NOON - timedelta(days=200), NOON - timedelta(days=199))
    event("long-ago", NOON - timedelta(days=400), NOON - timedelta(days=399))
    assert [entry.url.split("/")[-2] for entry in read().events] == ["last-spring", "night"]


def test_calendar_of_one_country_holds_nothing_else():
    event("here", *across(ATHENS))
    event("there", *across(LJUBLJANA), country="SI")
    (entry,) = read("events.ics?country=SI").events
    assert entry.url.endswith("/there/")
    assert read("events.ics?country=XX").events == []


def test_cancelled_event_keeps_its_uid_and_says_so():
    made = event("night", *across(ATHENS))
    before = read().events[0]
    Event.objects.filter(pk=made.pk).update(cancelled=True)
    publishing_actions.change_slug(made, "moved", by=System("test"))
    after = read().events[0]
    assert after.uid == before.uid
    assert after.status == STATUS.CANCELLED
    assert after.sequence > before.sequence
    assert LONG in after.summary
    assert after.summary != LONG


def test_one_event_is_put_into_a_calendar_in_the_language_it_has():
    event("night", *across(ATHENS))
    answer = Client().get("/en/campaigns/events/night.ics")
    (entry,) = icalendar.Calendar.from_ical(answer.content).events
    assert answer["Content-Disposition"] == 'inline; filename="victor-night.ics"'
    assert entry.summary == LONG
    assert entry["SUMMARY"].params["LANGUAGE"] == "el"


def test_event_without_a_place_is_at_its_address_online():
    times = {"starts": NOON, "ends": NOON + timedelta(hours=1)}
    made = Event.objects.create(slug="talk", country_id="GR", online="https://talk.example", **times)
    bundled_texts.publish_bundled(made, "el", {"title": "Συζήτηση", "summary": "Σύνοψη"}, by=System("test"))
    assert read().events[0].location == "https://talk.example"


def test_refresh_interval_says_that_it_is_a_duration():
    assert b"\r\nREFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in Client().get("/el/campaigns/events.ics").content


@pytest.mark.parametrize(
    "path", ["/el/campaigns/events.ics", "/sr/seminars.ics", "/en/campaigns/events.ics?country=XX"]
)
def test_calendar_without_entries_holds_a_time_zone(path):
    calendar = icalendar.Calendar.from_ical(Client().get(path).content)
    assert calendar.events == []
    assert [zone.tz_name for zone in calendar.timezones] == ["Europe/Athens"]


@pytest.mark.parametrize("file", ["events.ics", "events/night.ics", "events.atom"])
def test_calendar_that_a_program_has_is_not_sent_again(file):
    event("night", *across(ATHENS))
    path = f"/el/campaigns/{file}"
    etag = Client().get(path)["ETag"]
    assert Client().get(path, headers={"if-none-match": f'"x", {etag}'}).status_code == 304
    Event.objects.update(cancelled=True)
    assert Client().get(path, headers={"if-none-match": etag}).status_code == 200


@pytest.mark.parametrize("sign", ["\x0b", "\x1f", "\uffff"])
def test_one_sign_in_one_title_breaks_no_calendar(sign):
    event("night", *across(ATHENS))
    Event.objects.update(title_el=f"Νύχτα{sign}", place_el=f"Αθήνα{sign}")
    (entry,) = read().events
    assert sign not in Client().get("/el/campaigns/events.ics").content.decode()
    assert entry.summary.strip() == "Νύχτα"
