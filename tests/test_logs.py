"""Logs tell of routes and states, never of people, addresses or what somebody typed."""

import logging

import pytest
from django.test import Client, RequestFactory
from structlog.testing import capture_logs

from victor.logs import RequestLog

pytestmark = pytest.mark.django_db
CANARY = "canary-7391"


def test_request_is_logged_by_its_route_only():
    with capture_logs() as logged:
        Client(REMOTE_ADDR="10.9.8.7", HTTP_USER_AGENT=CANARY).get(f"/el/partners/{CANARY}/?q={CANARY}")
    entry = next(each for each in logged if each["event"] == "request")
    assert (entry["route"], entry["status"], entry["method"]) == ("partners:organisation", 404, "GET")
    assert CANARY not in str(logged)
    assert "10.9.8.7" not in str(logged)


def test_login_is_logged_without_the_address_typed():
    with capture_logs() as logged:
        Client().post("/el/accounts/login/", {"login": f"{CANARY}@partner.example", "password": CANARY})
    assert CANARY not in str(logged)


def test_exception_is_logged_by_type_and_place_without_its_words():
    with capture_logs() as logged:
        RequestLog(lambda request: None).process_exception(RequestFactory().get("/"), ValueError(CANARY))
    assert [(each["event"], each["type"]) for each in logged] == [("exception", "ValueError")]
    assert CANARY not in str(logged)


def test_library_that_logs_whole_paths_is_silent():
    assert not logging.getLogger("django.request").isEnabledFor(logging.ERROR)
