"""Odd bytes and bodies that cannot be read get a page that says so, in the reader's language, and never an error."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client

from tests.people import browser_of, person, visitor
from tests.routes import Route, routes
from tests.test_access import house
from victor.pages.models import Page

pytestmark = pytest.mark.django_db
__all__ = ["house"]
ODD_ENDS = ["%00", "x%00", "%FF", "%ED%A0%80", "%0D%0Ax", "%01", "9" * 400, "%F0%9F%92%A9"]
ODD_VALUES = ["%00", "a%00b", "%FF", "%ED%A0%80", "9" * 30, "9" * 5000, "-1", "%E2%80%AE", "1e999", "2026-99-99"]
PARAMETERS = ["q", "page", "country", "category", "when", "show", "form", "of", "next", "all", "month", "year", "since"]
PARAMETERS += ["until", "seminar", "topic", "audience", "language", "state", "kind", "at", "from", "to", "status", "o"]
PARAMETERS += ["p", "e", "id", "_changelist_filters", "_popup", "desk", "order", "text", "area", "before", "after"]


def status(client: Client, address: str, form: dict[str, str] | None = None) -> int:
    """The status of one request whose consequences are undone."""
    with transaction.atomic():
        response = client.post(address, form) if form else client.get(address)
        b"".join(response)
        transaction.set_rollback(True)
    return response.status_code


def odd_paths(route: Route) -> Iterator[str]:
    """Addresses of the route with odd bytes at the end, and in the place of its last part."""
    address = route.address
    start = address.rstrip("/").rpartition("/")[0]
    for odd in ODD_ENDS:
        yield f"{address}{odd}"
        yield f"{start}/{odd}/"


def odd_queries(route: Route) -> Iterator[str]:
    for odd in ODD_VALUES:
        yield f"{route.address}?{'&'.join(f'{name}={odd}' for name in PARAMETERS)}"


def failing(client: Client, addresses: Iterator[str]) -> list[str]:
    return [address[:200] for address in addresses if status(client, address) >= 500]


def public_routes() -> list[Route]:
    return [route for route in routes() if route.access and route.access.is_public]


@pytest.mark.prove
@pytest.mark.long
def test_odd_paths_never_fail_for_a_visitor(house):
    """Finding 26: `/pictures/x%00/1.webp` failed."""
    assert failing(visitor(), (path for route in public_routes() for path in odd_paths(route))) == []


@pytest.mark.prove
@pytest.mark.long
def test_odd_queries_never_fail_for_a_visitor(house):
    """Finding 26: `/en/campaigns/events.ics?country=%00` failed."""
    assert failing(visitor(), (query for route in public_routes() for query in odd_queries(route))) == []


@pytest.mark.parametrize("odd", ["%00", "a%00", "%FF", "%ED%A0%80", "a%0Ab", "%1B"])
def test_odd_bytes_in_a_path_are_not_found_in_the_language_of_the_path(client, odd):
    page = client.get(f"/el/{odd}/")
    assert page.status_code == 404
    assert '<html lang="el"' in page.text


def test_nul_in_a_query_is_not_found(client):
    assert client.get("/en/partners/?country=%00").status_code == 404


def test_odd_bytes_in_a_query_that_nobody_asks_for_do_not_matter(client):
    Page.objects.create(slug="signs")
    assert client.get("/en/?utm_source=caf%E9").status_code == 200


def test_cookie_with_nul_is_dropped(client):
    """Browsers quote what a cookie may not hold, and the session's key is asked of the database."""
    client.cookies.load({"sessionid": "x"})
    client.cookies["sessionid"].set("sessionid", "", '"' + "\\000" * 32 + '"')
    assert client.get("/en/workspace/").status_code == 302


def test_body_that_is_too_large_is_refused_by_any_server(client, settings):
    settings.BODY_MB = 1
    page = client.post("/el/search/", {"q": "x" * 1_100_000})
    assert page.status_code == 413
    assert "1\N{NO-BREAK SPACE}MB" in page.text


def test_somebody_who_is_logged_in_may_send_more(settings):
    settings.BODY_MB = 1
    assert browser_of(person()).post("/en/search/", {"q": "x" * 1_100_000}).status_code == 200
