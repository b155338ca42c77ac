"""Logs tell of routes and states, never of people, addresses or what somebody typed."""

import json
import logging
from contextlib import redirect_stderr
from io import StringIO

import pytest
import structlog
from celery import shared_task
from django.db import connection
from django.test import Client

from tests.people import browser_of, person
from victor.logs import configure, strip_personal_data

pytestmark = pytest.mark.django_db
CANARY = "canary-7391"
ADDRESS = "10.9.8.7"


@pytest.fixture
def lines():
    """What is written to standard error at the chattiest level of production."""
    written = StringIO()
    with redirect_stderr(written):
        configure(level="info")

    def read() -> list[dict]:
        assert CANARY not in written.getvalue()
        assert ADDRESS not in written.getvalue()
        return [json.loads(line) for line in written.getvalue().splitlines()]

    yield read
    configure(level="error")


@pytest.fixture
def failing_table(db) -> None:
    """Whoever reads organisations gets an error of the database, with words that somebody typed.

    The function is immutable, so that it fails when the query is planned, whichever rows there are.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"""
            ALTER TABLE partners_organisation RENAME TO away;
            CREATE FUNCTION fail() RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE '{CANARY}'; END $$;
            CREATE VIEW partners_organisation AS SELECT * FROM away WHERE fail();
        """)


def client(**given: object) -> Client:
    return Client(REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT=CANARY, HTTP_REFERER=f"https://{CANARY}.example/", **given)


def test_request_is_logged_by_its_route_only(lines):
    client().get(f"/el/partners/{CANARY}/?q={CANARY}")
    (entry,) = lines()
    assert entry["event"] == "request"
    assert entry["route"] == "partners:organisation"
    assert entry["status"] == 404
    assert set(entry) == {
        *("event", "level", "logger", "timestamp"),
        *("request", "method", "route", "status", "milliseconds"),
    }


def test_request_to_nowhere_is_logged_without_its_path(lines):
    client().get(f"/en/{CANARY}/{CANARY}/")
    assert [(entry["route"], entry["status"]) for entry in lines()] == [(None, 404)]


def test_login_is_logged_without_what_was_typed(lines):
    client().post("/el/accounts/login/", {"login": f"{CANARY}@partner.example", "password": CANARY})
    assert [entry["route"] for entry in lines()] == ["account_login"]


def test_request_of_a_colleague_is_logged_without_who_it_was(lines):
    browser = browser_of(person(email=f"{CANARY}@partner.example", name=CANARY))
    browser.get("/en/accounts/email/")
    assert [entry["route"] for entry in lines()] == ["account_email"]


def test_form_refused_for_its_age_is_logged_without_its_path(lines):
    client(enforce_csrf_checks=True).post(f"/en/invitations/{CANARY}/", {"name": CANARY})
    assert [(entry["route"], entry["status"]) for entry in lines()] == [("partners:accept_invitation", 403)]


def test_request_for_another_host_is_logged_without_it(lines):
    client().get("/en/", headers={"host": f"{CANARY}.example"})
    assert [entry["status"] for entry in lines()] == [400]


def test_exception_is_logged_by_type_and_place_without_its_words(lines, failing_table):
    client(raise_request_exception=False).get(f"/en/partners/{CANARY}/")
    failure, request = lines()
    assert failure["type"] == "InternalError"
    assert request["status"] == 500
    assert failure["request"] == request["request"]
    assert any("partners/directory/views.py" in place for place in failure["trace"])


def test_task_that_fails_is_logged_without_its_words(lines):
    @shared_task(name="tests.fails")
    def fails(text: str) -> None:
        raise LookupError(text)

    fails.apply(args=[CANARY])
    assert [(entry["type"], entry["logger"]) for entry in lines()] == [("LookupError", "celery.app.trace")]


def test_message_of_a_library_keeps_its_arguments_where_nothing_failed(lines):
    logging.getLogger("library").warning("%s of %d", "one", 2)
    assert [entry["event"] for entry in lines()] == ["one of 2"]


def test_mistake_in_a_librarys_message_does_not_stop_the_log():
    assert strip_personal_data(None, "info", {"event": "%d", "positional_args": ("one",)}) == {"event": "%d"}


def test_log_of_our_own_keeps_no_words_of_an_exception(lines):
    try:
        int(CANARY)
    except ValueError:
        structlog.get_logger("tests.logs").exception("it failed")
    assert [(entry["event"], entry["type"]) for entry in lines()] == [("it failed", "ValueError")]
