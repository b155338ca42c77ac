"""Odd bytes in paths, queries and forms, for each role: nothing fails (finding 26). `make prove ARGS=odd` runs it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client

from tests.pages.test_middleware import failing, odd_paths, odd_queries, status
from tests.people import browser_of, visitor
from tests.routes import Route, routes
from tests.test_access import holder_of, house

pytestmark = pytest.mark.django_db
__all__ = ["house"]
FIELD = re.compile(r'<(?:input|textarea|select)[^>]*?name="([^"]+)"')


def test_odd_paths_of_the_staff_never_fail_for_a_visitor(house):
    assert failing(visitor(), (path for route in routes() for path in odd_paths(route))) == []


@pytest.mark.parametrize("role", ["superuser", "coordinator", "worker", "trainer"])
def test_odd_queries_never_fail_for_an_account(house, role):
    client = browser_of(holder_of(role))
    client.raise_request_exception = False
    assert failing(client, (query for route in routes() for query in odd_queries(route))) == []


def odd_forms(client: Client, route: Route) -> Iterator[tuple[str, dict[str, str]]]:
    """The form of the route, with odd characters in each of its fields."""
    response = client.get(route.address)
    page = b"".join(response)
    names = set(FIELD.findall(page.decode(errors="replace")))
    if names:
        for odd in ("\x00", "a\x00b", "9" * 5000, "\u202e\U0001f4a9"):
            yield route.address, dict.fromkeys(names, odd)


@pytest.mark.parametrize("role", ["visitor", "superuser", "coordinator", "worker", "trainer", "editor"])
def test_odd_characters_in_forms_never_fail(house, role):
    client = visitor() if role == "visitor" else browser_of(holder_of(role))
    client.raise_request_exception = False
    leaving = {"account_logout", "admin:logout"}
    forms = [form for route in routes() if route.name not in leaving for form in odd_forms(client, route)]
    assert [address for address, form in forms if status(client, address, form) >= 500] == []
