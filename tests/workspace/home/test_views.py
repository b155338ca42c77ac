"""The first page after logging in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from model_bakery import baker

from partners.help_lines.models import HelpLine
from partners.memberships.actions import invite_member
from partners.memberships.states import Role
from tests.people import browser_of, organisation, person, visitor
from victor.access import System

pytestmark = pytest.mark.django_db
HOME = "/en/workspace/"


def page(user) -> str:
    return browser_of(user).get(HOME).content.decode()


@pytest.mark.parametrize("role", Role)
def test_home_shows_where_the_person_works(role):
    shown = page(person(role, organisation("smile", name_en="The Smile"), name="Ιωάννα"))
    assert all(text in shown for text in ("Ιωάννα", "The Smile", str(role.label)))


def test_home_says_what_waits_in_words():
    smile = organisation("smile")
    for number in range(2):
        baker.make(
            HelpLine,
            country=smile.country,
            key=f"line-{number}",
            last_checked=date(2014, 3, 1),
            check_precision="month",
        )
    invite_member(email="a@b.example", language="en", organisation=smile, role=Role.WORKER, by=System("test"))
    shown = page(person(Role.COORDINATOR))
    assert "2 helplines to check" in shown
    assert "oldest check: March 2014" in shown
    assert "1 invitation not accepted yet" in shown
    assert "first expiry: in less than 7 days" in shown


def test_home_tells_a_worker_nothing_of_the_coordinators_work():
    baker.make(HelpLine, country=organisation().country, last_checked=None)
    assert "You have no tasks at the moment" in page(person(Role.WORKER))


def test_home_says_that_nothing_waits():
    baker.make(HelpLine, country=organisation().country, last_checked=timezone.localdate() - timedelta(days=1))
    assert "You have no tasks at the moment" in page(person(Role.COORDINATOR))


@pytest.mark.parametrize(
    ("role", "entries"),
    [
        (Role.WORKER, {"contacts/"}),
        (Role.EDITOR, {"contacts/"}),
        (Role.SUPERVISOR, {"contacts/", "invitations/"}),
        (Role.COORDINATOR, {"contacts/", "invitations/", "help-lines/"}),
    ],
)
def test_rail_has_the_entries_that_may_be_opened(role, entries):
    shown = page(person(role))
    every = {"contacts/", "invitations/", "help-lines/"}
    assert {entry for entry in every if f'href="/en/workspace/{entry}"' in shown} == entries
    assert ('href="/en/admin/"' in shown) is (role == Role.COORDINATOR)


def test_home_offers_all_languages_and_the_way_out():
    shown = page(person(Role.WORKER))
    assert all(f'href="/{code}/workspace/"' in shown for code in ("en", "el", "bg", "ro", "sl", "sr", "hu", "uk"))
    assert 'action="/en/accounts/logout/"' in shown
    assert "data-quick-exit" in shown


def test_home_leads_visitors_to_the_log_in():
    assert visitor().get(HOME)["Location"] == f"/en/accounts/login/?next={HOME}"


def test_home_refuses_whoever_works_for_no_partner():
    assert browser_of(person()).get(HOME).status_code == 403


def test_home_refuses_a_post():
    assert browser_of(person(Role.WORKER)).post(HOME).status_code == 405


def test_log_out_ends_the_session():
    browser = browser_of(person(Role.WORKER))
    assert browser.post("/en/accounts/logout/")["Location"] == "/en/"
    assert browser.get(HOME).status_code == 302
