"""On which basis a referral leaves: beyond the European Union, and by rows that nobody else has made."""

from __future__ import annotations

import pytest

from desks.desk.models import Desk
from desks.referrals import consents, sharing
from desks.referrals.code_lists import BasisKind, TransferGround
from desks.referrals.errors import GroundNotPossible, NoTransferGround
from desks.referrals.legal_bases import Consent, LawfulBasis, TransferBasis
from desks.referrals.models import Referral
from desks.referrals.states import ReferralState, Side
from partners.agreements.states import AgreementKind
from partners.directory.models import Country, Organisation
from partners.directory.states import Category
from tests.desks.referrals.referral_desks import ReferralDesks, drafted, sent
from tests.partners.agreements.signed_agreements import make_agreement
from victor.vault.errors import Unopenable
from victor.vault.records.models import Envelope

pytestmark = pytest.mark.django_db


def leaving(desks: ReferralDesks) -> Referral:
    """A draft for a desk beyond the European Union, from a desk within it."""
    Desk.objects.filter(pk=desks.athens.desk.pk).update(country=country("GR"))
    Desk.objects.filter(pk=desks.sofia.desk.pk).update(country=country("UA"))
    return Referral.objects.get(pk=drafted(desks).pk)


def country(code: str) -> Country:
    names = {"name": code, "name_en": code, "time_zone": "Europe/Athens"}
    return Country.objects.update_or_create(code=code, defaults=names)[0]


def test_grounds_of_a_private_body_are_consent_and_three_of_necessity(desks):
    possible = {TransferGround.PUBLIC_INTEREST, TransferGround.CLAIMS, TransferGround.VITAL, TransferGround.CONSENT}
    assert set(consents.possible_grounds(leaving(desks))) == possible


def test_grounds_of_a_public_body_have_no_consent(desks):
    Organisation.objects.filter(pk=desks.athens.organisation.pk).update(category=Category.STATE_AUTHORITY)
    assert TransferGround.CONSENT not in consents.possible_grounds(leaving(desks))


def test_grounds_of_partners_with_clauses_have_clauses(desks):
    make_agreement(desks.athens.organisation, desks.sofia.organisation, kind=AgreementKind.STANDARD_CLAUSES)
    assert TransferGround.CLAUSES in consents.possible_grounds(leaving(desks))


def test_prepare_beyond_the_union_without_a_ground_is_refused(desks):
    with pytest.raises(NoTransferGround):
        sharing.prepare_referral(leaving(desks), by=desks.athens.anna)


def test_prepare_beyond_the_union_with_a_ground_succeeds(desks):
    referral = leaving(desks)
    consents.record_transfer_basis(referral, TransferGround.VITAL, "She is hunted", by=desks.athens.anna.person)
    assert sharing.prepare_referral(referral, by=desks.athens.anna).state == ReferralState.READY


def test_prepare_with_a_ground_that_is_no_longer_possible_is_refused(desks):
    referral = leaving(desks)
    consents.record_transfer_basis(referral, TransferGround.CONSENT, "She asked", by=desks.athens.anna.person)
    Organisation.objects.filter(pk=desks.athens.organisation.pk).update(category=Category.STATE_AUTHORITY)
    with pytest.raises(NoTransferGround):
        sharing.prepare_referral(Referral.objects.get(pk=referral.pk), by=desks.athens.anna)


def test_prepare_with_a_ground_that_somebody_else_has_changed_is_refused(desks):
    referral = leaving(desks)
    consents.record_transfer_basis(referral, TransferGround.VITAL, "She is hunted", by=desks.athens.anna.person)
    TransferBasis.objects.update(ground=TransferGround.CLAIMS)
    with pytest.raises(Unopenable):
        sharing.prepare_referral(referral, by=desks.athens.anna)


def test_record_a_ground_that_is_not_possible_is_refused(desks):
    with pytest.raises(GroundNotPossible):
        consents.record_transfer_basis(leaving(desks), TransferGround.ADEQUACY, "Near", by=desks.athens.anna.person)


def test_record_another_ground_leaves_nothing_of_the_first(desks):
    referral, by = leaving(desks), desks.athens.anna.person
    first = consents.record_transfer_basis(referral, TransferGround.VITAL, "She is hunted", by=by).envelope_id
    consents.record_transfer_basis(referral, TransferGround.CLAIMS, "She sues", by=by)
    assert not Envelope.objects.filter(pk=first).exists()


@pytest.mark.parametrize("change", [{"kind": BasisKind.DUTY}, {"stamp": "x" * 64}], ids=["kind", "stamp"])
def test_confirm_a_basis_that_somebody_else_has_changed_is_refused(desks, change):
    basis = consents.record_basis(drafted(desks), BasisKind.VITAL, "He waits outside", by=desks.athens.anna.person)
    LawfulBasis.objects.update(**change)
    with pytest.raises(Unopenable):
        consents.confirm_basis(basis, by=desks.athens.chief.person)
    assert LawfulBasis.objects.get().second_id is None


def test_withdraw_never_stamps_a_consent_that_somebody_else_has_changed(desks):
    referral = sent(desks)
    Consent.objects.update(groups=["health"])
    with pytest.raises(Unopenable):
        consents.withdraw_consent(referral, Side.SENDER, by=desks.athens.chief.person)


def test_no_ground_is_needed_within_the_economic_area(desks):
    assert not consents.leaves_union("NO", of=Desk(country=Country(code="GR")))
