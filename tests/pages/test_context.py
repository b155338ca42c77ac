"""What the layout shows is loaded before a page renders."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from partners.memberships.states import Role
from tests.bundled import with_partnership
from tests.people import browser_of, person
from victor.access import System
from victor.languages import CODES
from victor.pages.actions import load_page
from victor.pages.context import LayoutContext, layout_context

pytestmark = pytest.mark.django_db
TEXTS = dict.fromkeys(CODES, "About the project")
FOOTER_PAGE = {"slug": "about", "menu": "footer", "title": TEXTS, "summary": TEXTS, "body": TEXTS}


@with_partnership
def test_layout_reads_nothing_while_it_renders():
    load_page(FOOTER_PAGE, position=1, by=System("test"))
    request = RequestFactory().get("/en/")
    context = {"request": request, **layout_context(request)}
    with CaptureQueriesContext(connection) as captured:
        html = render_to_string("base.html", context)
    assert len(captured) == 0
    assert "About the project" in html
    assert "funder__statement" in html
    assert 'class="help-strip__number"' in html


@pytest.fixture
def emergency_number() -> None:
    call_command("load_partnership", verbosity=0)


def test_page_of_the_workspace_shows_no_emergency_numbers(emergency_number):
    assert LayoutContext(RequestFactory().get("/en/workspace/texts/")).emergency == []


def test_page_outside_the_workspace_shows_emergency_numbers(emergency_number):
    assert LayoutContext(RequestFactory().get("/en/accounts/reauthenticate/")).emergency != []


def test_page_that_is_missing_in_the_workspace_shows_emergency_numbers(emergency_number):
    page = browser_of(person(Role.WORKER)).get("/en/workspace/nothing/")
    assert page.status_code == 404
    assert 'class="help-strip__number"' in page.content.decode()


def test_page_that_is_missing_leads_to_the_same_address_in_each_language():
    links = {link.code: link.url for link in LayoutContext(RequestFactory().get("/el/nothing/here/")).languages}
    assert links == {code: f"/{code}/nothing/here/" for code, _name in settings.LANGUAGES}


def test_address_without_a_language_stays_as_it_is():
    links = {link.url for link in LayoutContext(RequestFactory().get("/c/victor")).languages}
    assert links == {"/c/victor"}
