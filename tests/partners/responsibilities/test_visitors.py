"""What visitors see of the directory, and what search finds of it."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.translation import override

from partners.directory.models import Country
from partners.memberships.states import Role
from partners.responsibilities.models import Responsibility
from tests.partners.responsibilities.entries import checked_entry, greece, prepared_entry, proposed_entry
from tests.people import person, visitor
from victor.publishing.models import SearchDocument
from victor.staff_search import search_for_staff

pytestmark = pytest.mark.django_db
PAGE = "/en/help/gr/who-is-responsible/"
QUESTIONS = {
    "en": "guardian greece",
    "el": "επίτροπος ελλάδα",
    "bg": "настойник гърция",
    "ro": "tutore grecia",
    "sl": "skrbnik grčija",
    "sr": "старатељ грчка",
    "hu": "gyám görögország",
    "uk": "опікун греція",
}
NAMES = {
    "name_bg": "Гърция",
    "name_ro": "Grecia",
    "name_sl": "Grčija",
    "name_sr": "Грчка",
    "name_hu": "Görögország",
    "name_uk": "Греція",
}


def page() -> str:
    return visitor().get(PAGE).content.decode()


def test_page_shows_a_checked_body_with_its_number_and_day(at):
    at(date(2027, 1, 4))
    checked_entry(phone="+30 210 1")
    shown = page()
    assert "Office for Guardians" in shown
    assert 'href="tel:+302101"' in shown
    assert "Checked on 4 January 2027" in shown


def test_page_leaves_out_what_is_only_proposed():
    proposed_entry()
    assert "Office for Guardians" not in page()


def test_page_leaves_out_what_came_with_the_site_and_nobody_has_checked():
    greece()
    prepared_entry(key="gr-guardianship").save()
    assert "Office for Guardians" not in page()


def test_page_leaves_out_the_office_of_shelters():
    checked_entry(function="shelter_network")
    assert "Office for Guardians" not in page()


def test_page_names_no_person_and_no_mail_address():
    entry = checked_entry(email="anna@office.example")
    shown = page()
    assert "anna@office.example" not in shown
    assert entry.proposed_by.name not in shown
    assert entry.checked_by.name not in shown


def test_page_says_since_when_an_old_check_is_outdated(at):
    at(date(2027, 1, 4))
    checked_entry()
    at(date(2027, 8, 4))
    assert "Last checked on 4 January 2027. Ask before you rely on it." in page()


def test_page_says_to_notify_all_at_the_same_time():
    for number in range(3):
        checked_entry(body_en=f"Authority {number}", notify=True, notify_together=True)
    assert "Notify all 3 authorities at the same time." in page()


def test_page_without_a_body_leads_to_the_helplines():
    greece()
    shown = page()
    assert "No body of Greece is checked at present." in shown
    assert "In danger, call 112." in shown


def test_page_with_the_first_contact_alone_says_that_it_knows():
    checked_entry(function="focal_point")
    assert "The first contact can tell you who is responsible." in page()


def test_page_of_a_country_outside_the_partnership_is_not_found():
    assert visitor().get("/en/help/zz/who-is-responsible/").status_code == 404


def test_page_of_a_country_is_linked_under_its_helplines():
    greece()
    assert PAGE in visitor().get("/en/help/gr/").content.decode()


def test_page_asks_the_database_equally_often_for_more_bodies(django_assert_max_num_queries):
    for number in range(6):
        checked_entry(body_en=f"Authority {number}")
    with django_assert_max_num_queries(12):
        page()


def test_page_stands_in_the_sitemap():
    greece()
    assert PAGE in visitor().get("/sitemap.xml").content.decode()


def test_check_entry_puts_it_into_the_search_of_the_site():
    checked_entry(phone="+30 210 1")
    document = SearchDocument.objects.get(language="en", path=PAGE)
    assert document.title == "Office for Guardians"
    assert "+30 210 1" in document.text


@pytest.mark.parametrize("language", QUESTIONS)
def test_search_of_staff_answers_with_a_number_in_every_language(language):
    checked_entry(body_en="A second office")
    checked_entry(phone="+30 210 1")
    Country.objects.filter(code="GR").update(**NAMES)
    worker = person(Role.WORKER)
    with override(language):
        kinds = search_for_staff(worker, QUESTIONS[language])
    assert "+30 210 1" in kinds[0].hits[0].detail
    assert Responsibility.objects.count() == 2
