"""Every page × role × colour scheme: nothing that axe finds, and nothing to scroll sideways on a telephone.

The pages are the routes of `tests/access.tsv` that a role may see, filled with one of everything. Django's own admin
is left out: its pages are not ours to mend. `make test-long` looks at those of a worker once, in the light scheme.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextvars import copy_context
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.test import Client
from playwright.sync_api import Page, Route

from tests.journeys.accessibility import FULL, SIZES, faults_of
from tests.people import browser_of, visitor
from tests.routes import routes
from tests.sampling import sampled
from tests.test_access import ROLES, holder_of, house  # noqa: F401 - `house` is a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.long]
HOST = "http://testserver"
BREAKS_OFF = {"content-length", "content-encoding", "transfer-encoding"}
SEEN: set[str] = set()


def html_pages(client: Client) -> Iterator[tuple[str, str]]:
    """Name and address of each page of ours that this browser may see; what looking has changed is undone."""
    for route in routes():
        if route.name.startswith("admin:") or (not FULL and route.name in SEEN):
            continue
        cookies = {name: morsel.value for name, morsel in client.cookies.items()}
        with transaction.atomic():
            response = client.get(route.address)
            content = b"".join(response)
            is_page = response.status_code == 200 and b"<html" in content  # the rest are files, and parts of pages
            transaction.set_rollback(True)
        client.cookies.clear()
        client.cookies.load(cookies)
        if is_page:
            SEEN.add(route.name)
            yield route.name, route.address


def answers_of(client: Client) -> Callable[[Route], None]:
    """What answers a browser's requests by Django itself, in the test's own transaction.

    The browser's library calls it in a context of its own, in which Django would open another connection.
    """
    context = copy_context()

    def answer(route: Route) -> None:
        parts = urlsplit(route.request.url)
        if route.request.method != "GET" or parts.netloc != "testserver":
            return route.abort()
        response = context.run(client.get, f"{parts.path}?{parts.query}" if parts.query else parts.path)
        headers = {name: value for name, value in response.items() if name.lower() not in BREAKS_OFF}
        return route.fulfill(status=response.status_code, headers=headers, body=b"".join(response))

    return answer


@pytest.fixture
def page(chromium) -> Iterator[Page]:
    context = chromium.new_context(base_url=HOST, viewport=SIZES["phone"], reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("scheme", ["light", *(["dark"] if FULL else [])])
@pytest.mark.parametrize("role", sampled(ROLES, daily=[], long=["worker"]))
def test_page_of_a_role_is_accessible(house, page, figure, role, scheme):  # noqa: F811
    client = visitor() if role == "visitor" else browser_of(holder_of(role))
    addresses = dict(html_pages(client))
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.route("**/*", answers_of(client))
    faults = {}
    for name, address in addresses.items():
        assert page.goto(address).status == 200
        faults[name] = faults_of(page)
    figure(f"axe: pages of {role}, {scheme}", len(addresses))
    assert {name: rules for name, rules in faults.items() if rules} == {}
