"""The admin as coordinators work with it: a start page with the work, a search that forgives, a history that tells."""

from __future__ import annotations

import re

import pytest
from django.contrib.admin.models import LogEntry
from model_bakery import baker

from partners.directory.models import Organisation
from partners.help_lines.models import HelpLine
from partners.memberships.actions import invite_member
from partners.memberships.models import ContactPoint
from partners.memberships.states import Role
from tests.people import browser_of, organisation, person
from victor.access import System
from victor.accounts.models import User
from victor.audit.actions import record
from victor.audit.models import Entry

pytestmark = pytest.mark.django_db
ADMIN = "/en/admin/"
ORGANISATIONS = f"{ADMIN}partners/organisation/"
NAME = "Το Χαμόγελο του Παιδιού"


@pytest.fixture
def coordinator() -> User:
    return person(Role.COORDINATOR, organisation("home"), name="Anna Reed")


@pytest.fixture
def smile() -> Organisation:
    return organisation("smile", name_el=NAME, name_en="The Smile", city_en="Athens")


def page(user: User, path: str = "", **asked: str) -> str:
    answer = browser_of(user).get(ADMIN + path, asked)
    assert answer.status_code == 200, path
    return answer.content.decode()


def rows(user: User, path: str, question: str) -> list[str]:
    answer = browser_of(user).get(ADMIN + path, {"q": question})
    return [str(obj.pk) for obj in answer.context["cl"].result_list]


@pytest.mark.parametrize("question", ["χαμογελο", "ΧΑΜΟΓΕΛΟ", "Χαμόγελο", "παιδιου χαμογ"])
def test_organisation_is_found_by_any_spelling(coordinator, smile, question):
    assert rows(coordinator, "partners/organisation/", question) == [str(smile.pk)]


def test_search_that_fits_nothing_shows_no_row(coordinator, smile):
    assert rows(coordinator, "partners/organisation/", "κανένα") == []


def test_person_is_found_without_accents(coordinator):
    trainer = person(Role.TRAINER, name="László Szabó")
    assert rows(coordinator, "accounts/user/", "szabo laszlo") == [str(trainer.pk)]


def test_start_page_shows_what_waits_and_how_much_there_is(coordinator):
    baker.make(HelpLine, country=organisation().country, last_checked=None)
    shown = page(coordinator)
    assert "1 helpline to check" in shown
    assert f'href="{ORGANISATIONS}"><b>{Organisation.objects.count()}</b>' in shown
    assert 'href="/en/workspace/invitations/new/"' in shown


def test_start_page_searches_by_the_body_of_a_request_only(coordinator):
    assert '<form class="start__search" role="search" method="post" action="/en/workspace/search/"' in page(coordinator)


def change_name(user: User, obj: ContactPoint, name: str) -> None:
    address = f"{ADMIN}partners/contactpoint/{obj.pk}/change/"
    form = {"organisation": obj.organisation_id, "name": name, "phone": obj.phone, "position": 1, "languages": ["el"]}
    form |= {"function": obj.function}
    answer = browser_of(user).post(address, form)
    assert answer.status_code == 302, answer.context["errors"]


def test_history_and_start_page_show_the_old_and_the_new_value(coordinator, smile):
    contact = baker.make(ContactPoint, organisation=smile, name="Maria", phone="210 1056", position=1)
    change_name(coordinator, contact, "Maria Old-New")
    for path in ("", f"partners/contactpoint/{contact.pk}/history/"):
        shown = page(coordinator, path)
        assert "<del>Maria</del> → <ins>Maria Old-New</ins>" in shown
        assert "Anna Reed" in shown


def test_history_of_an_earlier_version_has_no_values(coordinator, smile):
    contact = baker.make(ContactPoint, organisation=smile, name="Maria", position=1)
    change_name(coordinator, contact, "Maria B")
    LogEntry.objects.update(change_message='[{"changed": {"fields": ["Name"]}}]')
    assert "<del>" not in page(coordinator, f"partners/contactpoint/{contact.pk}/history/")


