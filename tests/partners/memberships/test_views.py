"""What partner staff do: each view for the one who may, the colleague, the stranger and the visitor."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils import timezone
from model_bakery import baker

from partners.directory.models import Country
from partners.help_lines.models import HelpLine
from partners.help_lines.states import Confidence
from partners.memberships.actions import invite_member
from partners.memberships.models import ContactPoint, MembershipInvitation
from partners.memberships.states import WORKING_ROLES, Role
from tests.people import browser_of, organisation, person, visitor
from victor.access import System
from victor.mail.models import Message

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
CONTACTS = "/en/workspace/contacts/"
LINES = "/en/workspace/help-lines/"
INVITATIONS = "/en/workspace/invitations/"
INVITE = "/en/workspace/invitations/new/"
GUARDED = [CONTACTS, LINES, f"{LINES}1/confirm/", INVITATIONS, INVITE, f"{INVITATIONS}1/revoke/"]


@pytest.fixture
def smile():
    return organisation("smile", name_en="The Smile")


def line(smile, **fields) -> HelpLine:
    given = {
        "number": "116 111",
        "dial": "116111",
        "name_en": "Line",
        "source": "a ministry's list",
        "purpose": "children",
    }
    return baker.make(HelpLine, country=smile.country, key=f"line-{HelpLine.objects.count()}", **(given | fields))


def offer(at, role: Role = Role.WORKER, email: str = "new@partner.example") -> MembershipInvitation:
    return invite_member(email=email, language="el", organisation=at, role=role, by=System("test"))


@pytest.mark.parametrize("address", GUARDED)
def test_visitor_is_sent_to_the_log_in(address):
    answer = visitor().post(address) if address.endswith(("confirm/", "revoke/")) else visitor().get(address)
    assert answer["Location"] == f"/en/accounts/login/?next={address}"


@pytest.mark.parametrize("address", GUARDED)
def test_person_without_any_membership_is_refused(address):
    browser = browser_of(person())
    answer = browser.post(address) if address.endswith(("confirm/", "revoke/")) else browser.get(address)
    assert answer.status_code == 403


# --- Contacts


@pytest.mark.parametrize("role", sorted(WORKING_ROLES))
def test_contacts_are_shown_to_all_partner_staff(smile, role):
    baker.make(
        ContactPoint, organisation=smile, name="Maria", phone="+30 210 1", email="maria@smile.example", languages=["el"]
    )
    page = browser_of(person(role)).get(CONTACTS).content.decode()
    assert all(text in page for text in ("Maria", "The Smile", 'href="tel:+302101"', "maria@smile.example", "Greek"))


def test_contacts_take_the_same_queries_for_one_and_for_thirty(smile, django_assert_max_num_queries):
    browser = browser_of(person(Role.WORKER))
    for number in range(30):
        baker.make(ContactPoint, organisation=organisation(f"partner-no-{number}"), languages=["el", "en"])
    with django_assert_max_num_queries(12):
        browser.get(CONTACTS)


def test_contacts_without_any_say_who_enters_them():
    assert "No contacts have been added yet" in browser_of(person(Role.EDITOR)).get(CONTACTS).content.decode()


def test_contacts_refuse_a_post():
    assert browser_of(person(Role.WORKER)).post(CONTACTS).status_code == 405


# --- Help lines


def test_help_lines_show_what_the_check_needs(smile):
    checker = person(Role.COORDINATOR, name="Ioanna Checker")
    line(smile, last_checked="2014-03-01", check_precision="month", checked_by=checker, confidence=Confidence.MEDIUM)
    page = browser_of(checker).get(LINES).content.decode()
    assert all(
        text in page
        for text in ("116 111", "Greece", "Children", "a ministry", "March 2014", "Ioanna Checker", "Medium")
    )


def test_help_lines_are_shown_by_country_with_how_many_wait_in_each(smile):
    line(smile)
    hungary = baker.make(Country, code="HU", name_en="Hungary", time_zone="Europe/Budapest", position=999)
    baker.make(HelpLine, country=hungary, number="116 222", last_checked=None, key="hu")
    browser = browser_of(person(Role.COORDINATOR))
    first, second = (browser.get(LINES, asked).content.decode() for asked in ({}, {"country": "HU"}))
    assert ["116 111" in page for page in (first, second)] == [True, False]
    assert ["116 222" in page for page in (first, second)] == [False, True]
    assert "Hungary (1)" in first


def test_help_line_that_is_wrong_leads_to_its_form(smile):
    waiting = line(smile)
    page = browser_of(person(Role.COORDINATOR)).get(LINES).content.decode()
    assert f'href="/en/admin/partners/helpline/{waiting.pk}/change/"' in page


def test_confirm_help_line_leads_back_to_its_country(smile, at):
    at(NOON)
    answer = browser_of(person(Role.COORDINATOR)).post(f"{LINES}{line(smile).pk}/confirm/")
    assert answer["Location"] == f"{LINES}?country=GR"


def test_help_lines_leave_out_what_was_checked_today(smile):
    line(smile, last_checked=timezone.localdate())
    assert (
        "All helplines have been checked recently" in browser_of(person(Role.COORDINATOR)).get(LINES).content.decode()
    )


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COORDINATOR])
def test_help_lines_are_refused_to_colleagues(role):
    assert browser_of(person(role)).get(LINES).status_code == 403


def test_confirm_help_line_takes_one_press(smile, at):
    at(NOON)
    waiting, coordinator = line(smile), person(Role.COORDINATOR)
    answer = browser_of(coordinator).post(f"{LINES}{waiting.pk}/confirm/", follow=True)
    waiting.refresh_from_db()
    assert waiting.last_checked == NOON.date()
    assert waiting.checked_by == coordinator
    assert "116 111 has been confirmed today." in answer.content.decode()


def test_confirm_help_line_by_a_colleague_is_refused(smile):
    waiting = line(smile)
    assert browser_of(person(Role.SUPERVISOR)).post(f"{LINES}{waiting.pk}/confirm/").status_code == 403
    waiting.refresh_from_db()
    assert waiting.last_checked is None


def test_confirm_help_line_that_is_not_there_is_not_found():
    assert browser_of(person(Role.COORDINATOR)).post(f"{LINES}4711/confirm/").status_code == 404


def test_confirm_help_line_by_a_link_is_refused(smile):
    assert browser_of(person(Role.COORDINATOR)).get(f"{LINES}{line(smile).pk}/confirm/").status_code == 405


# --- Invitations


def test_invitations_show_a_supervisor_those_of_the_own_organisation(smile):
    offer(smile)
    offer(organisation("elsewhere"), email="other@partner.example")
    page = browser_of(person(Role.SUPERVISOR, smile)).get(INVITATIONS).content.decode()
    assert "new@partner.example" in page
    assert "other@partner.example" not in page


def test_invitations_show_a_coordinator_all(smile):
    offer(smile)
    assert "new@partner.example" in browser_of(person(Role.COORDINATOR)).get(INVITATIONS).content.decode()


@pytest.mark.parametrize("role", [Role.WORKER, Role.TRAINER, Role.EDITOR, Role.TRANSLATOR])
@pytest.mark.parametrize("address", [INVITATIONS, INVITE])
def test_invitations_are_refused_to_colleagues(role, address):
    assert browser_of(person(role)).get(address).status_code == 403


def test_invite_sends_the_message_and_says_so(smile):
    form = {"email": "new@partner.example", "organisation": smile.pk, "role": Role.WORKER, "language": "el"}
    answer = browser_of(person(Role.SUPERVISOR, smile)).post(INVITE, form, follow=True)
    assert "The invitation has been sent" in answer.content.decode()
    assert Message.objects.get().recipient == "new@partner.example"


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "no address"},
        {"email": "new@part\u200bner.example"},
        {"language": "xx"},
        {"role": "chief"},
        {"organisation": 4711},
    ],
)
def test_invite_keeps_what_was_typed(smile, wrong):
    form = {"email": "typed@partner.example", "organisation": smile.pk, "role": Role.WORKER, "language": "el"} | wrong
    answer = browser_of(person(Role.SUPERVISOR, smile)).post(INVITE, form)
    assert answer.status_code == 200
    assert form["email"] in answer.content.decode()
    assert 'class="field__error"' in answer.content.decode()
    assert not MembershipInvitation.objects.exists()


def test_invite_somebody_with_an_account_is_refused_beside_the_field(smile):
    form = {"email": person().email, "organisation": smile.pk, "role": Role.WORKER, "language": "el"}
    answer = browser_of(person(Role.SUPERVISOR, smile)).post(INVITE, form)
    assert "already has an account" in str(answer.context["form"].errors["email"])


@pytest.mark.parametrize("change", ["elsewhere", "coordinator"])
def test_invite_by_a_supervisor_stays_within_the_own_organisation_and_rank(smile, change):
    form = {"email": "new@partner.example", "organisation": smile.pk, "role": Role.WORKER, "language": "el"}
    form |= {"organisation": organisation("elsewhere").pk} if change == "elsewhere" else {"role": Role.COORDINATOR}
    browser_of(person(Role.SUPERVISOR, smile)).post(INVITE, form)
    assert not MembershipInvitation.objects.exists()


def test_revoke_invitation_closes_it(smile):
    sent = offer(smile)
    answer = browser_of(person(Role.SUPERVISOR, smile)).post(f"{INVITATIONS}{sent.pk}/revoke/", follow=True)
    sent.invitation.refresh_from_db()
    assert sent.invitation.revoked_at is not None
    assert "The invitation has been cancelled." in answer.content.decode()


def test_revoke_invitation_twice_says_why_not(smile):
    sent, browser = offer(smile), browser_of(person(Role.SUPERVISOR, smile))
    answers = [browser.post(f"{INVITATIONS}{sent.pk}/revoke/", follow=True) for _ in range(2)]
    assert "Please ask for a new one" in answers[1].content.decode()


def test_revoke_invitation_of_another_organisation_is_not_found(smile):
    sent = offer(smile)
    assert browser_of(person(Role.SUPERVISOR)).post(f"{INVITATIONS}{sent.pk}/revoke/").status_code == 404


def test_revoke_invitation_by_a_colleague_is_refused(smile):
    sent = offer(smile)
    assert browser_of(person(Role.WORKER, smile)).post(f"{INVITATIONS}{sent.pk}/revoke/").status_code == 403


def test_revoke_invitation_by_a_link_is_refused(smile):
    sent = offer(smile)
    assert browser_of(person(Role.SUPERVISOR, smile)).get(f"{INVITATIONS}{sent.pk}/revoke/").status_code == 405
