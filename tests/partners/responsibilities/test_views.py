"""The pages of the directory: for who may, for a stranger and for a visitor; what was typed stays."""

from __future__ import annotations

from datetime import date

import pytest
from model_bakery import baker

from partners.help_lines.models import HelpLine
from partners.memberships.states import WORKING_ROLES, Role
from partners.responsibilities.models import Responsibility
from partners.responsibilities.states import EntryState
from tests.partners.responsibilities.entries import checked_entry, greece, prepared_entry, proposed_entry
from tests.people import browser_of, person, visitor

pytestmark = pytest.mark.django_db
LIST = "/en/workspace/responsibilities/"
NEW = f"{LIST}new/"
TYPED = {
    "country": "GR",
    "function": "guardianship",
    "body_en": "Office for Guardians",
    "phone": "+30 210 1",
    "hours": "unconfirmed",
    "notify_by": "unconfirmed",
    "source": "The office",
    "source_kind": "body",
    "source_month": "2027-02",
}


def page_of(role: Role, address: str, **data: str) -> str:
    return browser_of(person(role)).get(address, data).content.decode()


@pytest.mark.parametrize("role", sorted(WORKING_ROLES))
def test_directory_is_shown_to_all_partner_staff(role):
    checked_entry(phone="+30 210 1")
    page = page_of(role, LIST, country="GR")
    assert "Office for Guardians" in page
    assert 'href="tel:+302101"' in page


@pytest.mark.parametrize("address", [LIST, NEW, f"{LIST}1/", f"{LIST}1/change/"])
def test_directory_is_refused_to_whoever_works_for_nobody(address):
    assert browser_of(person()).get(address).status_code == 403


def test_directory_sends_a_visitor_to_the_log_in():
    assert visitor().get(LIST).status_code == 302


def test_directory_without_a_country_is_not_found():
    assert browser_of(person(Role.WORKER)).get(f"{LIST}987654/").status_code == 404


def test_directory_without_a_first_contact_says_so_with_the_emergency_number():
    checked_entry()
    baker.make(
        HelpLine, country=greece(), key="gr-112", purpose="emergency", number="112", publish=True, confidence="high"
    )
    page = page_of(Role.WORKER, LIST, country="GR")
    assert "Greece has no first contact at present" in page
    assert "In danger, call 112" in page


def test_directory_with_an_odd_need_shows_all():
    checked_entry()
    assert "Office for Guardians" in page_of(Role.WORKER, LIST, country="GR", need="nothing")


def test_directory_of_a_need_without_anybody_says_so():
    checked_entry()
    assert "Nobody is recorded for this need" in page_of(Role.WORKER, LIST, country="GR", need="return")


def test_outdated_entry_says_since_when(at):
    at(date(2027, 1, 4))
    entry = checked_entry()
    at(date(2027, 8, 4))
    page = page_of(Role.WORKER, entry.get_absolute_url())
    assert "Last checked on 4 January 2027. Ask before you rely on it." in page


def test_propose_entry_leads_to_its_page():
    worker = person(Role.WORKER)
    greece()
    answer = browser_of(worker).post(NEW, TYPED, follow=True).content.decode()
    assert "You proposed this. Someone else checks it." in answer
    entry = Responsibility.objects.get()
    assert entry.proposed_by == worker
    assert entry.source_month == date(2027, 2, 1)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"body_en": ""}, "This field is required"),
        ({"hours": "weekdays"}, "Give both times"),
        ({"notify_hours": "24"}, "only where the body must be notified"),
        ({"source": ""}, "This field is required"),
    ],
)
def test_propose_bad_entry_keeps_what_was_typed(fields, words):
    greece()
    page = browser_of(person(Role.WORKER)).post(NEW, TYPED | fields).content.decode()
    assert words in page
    assert "+30 210 1" in page
    assert not Responsibility.objects.exists()


def test_change_entry_proposes_a_new_one_and_leaves_the_old():
    old = checked_entry()
    address = f"{LIST}{old.pk}/change/"
    browser_of(person(Role.EDITOR)).post(address, TYPED | {"body_en": "Another office"})
    change = Responsibility.objects.get(replaces=old)
    old.refresh_from_db()
    assert change.body_en == "Another office"
    assert change.state == EntryState.PROPOSED
    assert old.body_en == "Office for Guardians"
    assert old.state == EntryState.CHECKED


def test_change_entry_with_a_change_that_waits_says_so_and_keeps_what_was_typed():
    old = checked_entry()
    browser, address = browser_of(person(Role.EDITOR)), f"{LIST}{old.pk}/change/"
    browser.post(address, TYPED)
    page = browser.post(address, TYPED | {"phone": "+30 99"}).content.decode()
    assert "Another change of this entry waits" in page
    assert "+30 99" in page


def test_check_entry_by_a_coordinator_says_so():
    entry = proposed_entry()
    answer = browser_of(person(Role.COORDINATOR)).post(f"{LIST}{entry.pk}/check/", follow=True)
    assert "You have checked this entry today" in answer.content.decode()
    entry.refresh_from_db()
    assert entry.state == EntryState.CHECKED


def test_check_own_entry_says_who_can():
    coordinator, other = person(Role.COORDINATOR), person(Role.COORDINATOR, name="Ioanna Other")
    entry = proposed_entry(by=coordinator)
    answer = browser_of(coordinator).post(f"{LIST}{entry.pk}/check/", follow=True).content.decode()
    assert "You asked for this yourself" in answer
    assert other.name in answer


def test_return_entry_without_a_reason_is_asked_for_it():
    entry = proposed_entry()
    answer = browser_of(person(Role.COORDINATOR)).post(f"{LIST}{entry.pk}/return/")
    assert answer.status_code == 422
    entry.refresh_from_db()
    assert entry.state == EntryState.PROPOSED


def test_return_entry_shows_the_reason():
    entry = proposed_entry()
    answer = browser_of(person(Role.COORDINATOR)).post(f"{LIST}{entry.pk}/return/", {"reason": "It moved"}, follow=True)
    assert "Returned with this reason: It moved" in answer.content.decode()


def test_entry_of_the_data_file_offers_to_confirm_it_first():
    seed = prepared_entry(key="gr-guardianship")
    seed.save()
    browser = browser_of(person(Role.COORDINATOR))
    assert f"{LIST}{seed.pk}/confirm/" in browser.get(seed.get_absolute_url()).content.decode()
    answer = browser.post(f"{LIST}{seed.pk}/confirm/", follow=True).content.decode()
    assert "Another person has to check it" in answer


def test_search_for_a_need_and_a_country_finds_the_number():
    checked_entry(phone="+30 210 1")
    page = browser_of(person(Role.WORKER)).post("/en/workspace/search/", {"q": "guardian greece"}).content.decode()
    assert "+30 210 1" in page
