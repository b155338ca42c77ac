"""Partner contacts: one coordinator gives the role, which reads the directory and opens nothing of the work."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from model_bakery import baker

from partners.agreements.models import Agreement, AgreementParty
from partners.memberships.actions import accept_membership, can_be_accepted, invite_member
from partners.memberships.contact_points import confirm_contact
from partners.memberships.models import ContactPoint, MembershipInvitation
from partners.memberships.states import Role
from tests.people import browser_of, organisation, person
from victor.access import is_permitted
from victor.vault.passphrases.actions import set_up_vault

pytestmark = pytest.mark.django_db
OPEN = [
    "/en/workspace/",
    "/en/workspace/agreements/",
    "/en/workspace/contacts/",
    "/en/workspace/responsibilities/",
    "/en/workspace/search/",
]
CLOSED = [
    "/en/workspace/desks/",
    "/en/workspace/desks/cases/",
    "/en/workspace/desks/referrals/",
    "/en/workspace/desks/figures/",
    "/en/workspace/help-lines/",
    "/en/workspace/invitations/",
    "/en/workspace/log/",
    "/en/workspace/pictures/",
    "/en/workspace/proposals/",
    "/en/workspace/reach/",
    "/en/workspace/responsibilities/new/",
    "/en/workspace/retention/",
    "/en/workspace/seminars/",
    "/en/workspace/texts/",
    "/en/workspace/vault/",
]


def partner_contact() -> MembershipInvitation:
    """An invitation of somebody from a ministry."""
    given = {"email": "contact@ministry.example", "language": "en", "organisation": organisation("ministry")}
    return invite_member(**given, role=Role.PARTNER, by=person(Role.COORDINATOR))


def test_invite_partner_contact_by_one_coordinator_is_enough():
    assert can_be_accepted(partner_contact())


def test_invite_partner_contact_by_supervisor_of_organisation_is_refused():
    here = organisation("smile")
    given = {"email": "contact@ministry.example", "language": "en", "organisation": here, "role": Role.PARTNER}
    with pytest.raises(PermissionDenied):
        invite_member(**given, by=person(Role.SUPERVISOR, here))


def test_invitation_of_coordinator_who_has_left_gives_no_partner_contact():
    invitation = partner_contact()
    invitation.invitation.invited_by.memberships.all().delete()
    assert not can_be_accepted(MembershipInvitation.objects.get(pk=invitation.pk))


def test_accepted_partner_contact_stays_out_of_the_admin():
    accepted = accept_membership(partner_contact(), name="Maria T.", password="a-lamp-in-the-doorway")
    assert not accepted.is_staff


@pytest.mark.parametrize("address", OPEN)
def test_partner_contact_opens_page_of_directory(address):
    assert browser_of(person(Role.PARTNER)).get(address).status_code == 200


@pytest.mark.parametrize("address", CLOSED)
def test_partner_contact_opens_no_page_of_the_work(address):
    assert browser_of(person(Role.PARTNER)).get(address).status_code in {403, 404}


def test_partner_contact_is_offered_no_page_that_refuses():
    browser = browser_of(person(Role.PARTNER))
    assert "responsibilities/new/" not in browser.get("/en/workspace/responsibilities/").content.decode()


def test_partner_contact_has_no_vault():
    with pytest.raises(PermissionDenied):
        set_up_vault(person(Role.PARTNER), "a long enough passphrase of words")


def test_partner_contact_reads_agreements_of_own_organisation_only():
    contact = person(Role.PARTNER, organisation("ministry"))
    for code, slug in (("AG-01", "ministry"), ("AG-02", "smile")):
        agreement = baker.make(Agreement, code=code, title_en=code, kind="protocol", state="signed")
        baker.make(AgreementParty, agreement=agreement, organisation=organisation(slug))
    assert [shown.code for shown in Agreement.objects.visible_to(contact)] == ["AG-01"]


def test_partner_contact_confirms_own_contact_point():
    contact = person(Role.PARTNER, organisation("ministry"))
    point = baker.make(ContactPoint, organisation=organisation("ministry"), name="Maria T.", user=contact)
    assert confirm_contact(point, by=contact).is_confirmed


def test_partner_contact_confirms_no_other_contact_point():
    point = baker.make(ContactPoint, organisation=organisation("ministry"), name="Ivan P.")
    with pytest.raises(PermissionDenied):
        confirm_contact(point, by=person(Role.PARTNER, organisation("ministry")))


@pytest.mark.parametrize("permission", ["campaigns.record_activity", "campaigns.read_evidence", "campaigns.view_reach"])
def test_partner_contact_has_no_right_in_campaigns(permission):
    here = organisation("ministry")
    assert not is_permitted(person(Role.PARTNER, here), permission, here)
