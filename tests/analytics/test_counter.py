"""Readers are counted, wherever their page comes from; machines and staff are not; nobody is followed."""

from __future__ import annotations

import urllib
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime

import psycopg2
import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from model_bakery import baker

from campaigns.campaigns.models import Campaign
from tests.bench.server import Server
from tests.waiting import becomes_true
from victor.analytics.counter import CountedUse, UnwrittenTotals, add_to_totals, count_as, is_reader
from victor.analytics.models import DailyTotal
from victor.analytics.states import Use
from victor.embedded.children import stop

PHONE = "Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 Chrome/130.0.0.0 Mobile Safari/537.36"
READER = {"REQUEST_METHOD": "GET", "HTTP_USER_AGENT": PHONE}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, True),
        ({"HTTP_COOKIE": "csrftoken=1"}, True),
        ({"HTTP_COOKIE": "csrftoken=1; sessionid=1"}, False),
        ({"REQUEST_METHOD": "HEAD"}, False),
        ({"HTTP_SEC_PURPOSE": "prefetch;prerender"}, False),
        ({"HTTP_PURPOSE": "prefetch"}, False),
        ({"HTTP_USER_AGENT": ""}, False),
        ({"HTTP_USER_AGENT": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"}, False),
        ({"HTTP_USER_AGENT": "curl/8.5.0"}, False),
    ],
)
def test_counts_who_reads(asked, expected):
    assert is_reader(READER | asked) is expected


@pytest.mark.django_db
def test_adds_to_the_total_of_the_day(at):
    campaign = baker.make(Campaign, slug="lamp", code="lamp")
    environ: dict = {}
    count_as(environ, campaign, "el", Use.VIEW)
    counted = environ["victor.counted"]
    for day, number in ((20, 2), (20, 3), (21, 1)):
        at(datetime(2026, 11, day, 12, tzinfo=UTC))
        add_to_totals(Counter({counted: number}))
    totals = DailyTotal.objects.of(Campaign, [campaign.pk]).sums_by("day", "language", "use")
    assert totals == {(date(2026, 11, 20), "el", "view"): 5, (date(2026, 11, 21), "el", "view"): 1}


@pytest.mark.django_db
def test_knows_nothing_about_anybody():
    assert {field.name for field in DailyTotal._meta.get_fields()} == {
        *("id", "day", "content_type", "object_id", "object", "language", "use", "number")
    }


@pytest.mark.django_db(transaction=True)
def test_keeps_counts_until_the_database_is_back():
    totals, kind = UnwrittenTotals(), ContentType.objects.get_for_model(Campaign)
    totals.add(CountedUse(kind.pk, 7, "el", "view"))
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE counts_dailytotal RENAME TO away")
    totals.write()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE away RENAME TO counts_dailytotal")
    totals.write()
    totals.write()
    assert [(total.object_id, total.number) for total in DailyTotal.objects.all()] == [(7, 1)]


@pytest.fixture
def server(portal) -> Iterator[Server]:
    with Server("victor.asgi:application", workers=2, environment=portal.environment) as running:
        running.first_byte("/el/")
        yield running


def ask(server: Server, path: str, **headers: str) -> None:
    request = urllib.request.Request(f"http://127.0.0.1:{server.port}{path}", headers=headers)
    with urllib.request.urlopen(request, timeout=20) as answer:
        answer.read()


def counted(portal, slug: str) -> Counter[tuple[str, str]]:
    with closing(psycopg2.connect(portal.environment["DATABASE_URL"])) as own, own.cursor() as cursor:
        cursor.execute(
            "SELECT language, use, sum(number) FROM counts_dailytotal JOIN campaigns_campaign c ON c.id = object_id "
            "JOIN django_content_type t ON t.id = content_type_id AND t.model = 'campaign' "
            "WHERE c.slug = %s GROUP BY 1, 2 ORDER BY 1, 2",
            [slug],
        )
        return Counter({(language, use): number for language, use, number in cursor.fetchall()})


@pytest.mark.long
def test_counts_readers_of_kept_and_rendered_pages_of_every_worker(portal, server, figure):
    before = counted(portal, "victor")
    for _ in range(40):
        ask(server, "/el/campaigns/victor/", **{"User-Agent": PHONE})
    for _ in range(3):
        ask(server, "/c/victor", **{"User-Agent": PHONE, "Accept-Language": "bg"})
        ask(server, "/ro/campaigns/victor/poster/ro-a4.pdf", **{"User-Agent": PHONE})
        ask(server, "/el/campaigns/victor/", **{"User-Agent": "Googlebot/2.1"})
        ask(server, "/el/campaigns/victor/", **{"User-Agent": PHONE, "Cookie": "sessionid=1"})
    # The address on paper leads to the page in the reader's language.
    expected = {("el", "view"): 40, ("bg", "paper"): 3, ("bg", "view"): 3, ("ro", "download"): 3}
    becomes_true(lambda: counted(portal, "victor") - before == expected)
    stop(server.process)  # which writes what it still remembers
    grown = counted(portal, "victor") - before
    figure("readers of a page that were counted, 2 workers", f"{grown.get(('el', 'view'))} of 40", "")
    assert grown == expected
