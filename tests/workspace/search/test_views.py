"""The search for staff: everything by any part, nothing that the person may not open, no question in an address."""

from __future__ import annotations

import pytest

from partners.memberships.states import Role
from tests.people import browser_of, organisation, person, visitor

pytestmark = pytest.mark.django_db
SEARCH = "/en/workspace/search/"


def found(user, question: str) -> str:
    return browser_of(user).post(SEARCH, {"q": question}).content.decode()


@pytest.fixture
def smile():
    return organisation("smile", name_el="Το Χαμόγελο του Παιδιού", name_en="The Smile of the Child")


@pytest.mark.parametrize("question", ["Χαμόγελο", "χαμογελο", "ΧΑΜΟΓΕΛΟ", "smile child", "παιδιου"])
def test_organisation_is_found_by_any_part_and_spelling(smile, question):
    assert "The Smile of the Child" in found(person(Role.WORKER), question)


def test_organisation_leads_coordinators_to_its_form_and_others_to_its_page(smile):
    assert f"/en/admin/partners/organisation/{smile.pk}/change/" in found(person(Role.COORDINATOR), "smile")
    assert f'href="{smile.get_absolute_url()}"' in found(person(Role.WORKER), "smile")


def test_person_is_found_by_those_who_manage_them_only(smile):
    person(Role.WORKER, smile, name="Ελένη Παπαδοπούλου")
    users = (person(Role.COORDINATOR), person(Role.SUPERVISOR, smile), person(Role.SUPERVISOR), person(Role.TRAINER))
    assert ["Παπαδοπούλου" in found(user, "ελενη")[2000:] for user in users] == [True, True, False, False]


def test_question_that_fits_nothing_says_so():
    assert "Nothing fits." in found(person(Role.WORKER), "qqqq")


def test_empty_question_is_refused_by_the_site_with_a_way_to_the_field():
    page = found(person(Role.WORKER), " ")
    assert "Type what you are looking for." in page
    assert '<a href="#q">' in page
    assert "<title>Error:" in page


def test_empty_page_says_nothing_of_results():
    assert "Nothing fits." not in browser_of(person(Role.WORKER)).get(SEARCH).content.decode()


def test_question_in_the_address_is_not_read(smile):
    page = browser_of(person(Role.WORKER)).get(SEARCH, {"q": "smile"}).content.decode()
    assert "The Smile of the Child" not in page


def test_search_leads_visitors_to_the_log_in():
    assert visitor().get(SEARCH).status_code == 302


def test_search_refuses_whoever_works_for_no_partner():
    assert browser_of(person()).post(SEARCH, {"q": "smile"}).status_code == 403


def test_question_with_a_null_byte_is_answered():
    assert browser_of(person(Role.WORKER)).post(SEARCH, {"q": "a\x00b"}).status_code == 200


def test_keys_are_listed_on_a_page_of_their_own():
    page = browser_of(person(Role.WORKER)).get("/en/workspace/keys/").content.decode()
    assert "<kbd>/</kbd>" in page
    assert "<kbd>?</kbd>" in page
