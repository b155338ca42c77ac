"""An agreement is signed only with every signature and a live owner, ends by its date, and its end is told once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from model_bakery import baker

from partners.agreements.actions import (
    change_owner,
    end_agreement,
    move_agreement,
    notify_of_end,
    prepare_agreement,
    record_signature,
    renew_agreement,
)
from partners.agreements.errors import (
    AgreementMoveNotPossible,
    NoOwner,
    ReasonMissing,
    SignatureMissing,
    SignedFileMissing,
    SignedInFuture,
    TooFewParties,
)
from partners.agreements.models import Agreement
from partners.agreements.paperwork import add_file
from partners.agreements.periodic import watch_agreements
from partners.agreements.states import AGREEMENT_MOVES, AgreementMove, AgreementState, FileKind, Gate
from partners.memberships.states import Role
from tests.partners.agreements.signed_agreements import checked_paper, make_agreement
from tests.people import organisation, person
from victor.access import System
from victor.accounts.models import User
from victor.mail.emails import content_of
from victor.mail.models import Message

pytestmark = pytest.mark.django_db
US = System("test")
START = date(2026, 1, 5)


@pytest.fixture
def coordinator() -> User:
    return person(Role.COORDINATOR, factor=False)


def in_signature(owner: User | None, **fields: object) -> Agreement:
    """An agreement of two parties that waits for their signatures."""
    given = {"state": AgreementState.IN_SIGNATURE, "owner": owner} | fields
    return make_agreement(organisation("one"), organisation("two"), **given)


def sign_for_all(agreement: Agreement, by: User) -> None:
    add_file(agreement, FileKind.SIGNED, checked_paper(), words="", by=by)
    for party in agreement.parties.all():
        record_signature(party, office="Director", signed_on=timezone.localdate(), by=by)


def ending(day: date, **fields: object) -> Agreement:
    """A signed agreement with this last day."""
    given = {"valid_from": START, "valid_to": day} | fields
    return make_agreement(organisation("one"), organisation("two"), **given)


def test_draft_gets_the_next_code_and_its_parties(coordinator):
    for code in ("AG-01", "AG-02"):
        draft = Agreement(kind="protocol", title_en="Protocol", valid_from=START)
        prepare_agreement(draft, organisations=[organisation("one")], countries=[], by=coordinator)
        assert draft.code == code
    assert [party.organisation.slug for party in draft.parties.all()] == ["one"]


def test_draft_that_is_changed_keeps_the_parties_that_stay(coordinator):
    agreement = make_agreement(organisation("one"), organisation("two"), state=AgreementState.DRAFT)
    stays = agreement.parties.get(organisation__slug="one")
    parties = [organisation("one"), organisation("three")]
    prepare_agreement(agreement, organisations=parties, countries=[], by=coordinator)
    assert {party.organisation.slug for party in agreement.parties.all()} == {"one", "three"}
    assert agreement.parties.get(organisation__slug="one") == stays


def test_change_signed_agreement_is_refused(coordinator):
    with pytest.raises(AgreementMoveNotPossible):
        prepare_agreement(ending(START), organisations=[], countries=[], by=coordinator)


def test_sign_agreement_with_every_signature_allows_what_it_says(coordinator):
    agreement = in_signature(coordinator)
    sign_for_all(agreement, coordinator)
    move_agreement(agreement, AgreementMove.SIGN, by=coordinator)
    allowing = Agreement.objects.valid().allowing(Gate.DESK_PUBLICATION, organisation("one").pk, organisation("two").pk)
    assert allowing.get() == agreement


def test_sign_agreement_without_a_signature_is_refused(coordinator):
    agreement = in_signature(coordinator)
    record_signature(agreement.parties.first(), office="Director", signed_on=START, by=coordinator)
    with pytest.raises(SignatureMissing):
        move_agreement(agreement, AgreementMove.SIGN, by=coordinator)


def test_sign_agreement_without_the_signed_file_is_refused(coordinator):
    agreement = in_signature(coordinator)
    for party in agreement.parties.all():
        record_signature(party, office="Director", signed_on=timezone.localdate(), by=coordinator)
    with pytest.raises(SignedFileMissing):
        move_agreement(agreement, AgreementMove.SIGN, by=coordinator)


@pytest.mark.parametrize("is_closed", [True, False])
def test_sign_agreement_without_a_live_owner_is_refused(coordinator, is_closed):
    owner = person(Role.SUPERVISOR, factor=False) if is_closed else None
    agreement = in_signature(owner)
    sign_for_all(agreement, coordinator)
    User.objects.filter(pk=owner.pk if owner else 0).update(is_active=False)
    with pytest.raises(NoOwner):
        move_agreement(agreement, AgreementMove.SIGN, by=coordinator)


def test_record_signature_of_tomorrow_is_refused(coordinator):
    party = in_signature(coordinator).parties.first()
    with pytest.raises(SignedInFuture):
        record_signature(party, office="Director", signed_on=timezone.localdate() + timedelta(days=1), by=coordinator)


def test_record_signature_of_a_draft_is_refused(coordinator):
    party = in_signature(coordinator, state=AgreementState.DRAFT).parties.first()
    with pytest.raises(AgreementMoveNotPossible):
        record_signature(party, office="Director", signed_on=START, by=coordinator)


def test_send_agreement_of_one_party_is_refused(coordinator):
    agreement = make_agreement(organisation("one"), state=AgreementState.DRAFT)
    with pytest.raises(TooFewParties):
        move_agreement(agreement, AgreementMove.SEND, by=coordinator)


@pytest.mark.parametrize("state", AgreementState)
@pytest.mark.parametrize("move", AgreementMove)
def test_move_starts_only_where_the_table_says(coordinator, state, move):
    agreement = make_agreement(organisation("one"), organisation("two"), state=state, reason="Because")
    agreement.parties.update(signed_on=START)
    baker.make("partners.AgreementFile", agreement=agreement, kind=FileKind.SIGNED)
    starts, leads_to = AGREEMENT_MOVES[move]
    if state in starts and move != AgreementMove.END:
        assert move_agreement(agreement, move, reason="Because", by=coordinator).state == leads_to
    else:
        with pytest.raises(AgreementMoveNotPossible):
            move_agreement(agreement, move, reason="Because", by=coordinator)


@pytest.mark.parametrize("move", [AgreementMove.SUSPEND, AgreementMove.TERMINATE])
def test_take_agreement_away_without_a_reason_is_refused(coordinator, move):
    with pytest.raises(ReasonMissing):
        move_agreement(ending(START), move, reason=" ", by=coordinator)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COORDINATOR])
def test_move_agreement_by_another_role_is_refused(role):
    agreement = make_agreement(organisation("one"), organisation("two"))
    with pytest.raises(PermissionDenied):
        move_agreement(
            agreement, AgreementMove.SUSPEND, reason="No", by=person(role, organisation("one"), factor=False)
        )


def test_suspended_agreement_allows_nothing(coordinator):
    agreement = make_agreement(organisation("one"), organisation("two"))
    move_agreement(agreement, AgreementMove.SUSPEND, reason="A breach", by=coordinator)
    assert not Agreement.objects.valid().exists()
    move_agreement(agreement, AgreementMove.RESUME, by=coordinator)
    assert Agreement.objects.valid().exists()


@pytest.mark.parametrize(
    ("day", "is_valid"),
    [(date(2027, 1, 3), False), (date(2027, 1, 4), True), (date(2027, 6, 30), True), (date(2027, 7, 1), False)],
)
def test_agreement_is_valid_from_its_first_day_to_its_last(at, day, is_valid):
    at(day)
    agreement = ending(date(2027, 6, 30), valid_from=date(2027, 1, 4))
    assert agreement.is_valid is is_valid
    assert Agreement.objects.valid().exists() is is_valid


def test_change_owner_to_a_closed_account_is_refused(coordinator):
    gone = person(Role.SUPERVISOR, factor=False)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    gone.refresh_from_db()
    with pytest.raises(NoOwner):
        change_owner(ending(START), gone, by=coordinator)


def test_renew_agreement_drafts_the_next_period_and_leaves_the_old(coordinator):
    old = ending(date(2027, 6, 30))
    new = renew_agreement(old, by=coordinator)
    old.refresh_from_db()
    assert new.state == AgreementState.DRAFT
    assert new.valid_from == date(2027, 7, 1)
    assert old.state == AgreementState.SIGNED
    assert old.valid_to == date(2027, 6, 30)
    assert new.title_en == old.title_en
    assert set(new.parties.values_list("signed_on", flat=True)) == {None}


def test_renew_agreement_twice_is_refused(coordinator):
    old = ending(date(2027, 6, 30))
    renew_agreement(old, by=coordinator)
    with pytest.raises(AgreementMoveNotPossible):
        renew_agreement(old, by=coordinator)


def test_end_is_told_once_at_each_of_four_days(at, coordinator):
    ending(date(2027, 12, 31), owner=coordinator)
    days = []
    for left in (120, 91, 90, 89, 31, 30, 29, 8, 7, 6, 1, 0):
        at(date(2027, 12, 31) - timedelta(days=left))
        before = Message.objects.count()
        watch_agreements()
        watch_agreements()
        days += [left] * (Message.objects.count() - before)
    assert days == [90, 30, 7, 0]


def test_end_that_is_near_when_it_is_signed_is_told_once(at, coordinator):
    at(date(2027, 12, 11))
    agreement = ending(date(2027, 12, 31), owner=coordinator)
    assert notify_of_end(agreement, by=US) == 30
    assert notify_of_end(agreement, by=US) is None


def test_end_is_told_to_the_owner_and_names_the_day(at, coordinator):
    at(date(2027, 12, 24))
    ending(date(2027, 12, 31), owner=coordinator)
    watch_agreements()
    message = Message.objects.get()
    assert message.recipient == coordinator.email
    assert "31 December 2027" in content_of(message).text


def test_end_is_told_to_all_coordinators_where_the_owner_has_left(at, coordinator):
    at(date(2027, 12, 24))
    owner = person(Role.SUPERVISOR, factor=False)
    ending(date(2027, 12, 31), owner=owner)
    User.objects.filter(pk=owner.pk).update(is_active=False)
    watch_agreements()
    assert coordinator.email in set(Message.objects.values_list("recipient", flat=True))


def test_end_is_not_told_where_the_next_period_is_signed(at, coordinator):
    at(date(2027, 12, 24))
    old = ending(date(2027, 12, 31), owner=coordinator)
    new = renew_agreement(old, by=coordinator)
    Agreement.objects.filter(pk=new.pk).update(state=AgreementState.SIGNED)
    assert notify_of_end(old, by=US) is None


def test_agreement_ends_after_its_last_day(at, coordinator):
    agreement = ending(date(2027, 6, 30), owner=coordinator)
    at(date(2027, 6, 30))
    with pytest.raises(AgreementMoveNotPossible):
        end_agreement(agreement, by=US)
    at(date(2027, 7, 1))
    watch_agreements()
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.ENDED


def test_agreement_that_is_renewed_tacitly_goes_on_for_as_long_again(at, coordinator):
    old = ending(date(2027, 6, 30), owner=coordinator, renewal="tacit")
    at(date(2027, 7, 1))
    watch_agreements()
    new = Agreement.objects.valid().get()
    assert new.renews == old
    assert new.valid_from == date(2027, 7, 1)
    assert new.valid_to == date(2028, 12, 23)
    assert None not in set(new.parties.values_list("signed_on", flat=True))
