"""Contact points are confirmed by the person concerned, by one press; who has left is hidden at once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from model_bakery import baker

from partners.memberships.actions import withdraw_role
from partners.memberships.contact_points import confirm_contact, end_contact
from partners.memberships.errors import ContactGone
from partners.memberships.models import ContactPoint, Membership
from partners.memberships.periodic import ask_contacts
from partners.memberships.presenters import contact_rows
from partners.memberships.states import Role
from partners.memberships.tokens import contact_token
from tests.people import browser_of, link_in_mail, organisation, person, visitor
from victor.access import ContactPerson
from victor.accounts.models import User
from victor.mail.models import Message
from victor.todo.models import OpenItem

pytestmark = pytest.mark.django_db
DAY = date(2027, 1, 4)
CONTACTS = "/en/workspace/contacts/"


@pytest.fixture
def eleni() -> User:
    return person(Role.WORKER, organisation("smile"), name="Eleni D.")


def make_contact(user: User | None = None, **fields: object) -> ContactPoint:
    given = {"organisation": organisation("smile"), "name": "Eleni D.", "email": "eleni@smile.example", "user": user}
    return baker.make(ContactPoint, **given | fields)


def stored(contact: ContactPoint) -> ContactPoint:
    return ContactPoint.objects.get(pk=contact.pk)


def shown() -> list[str]:
    """The names on the page of contacts, in their order."""
    return [row.contact.name for row in contact_rows(ContactPoint.objects.present().for_listing())]


def test_confirm_own_contact_by_one_press(at, eleni):
    at(DAY)
    contact = make_contact(eleni)
    answer = browser_of(eleni).post(f"{CONTACTS}{contact.pk}/", {"answer": "confirm"}, follow=True)
    assert "Confirmed. We ask again on 4 April 2027." in answer.content.decode()
    assert stored(contact).confirmed_on == DAY


def test_confirm_contact_of_somebody_else_is_refused(eleni):
    contact = make_contact(eleni)
    with pytest.raises(PermissionDenied):
        confirm_contact(contact, by=person(Role.COORDINATOR))
    assert browser_of(person(Role.COORDINATOR)).get(f"{CONTACTS}{contact.pk}/").status_code == 404


def test_correct_own_contact_saves_it_and_confirms_the_rest(at, eleni):
    at(DAY)
    contact = make_contact(eleni)
    sent = {"answer": "correct", "phone": "+30 210 9", "job_title": "Referrals", "languages": ["el", "en"]}
    browser_of(eleni).post(f"{CONTACTS}{contact.pk}/", sent)
    assert stored(contact).phone == "+30 210 9"
    assert stored(contact).languages == ["el", "en"]
    assert stored(contact).confirmed_on == DAY


def test_correct_contact_with_too_long_a_number_keeps_what_was_typed(eleni):
    contact = make_contact(eleni)
    sent = {"answer": "correct", "phone": "+30" + "1" * 40, "job_title": "Lamps"}
    page = browser_of(eleni).post(f"{CONTACTS}{contact.pk}/", sent).content.decode()
    assert "Lamps" in page
    assert stored(contact).confirmed_on is None


def test_link_of_the_mail_confirms_without_a_log_in(at):
    at(DAY)
    contact = make_contact()
    ask_contacts()
    link = link_in_mail(r"/en/contact/[^\s]+")
    browser = visitor()
    assert "Yes, they are right" in browser.get(link).content.decode()
    assert stored(contact).confirmed_on is None
    assert "Confirmed. We ask again" in browser.post(link, {"answer": "confirm"}).content.decode()
    assert stored(contact).confirmed_on == DAY


@pytest.mark.parametrize("token", ["1", "1:x:y", "x", "1:1tXyZ:aaaaaaaa"])
def test_forged_link_is_not_found(token):
    make_contact(pk=1)
    assert visitor().get(f"/en/contact/{token}/").status_code == 404


def test_link_ends_after_thirty_days_and_with_the_address(at):
    at(DAY)
    contact = make_contact()
    token = contact_token(contact)
    ContactPoint.objects.filter(pk=contact.pk).update(email="other@smile.example")
    assert visitor().get(f"/en/contact/{token}/").status_code == 404
    ContactPoint.objects.filter(pk=contact.pk).update(email=contact.email)
    assert visitor().get(f"/en/contact/{token}/").status_code == 200
    at(DAY + timedelta(days=31))
    assert visitor().get(f"/en/contact/{token}/").status_code == 404


def test_person_is_asked_after_ninety_days_and_again_after_thirty(at):
    contact = make_contact(confirmed_on=DAY)
    asked = []
    for days in (89, 90, 91, 92, 121, 122, 123):
        at(DAY + timedelta(days=days))
        asked += [days] * ask_contacts()
    assert asked == [91, 122]
    assert stored(contact).asked_on == DAY + timedelta(days=122)


def test_contact_without_an_address_is_not_asked():
    make_contact(email="")
    assert ask_contacts() == 0
    assert not Message.objects.exists()


def test_unconfirmed_contact_is_marked_and_the_deputy_stands_first(at, eleni):
    at(DAY)
    deputy = make_contact(name="Zoe", position=200, confirmed_on=DAY)
    make_contact(eleni, confirmed_on=DAY - timedelta(days=91), deputy=deputy)
    assert shown() == ["Zoe", "Eleni D."]
    page = browser_of(person(Role.WORKER)).get(CONTACTS).content.decode()
    assert "Not confirmed since 5 Oct" in page
    assert "Deputy, shown first: Eleni D. has not confirmed their details." in page


def test_confirmed_contact_stands_before_the_deputy(at):
    at(DAY)
    deputy = make_contact(name="Zoe", position=200, confirmed_on=DAY)
    make_contact(confirmed_on=DAY, deputy=deputy)
    assert shown() == ["Eleni D.", "Zoe"]


def test_deputy_who_has_not_confirmed_does_not_stand_first(at):
    at(DAY)
    deputy = make_contact(name="Zoe", position=200)
    make_contact(deputy=deputy)
    assert shown() == ["Eleni D.", "Zoe"]


def test_leave_hides_the_contact_at_once_and_tells_the_coordinators(eleni):
    contact = make_contact(eleni)
    answer = browser_of(eleni).post(f"{CONTACTS}{contact.pk}/", {"answer": "end"}, follow=True)
    assert "You are no longer shown" in answer.content.decode()
    assert shown() == []
    home = browser_of(person(Role.COORDINATOR)).get("/en/workspace/").content.decode()
    assert "1 contact has left" in home


def test_leave_twice_is_refused():
    contact = make_contact()
    end_contact(contact, by=ContactPerson(contact))
    with pytest.raises(ContactGone):
        end_contact(contact, by=ContactPerson(contact))


def test_link_of_one_contact_ends_no_other():
    one, other = make_contact(), make_contact()
    with pytest.raises(PermissionDenied):
        end_contact(other, by=ContactPerson(one))


def test_role_that_ends_hides_the_contact_in_the_same_step(eleni):
    contact = make_contact(eleni)
    withdraw_role(Membership.objects.get(user=eleni), by=person(Role.COORDINATOR))
    assert stored(contact).left_on is not None
    assert OpenItem.objects.filter(kind="partners.contact_vacancy").exists()


def test_role_that_ends_elsewhere_leaves_the_contact(eleni):
    contact = make_contact(eleni, organisation=organisation("other"))
    withdraw_role(Membership.objects.get(user=eleni), by=person(Role.COORDINATOR))
    assert stored(contact).left_on is None


def test_closed_account_hides_the_contact_at_once(eleni):
    make_contact(eleni)
    User.objects.filter(pk=eleni.pk).update(is_active=False)
    assert shown() == []


def test_own_contact_waits_in_the_tasks_until_it_is_confirmed(at, eleni):
    at(DAY)
    contact = make_contact(eleni)
    assert "Are your contact details still right?" in browser_of(eleni).get("/en/workspace/").content.decode()
    confirm_contact(contact, by=eleni)
    item = OpenItem.objects.get(kind="partners.contact")
    assert timezone.localdate(item.opens_at) == DAY + timedelta(days=91)
