"""What is kept is served; what is changed is seen; what is somebody's own is never kept.

A change that the database does not tell of shows what is kept: the old text stays where it was kept.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing

import psycopg2
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.bench.server import Server
from tests.bundled import with_everything
from tests.desks.project_desks import public_desk
from tests.pages.test_budget import PAGES, events, seminars, ten_news, twenty_materials
from tests.waiting import wait_until

APPLICATION = "victor.asgi:application"
PATH = "/el/campaigns/victor/"
# Who has connected since and asked again and again, as the thread that waits for changes does.
LISTENERS = """
    SELECT 1 FROM pg_stat_activity
    WHERE datname = current_database() AND query = 'SELECT 1'
      AND backend_start > %s AND query_start > backend_start + interval '0.5 s'
"""


@pytest.fixture(scope="module")
def server(portal) -> Iterator[Server]:
    with Server(APPLICATION, workers=1, environment=portal.environment) as running:
        running.first_byte("/el/")
        yield running


@pytest.fixture
def silently(portal) -> Iterator[object]:
    """Change the campaign's Greek title without a word; it is as it was afterwards."""
    with closing(psycopg2.connect(portal.environment["DATABASE_URL"])) as own:
        own.autocommit = True
        cursor = own.cursor()
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("SELECT title_el FROM campaigns_campaign WHERE slug = 'victor'")
        (title,) = cursor.fetchone()

        def change(text: str) -> None:
            cursor.execute("UPDATE campaigns_campaign SET title_el = %s WHERE slug = 'victor'", [text])

        yield change
        cursor.execute("SET session_replication_role = origin")
        change(title)


@pytest.fixture
def hung_up(portal, server) -> None:
    """The database has ended all its connections, and the server listens to it by a new one."""
    ask(server)
    with closing(psycopg2.connect(portal.environment["DATABASE_URL"])) as own:
        others = "datname = current_database() AND pid <> pg_backend_pid()"
        cursor = own.cursor()
        cursor.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")
        cursor.execute("SELECT clock_timestamp()")
        (since,) = cursor.fetchone()
        own.rollback()

        def listens_again() -> bool:
            cursor.execute(LISTENERS, [since])
            own.rollback()
            return bool(cursor.rowcount)

        wait_until(listens_again)


def ask(server: Server, path: str = PATH, method: str = "GET", **headers: str) -> str:
    request = urllib.request.Request(f"http://127.0.0.1:{server.port}{path}", headers=headers, method=method)
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.read().decode()


def test_answers_visitor_with_what_is_kept(server, silently):
    before = ask(server)
    silently("Σιωπηλός")
    assert ask(server) == before


@pytest.mark.parametrize("asking", [{"Cookie": "sessionid=1"}, {"Cookie": "a=b"}])
def test_renders_for_request_with_cookie(server, silently, asking):
    ask(server)
    silently("Σιωπηλός")
    assert "Σιωπηλός" in ask(server, **asking)


def test_renders_for_request_with_query(server, silently):
    ask(server)
    silently("Σιωπηλός")
    assert "Σιωπηλός" in ask(server, f"{PATH}?a=b")


def test_keeps_nothing_rendered_for_a_cookie(server, silently):
    before = ask(server)
    silently("Σιωπηλός")
    ask(server, Cookie="a=b")
    assert ask(server) == before


def test_keeps_no_form_token(server):
    tokens = [re.findall(r'csrfmiddlewaretoken" value="(\w+)"', ask(server, "/el/accounts/login/")) for _ in range(2)]
    assert tokens[0]
    assert tokens[0] != tokens[1]


def test_keeps_no_error(server, portal):
    path = "/el/campaigns/not-yet/"
    with pytest.raises(urllib.error.HTTPError, match="404") as refused:
        ask(server, path)
    refused.value.close()
    with closing(psycopg2.connect(portal.environment["DATABASE_URL"])) as own:
        own.autocommit = True
        cursor = own.cursor()
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE campaigns_campaign SET slug = 'not-yet' WHERE slug = 'victor'")
        try:
            assert "<h1>" in ask(server, path)
        finally:
            cursor.execute("SET session_replication_role = origin")
            cursor.execute("UPDATE campaigns_campaign SET slug = 'victor' WHERE slug = 'not-yet'")


def test_keeps_pages_again_after_the_database_has_hung_up(hung_up, server, silently):
    before = ask(server)
    silently("Σιωπηλός")
    assert ask(server) == before


@pytest.mark.long
def test_shows_every_publication_to_readers_of_every_worker_within_a_second(portal, figure):
    with Server(APPLICATION, workers=2, environment=portal.environment) as server:
        server.first_byte("/el/")
        command = [sys.executable, "-m", "tests.publications", str(server.port)]
        done = subprocess.run(
            command, cwd=settings.BASE_DIR, env=portal.environment, capture_output=True, text=True, check=True
        )
    readings = json.loads(done.stdout)
    figure("answers between 200 publications, 2 workers", readings["answers"], "answers")
    figure("an old edition shown after the next one was public, at worst", readings["worst"], "s")
    assert readings["errors"] == 0
    assert readings["mixed"] == 0
    assert readings["worst"] < 1


@pytest.mark.long
@pytest.mark.django_db
@with_everything
def test_every_table_that_public_pages_read_tells_of_changes():
    public_desk()
    ten_news()
    twenty_materials()
    events(5, days=1)
    seminars(5, days=1)
    for page in PAGES:  # each process learns once how Django numbers the kinds of things that are counted
        Client().get(page)
    with CaptureQueriesContext(connection) as captured:
        for page in PAGES:
            assert Client().get(page).status_code == 200
    read = {table for query in captured for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%tells_of_changes%'")
        tells = {table for (table,) in cursor.fetchall()}
    assert read - tells == set()