def test_form_of_an_organisation_leads_to_its_lines_contacts_and_people(coordinator, smile):
    line = baker.make(HelpLine, country=smile.country, organisation=smile, number="1056", last_checked=None)
    contact = baker.make(ContactPoint, organisation=smile, name="Maria")
    person(Role.WORKER, smile, name="Eleni")
    shown = page(coordinator, f"partners/organisation/{smile.pk}/change/")
    assert f'href="{ADMIN}partners/helpline/{line.pk}/change/"' in shown
    assert f'href="{ADMIN}partners/contactpoint/{contact.pk}/change/"' in shown
    assert "Eleni · Desk worker" in shown


def test_people_are_listed_with_role_and_organisation(coordinator, smile):
    person(Role.WORKER, smile, name="Eleni")
    assert "Desk worker, The Smile" in page(coordinator, "accounts/user/")


@pytest.mark.parametrize("path", ["accounts/user/", "accounts/invitation/"])
def test_people_and_invitations_lead_to_inviting_somebody(coordinator, path):
    assert 'href="/en/workspace/invitations/new/"' in page(coordinator, path)


@pytest.mark.parametrize("path", ["partners/helpline/add/", "partners/contactpoint/add/", "trainings/seminar/add/"])
def test_no_field_has_signs_that_add_or_delete_what_it_names(coordinator, path):
    shown = page(coordinator, path)
    assert "delete-related" not in shown.partition("inline-related")[0]


def test_list_folds_its_filters(coordinator):
    shown = page(coordinator, "partners/helpline/")
    assert re.search(r"<details>\s*<summary>Filters</summary>\s*<nav id=\"changelist-filter\"", shown)


@pytest.mark.parametrize(("query", "shown"), [({}, 0), ({"purpose__exact": "police"}, 1)])
def test_list_that_is_filtered_leads_back_to_the_whole(coordinator, query, shown):
    assert page(coordinator, "partners/helpline/", **query).count(">Clear the filters</a>") == shown


@pytest.mark.parametrize(
    ("path", "query", "fold"),
    [
        (
            "partners/helpline/",
            {"purpose__exact": "police", "publish__exact": "1"},
            "Filters · Purpose: Police · May be shown to the public: Yes",
        ),
        ("partners/contactpoint/", {"left_on__isnull": "True"}, "Filters · No longer the contact since: No date"),
        ("accounts/user/", {"memberships__role__exact": "worker"}, "Filters · Role: Desk worker"),
    ],
)
def test_fold_of_filters_says_what_is_chosen(coordinator, path, query, fold):
    assert f"<summary>{fold}</summary>" in page(coordinator, path, **query)


def test_export_offers_a_workbook_first_and_says_download(coordinator):
    shown = page(coordinator, "partners/organisation/export/")
    assert "selected>xlsx</option>" in shown
    assert 'value="Download"' in shown
    assert ">---<" not in shown


def test_log_is_in_words_with_the_names_of_people_and_links(coordinator, smile):
    record("help_line.confirmed", smile, by=coordinator)
    shown = page(coordinator, "audit/entry/")
    assert "Anna Reed" in shown
    assert "approved" in shown
    assert f'href="{ORGANISATIONS}{smile.pk}/change/"' in shown


def test_log_is_searched_by_the_name_of_a_person(coordinator, smile):
    record("help_line.confirmed", smile, by=coordinator)
    record("help_line.confirmed", smile, by=System("test"))
    entries = Entry.objects.filter(pk__in=rows(coordinator, "audit/entry/", "Anna Reed"), action="help_line.confirmed")
    assert [entry.actor for entry in entries] == [f"accounts.user:{coordinator.pk}"]


def test_lists_have_the_whole_width(coordinator):
    assert 'id="nav-sidebar"' not in page(coordinator, "partners/organisation/")


def test_start_page_is_for_those_who_coordinate(smile):
    invite_member(email="a@b.example", language="en", organisation=smile, role=Role.WORKER, by=System("test"))
    assert browser_of(person(Role.WORKER, smile)).get(ADMIN, follow=True).status_code == 403
