"""Every page × every role: what a page tells before it is read, and where its menu leads.

- One heading of the first level.
- The way up: a page whose address lies below that of another page has a link to a higher page above its heading; on a
  page that asks first, that is its button "Back". The first pages of visitors and of the staff, and what stands in the
  menu, are the top.
- The title of the tab names the thing. Pages of an object name the object, and no two pages of a reader have one title.
- No link leads nowhere (`href="#"`), and no entry of a menu to a refusal or to a page on which there is nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.test import Client

from partners.memberships.states import Role
from tests.outlines import Outline, menu_of
from tests.people import browser_of, visitor
from tests.routes import Route, routes
from tests.sampling import sampled
from tests.test_access import ROLES, furnish_house, holder_of

pytestmark = pytest.mark.django_db
DAILY = ["visitor", "worker", "coordinator"]
LONG = ["supervisor"]
ON_TOP = {"/en/", "/en/workspace/"}
# Pages to which nobody comes from above: from an email, from the log-in, or while something is asked once more.
STAND_ALONE = ("account_", "mfa_reauthenticate", "desks:conversation", "desks:report")
# The objects of the house are called Smile; these are the others, by the beginning of the route's name.
NAMES = {
    "reporting:": "release 1",
    "desks:": "desk",
    "partners:help_country": "greece",
    "partners:grant": "grant 1",
    "partners:activity": "a seminar",
    "partners:network": "seec",
    "partners:who_is_responsible": "greece",
    "trainings:figure_rows": "participants",
    "trainings:participant": "person",
    "workspace:picture": "bridge",
}
# Where a title names nothing: for whom it is secret that somebody reports, and what nobody is logged in for.
NAMELESS = ("desks:report", "account_")
# Routes whose pages may share a title, and why.
SAME = {
    frozenset({"desks:report_index", "desks:report"}): "the title says as little as it can where somebody reports",
    frozenset(
        {"account_email_verification_sent", "account_reset_password_done"}
    ): "both say that an email is on its way",
    frozenset({"account_reauthenticate", "mfa_reauthenticate"}): "two ways of one step",
}


@dataclass(frozen=True)
class OpenPage:
    """A page that a role may open."""

    route: Route
    outline: Outline

    @property
    def is_of_admin(self) -> bool:
        return self.route.name.startswith("admin:")


Walk = Callable[[str], list[OpenPage]]


def is_public(route: Route) -> bool:
    return not route.login_required


def read(browser: Client, address: str) -> bytes | None:
    """A page, whose consequences are undone. None where there is no page for this browser."""
    try:
        with transaction.atomic():
            response = browser.get(address)
            content = b"".join(response)
            transaction.set_rollback(True)
    except FileNotFoundError:  # no page but a file, which is gone with the test that came first
        return None
    return content if response.status_code == 200 and b"<html" in content else None


def open_pages(role: str) -> Iterator[OpenPage]:
    """The pages that a role may open; for who is logged in, without those that are everybody's."""
    browser = visitor() if role == "visitor" else browser_of(holder_of(role))
    for route in routes():
        is_left_out = is_public(route) != (role == "visitor") and not (role == "visitor" and "account" in route.name)
        if is_left_out or (route.name.startswith("admin:") and role != "superuser"):
            continue
        if content := read(browser, route.address):
            yield OpenPage(route, Outline(route.address, content))


@pytest.fixture(scope="module")
def walk(module_transaction: None) -> Walk:
    """The pages of a role, read once for all tests."""
    furnish_house()
    pages: dict[str, list[OpenPage]] = {}

    def pages_of(role: str) -> list[OpenPage]:
        if role not in pages:
            pages[role] = list(open_pages(role))
        return pages[role]

    return pages_of


every_role = pytest.mark.parametrize("role", sampled(ROLES, daily=DAILY, long=LONG))


@every_role
def test_page_has_one_heading(walk, role, figure):
    pages = walk(role)
    figure(f"pages of {role}", len(pages))
    assert {page.route.name: page.outline.headings for page in pages if len(page.outline.headings) != 1} == {}


@every_role
def test_page_below_another_leads_up_to_it(walk, role):
    pages = [page for page in walk(role) if not page.is_of_admin]
    menu = {link for page in pages for link in page.outline.links_within("rail")}
    tops = ON_TOP | menu
    addresses = {page.outline.address for page in pages} - ON_TOP
    lost = [page.route.name for page in pages if is_below(page, addresses) and page.outline.address not in tops]
    assert [name for name in lost if not name.startswith(STAND_ALONE)] == []


def is_below(page: OpenPage, addresses: set[str]) -> bool:
    """Whether a page lies below another one, and has no link to a higher page above its heading."""
    own = page.outline.address
    is_lower = any(own != address and own.startswith(address) for address in addresses)
    return is_lower and not [link for link in page.outline.ways_up if link != own]


@every_role
def test_title_of_a_page_about_an_object_names_it(walk, role):
    pages = [page for page in walk(role) if page.route.arguments and not page.is_of_admin]
    named = [page for page in pages if not page.route.name.startswith(NAMELESS)]
    titles = {page.route.name: page.outline.title for page in named if not names_its_object(page)}
    assert titles == {}


def names_its_object(page: OpenPage) -> bool:
    title = page.outline.title.lower()
    names = [name for start, name in NAMES.items() if page.route.name.startswith(start)]
    return any(name in title for name in [*names, "smile"])


@every_role
def test_title_of_a_page_is_that_of_no_other(walk, role):
    by_title = defaultdict(set)
    for page in walk(role):
        if (
            page.outline.title.lower() != "smile" and not page.is_of_admin
        ):  # the page of an object of the house, which all have one name
            by_title[page.outline.title].add(page.route.name)
    shared = {title: names for title, names in by_title.items() if len(names) > 1 and frozenset(names) not in SAME}
    assert shared == {}


@pytest.mark.long
def test_title_of_a_page_of_the_admin_names_its_object(walk):
    pages = [page for page in walk("superuser") if page.is_of_admin and page.route.arguments == ("object_id",)]
    bare = [page.route.name for page in pages if page.outline.title.startswith(("Delete |", "Change |", "History |"))]
    assert bare == []


@every_role
def test_no_link_leads_nowhere(walk, role):
    assert [page.route.name for page in walk(role) if {"#", ""} & set(page.outline.links)] == []


@pytest.mark.parametrize("role", Role)
def test_menu_leads_to_no_refusal(walk, role):
    browser = browser_of(holder_of(role))
    refused = {address: browser.get(address, follow=True).status_code for address in menu_of(browser)}
    assert {address for address, status in refused.items() if status != 200} == set()
