"""A referral from its draft to its end: who moves it, what each desk reads, which keys there are."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from desks.referrals import actions, consents, provision, revocations, sharing, wishes
from desks.referrals.code_lists import BasisKind, FieldGroup
from desks.referrals.errors import (
    AlreadyOpen,
    ConsentIncomplete,
    IntakeAnswers,
    NoBasis,
    NoGroups,
    NotTheFirst,
    ReasonLacks,
    RecordChanged,
    ReferralMoveNotPossible,
    SupervisorSends,
    TooLong,
)
from desks.referrals.field_groups import lines_in
from desks.referrals.models import Referral
from desks.referrals.periodic import watch_referrals
from desks.referrals.states import DeclineReason, ReferralOutcome, ReferralState, RevokeReason, Side
from desks.referrals.wishes import Choice
from tests.desks.referrals.referral_desks import (
    GROUPS,
    LETTER,
    NAME,
    STREET,
    accepted,
    consent,
    drafted,
    own_case,
    ready,
    sent,
    wish,
)
from victor.vault.errors import NoGrant

pytestmark = pytest.mark.django_db


def values_of(referral: Referral, side: Side, by) -> str:
    """All that somebody reads of what is shared."""
    groups = sharing.read_groups(referral, side, by=by)
    return " ".join(value for lines in groups.values() for _label, value in lines_in(lines, "en"))


def holders(referral: Referral) -> int:
    """How many groups hold the key of a referral."""
    return referral.key.grants.count()


def test_start_second_referral_for_the_same_purpose_shows_the_first(desks):
    case = desks.case()
    first = drafted(desks, case)
    with pytest.raises(AlreadyOpen) as refusal:
        wishes.start_referral(case, wish(desks), by=desks.athens.anna.person)
    assert refusal.value.referral == first


def test_start_by_the_other_desk_is_refused(desks):
    with pytest.raises(PermissionDenied):
        wishes.start_referral(desks.case(), wish(desks), by=desks.sofia.anna.person)


def test_start_beyond_ninety_days_is_refused(desks):
    until = timezone.localdate() + timedelta(days=91)
    with pytest.raises(TooLong):
        wishes.start_referral(desks.case(), wish(desks, until=until), by=desks.athens.anna.person)


def test_choose_nothing_is_refused(desks):
    with pytest.raises(NoGroups):
        wishes.choose_groups(drafted(desks), Choice(frozenset()), by=desks.athens.anna.person)


@pytest.mark.parametrize("group", [FieldGroup.EXPERIENCE, FieldGroup.HEALTH, FieldGroup.LAW, FieldGroup.PLAN])
def test_choose_group_beyond_the_purpose_needs_a_reason(desks, group):
    with pytest.raises(ReasonLacks, match=str(group.number)):
        wishes.choose_groups(drafted(desks), Choice(frozenset({group})), by=desks.athens.anna.person)


@pytest.mark.parametrize("point", list(consent().points))
def test_record_consent_with_six_answers_names_the_seventh(desks, point):
    points = consent().points | {point: False}
    with pytest.raises(ConsentIncomplete) as refusal:
        consents.record_consent(drafted(desks), consent(points=points), by=desks.athens.anna.person)
    assert refusal.value.points == [point]


def test_record_consent_that_ends_before_the_access_is_refused(desks):
    short = consent(valid_to=timezone.localdate() + timedelta(days=59))
    with pytest.raises(TooLong):
        consents.record_consent(drafted(desks), short, by=desks.athens.anna.person)


def test_prepare_without_consent_is_refused(desks):
    by = desks.athens.anna
    referral = wishes.start_referral(desks.case(), wish(desks), by=by.person)
    wishes.choose_groups(referral, Choice(GROUPS), by=by.person)
    with pytest.raises(NoBasis):
        sharing.prepare_referral(Referral.objects.get(pk=referral.pk), by=by)


def test_prepare_with_a_consent_to_fewer_groups_is_refused(desks):
    referral = drafted(desks)
    more = Choice(GROUPS | {FieldGroup.GUARDIAN})
    wishes.choose_groups(referral, more, by=desks.athens.anna.person)
    with pytest.raises(NoBasis):
        sharing.prepare_referral(Referral.objects.get(pk=referral.pk), by=desks.athens.anna)


def test_basis_of_one_person_does_not_count(desks):
    by = desks.athens.anna
    referral = wishes.start_referral(desks.case(), wish(desks), by=by.person)
    referral = wishes.choose_groups(referral, Choice(GROUPS), by=by.person)
    consents.record_basis(referral, BasisKind.VITAL, "Her brother waits outside", by=by.person)
    with pytest.raises(NoBasis):
        sharing.prepare_referral(referral, by=by)


def test_confirm_own_basis_is_refused(desks):
    chief = desks.athens.chief.person
    basis = consents.record_basis(drafted(desks), BasisKind.DUTY, "The law says so", by=chief)
    with pytest.raises(NotTheFirst):
        consents.confirm_basis(basis, by=chief)


def test_basis_of_two_people_counts(desks):
    by = desks.athens.anna
    referral = wishes.start_referral(desks.case(), wish(desks), by=by.person)
    referral = wishes.choose_groups(referral, Choice(GROUPS), by=by.person)
    basis = consents.record_basis(referral, BasisKind.VITAL, "Her brother waits outside", by=by.person)
    consents.confirm_basis(basis, by=desks.athens.chief.person)
    assert sharing.prepare_referral(referral, by=by).state == ReferralState.READY


def test_ready_referral_has_one_grant_and_a_slot(desks):
    referral = ready(desks)
    assert holders(referral) == 1
    assert referral.key.slots.count() == 1


def test_preview_is_what_the_receiver_reads(desks):
    referral = drafted(desks)
    snapshot = sharing.read_snapshot(referral, by=desks.athens.anna)
    referral = sharing.prepare_referral(referral, by=desks.athens.anna)
    referral = actions.send_referral(referral, by=desks.athens.chief.person)
    referral = actions.accept_referral(referral, by=desks.sofia.ben)
    assert sharing.read_groups(referral, Side.RECEIVER, by=desks.sofia.ben) == snapshot.groups


def test_send_abroad_by_its_author_is_refused(desks):
    with pytest.raises(SupervisorSends):
        actions.send_referral(ready(desks), by=desks.athens.anna.person)


def test_send_after_the_case_has_changed_is_refused(desks):
    referral = ready(desks)
    desks.athens.desk.cases.filter(pk=referral.case_id).update(version=99)
    with pytest.raises(RecordChanged):
        actions.send_referral(referral, by=desks.athens.chief.person)


def test_back_to_draft_deletes_the_copies(desks):
    referral = sharing.return_to_draft(ready(desks), by=desks.athens.anna)
    assert referral.key is None
    assert referral.shared_groups.count() == 0


def test_receiver_holds_no_key_before_accepting(desks):
    with pytest.raises(NoGrant):
        sharing.read_all([sharing._expected(row := sent(desks), row.shared_groups.first())], by=desks.sofia.ben)


def test_accept_by_a_worker_without_intake_is_refused(desks):
    with pytest.raises(IntakeAnswers):
        actions.accept_referral(sent(desks), by=desks.sofia.anna)


def test_accept_opens_the_ticked_groups(desks):
    text = values_of(accepted(desks), Side.RECEIVER, desks.sofia.anna)
    assert NAME in text and STREET in text


def test_accepted_referral_has_two_grants_and_no_slot(desks):
    referral = accepted(desks)
    assert holders(referral) == 2
    assert referral.key.slots.count() == 0


def test_accept_after_withdrawing_is_refused(desks):
    referral = sent(desks)
    actions.withdraw_referral(referral, by=desks.athens.anna.person)
    with pytest.raises(ReferralMoveNotPossible):
        actions.accept_referral(referral, by=desks.sofia.ben)


@pytest.mark.parametrize("end", ["withdraw", "decline", "expire"])
def test_slot_is_gone_when_nobody_accepts(desks, end):
    referral = sent(desks)
    if end == "withdraw":
        referral = actions.withdraw_referral(referral, by=desks.athens.anna.person)
    elif end == "decline":
        referral = actions.decline_referral(referral, DeclineReason.NO_PLACE, "", by=desks.sofia.ben.person)
    else:
        with time_machine.travel(timezone.now() + timedelta(days=30)):
            watch_referrals()
    assert referral.key.slots.count() == 0


def test_expire_unanswered_referral_by_the_clock(desks):
    referral = sent(desks)
    with time_machine.travel(timezone.now() + timedelta(days=30)):
        watch_referrals()
    assert Referral.objects.get(pk=referral.pk).state == ReferralState.EXPIRED


def test_question_stops_the_clock(desks):
    referral = actions.ask_sender(sent(desks), "Is there a dog?", by=desks.sofia.ben.person)
    assert referral.answer_by is None


def test_answer_lets_the_clock_go_on(desks):
    referral = sent(desks)
    due = referral.answer_by
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        referral = actions.ask_sender(referral, "Is there a dog?", by=desks.sofia.ben.person)
    with time_machine.travel(timezone.now() + timedelta(hours=5)):
        referral = actions.answer_receiver(referral, "Yes", by=desks.athens.anna.person)
    assert abs(referral.answer_by - due - timedelta(hours=4)) < timedelta(minutes=1)


def test_receiver_reads_question_and_answer_before_accepting(desks):
    referral = actions.ask_sender(sent(desks), "Is there a dog?", by=desks.sofia.ben.person)
    referral = actions.answer_receiver(referral, "A small one", by=desks.athens.anna.person)
    words = sharing.read_words(referral, Side.RECEIVER, by=desks.sofia.ben)
    assert [content["text"] for content in words.values()] == ["Is there a dog?", "A small one"]


def test_letter_is_read_after_accepting(desks):
    words = sharing.read_words(accepted(desks), Side.RECEIVER, by=desks.sofia.anna)
    assert [content.get("message") for content in words.values()] == [LETTER]


def test_close_before_an_outcome_is_refused(desks):
    with pytest.raises(ReferralMoveNotPossible):
        revocations.close_referral(accepted(desks), ends_now=True, by=desks.athens.anna.person)


def test_referral_goes_from_service_to_outcome_to_closed(desks):
    referral = provision.start_service(accepted(desks), by=desks.sofia.anna.person)
    referral = provision.return_outcome(referral, ReferralOutcome.PROVIDED, "A room", by=desks.sofia.anna.person)
    referral = revocations.close_referral(referral, ends_now=True, by=desks.athens.anna.person)
    assert referral.state == ReferralState.CLOSED
    assert holders(referral) == 1


def test_closed_referral_is_read_until_its_day_where_that_was_chosen(desks):
    referral = provision.return_outcome(accepted(desks), ReferralOutcome.PROVIDED, "A room", by=desks.sofia.anna.person)
    referral = revocations.close_referral(referral, ends_now=False, by=desks.athens.anna.person)
    assert NAME in values_of(referral, Side.RECEIVER, desks.sofia.anna)


def test_closed_referral_loses_its_second_grant_on_its_day(desks):
    referral = provision.return_outcome(accepted(desks), ReferralOutcome.PROVIDED, "A room", by=desks.sofia.anna.person)
    referral = revocations.close_referral(referral, ends_now=False, by=desks.athens.anna.person)
    with time_machine.travel(referral.expires_at):
        watch_referrals()
    assert holders(referral) == 1
    assert Referral.objects.get(pk=referral.pk).state == ReferralState.CLOSED


def test_revoke_deletes_the_grant_of_the_receiver(desks):
    referral = revocations.revoke_referral(accepted(desks), RevokeReason.NO_NEED, by=desks.athens.anna.person)
    assert holders(referral) == 1


def test_revoke_by_the_receiver_is_refused(desks):
    with pytest.raises(PermissionDenied):
        revocations.revoke_referral(accepted(desks), RevokeReason.NO_NEED, by=desks.sofia.chief.person)


def test_own_words_of_the_receiver_stay_after_revoking(desks):
    referral = accepted(desks)
    provision.write_message(referral, Side.RECEIVER, "She sleeps well", by=desks.sofia.anna.person)
    provision.write_message(referral, Side.SENDER, "Thank you", by=desks.athens.anna.person)
    referral = revocations.revoke_referral(referral, RevokeReason.NO_NEED, by=desks.athens.anna.person)
    words = sharing.read_words(referral, Side.RECEIVER, by=desks.sofia.anna)
    assert [content["text"] for content in words.values()] == ["She sleeps well"]


@pytest.mark.parametrize("side", [Side.SENDER, Side.RECEIVER])
def test_withdrawn_consent_ends_the_access_from_either_desk(desks, side):
    by = desks.athens.anna if side == Side.SENDER else desks.sofia.anna
    referral = revocations.end_by_withdrawn_consent(accepted(desks), side, by=by.person)
    assert referral.state == ReferralState.REVOKED
    assert holders(referral) == 1


def test_access_ends_with_the_consent(desks):
    referral = accepted(desks)
    Referral.objects.filter(pk=referral.pk)
    with time_machine.travel(timezone.now() + timedelta(days=61)):
        watch_referrals()
    assert Referral.objects.get(pk=referral.pk).state == ReferralState.ENDED


def test_outcome_is_reported_after_the_access_has_ended(desks):
    referral = accepted(desks)
    with time_machine.travel(timezone.now() + timedelta(days=61)):
        watch_referrals()
        referral = provision.return_outcome(referral, ReferralOutcome.PROVIDED, "A room", by=desks.sofia.anna.person)
    assert referral.state == ReferralState.ENDED
    assert referral.outcome == ReferralOutcome.PROVIDED


def test_link_case_of_the_own_desk(desks):
    case = own_case(desks)
    assert provision.link_case(accepted(desks), case, by=desks.sofia.anna.person).receiver_case == case


def test_update_needs_a_consent_of_its_own(desks):
    referral = accepted(desks)
    by = desks.athens.anna
    update = wishes.start_referral(referral.case, wish(desks), parent=referral, by=by.person)
    update = wishes.choose_groups(update, Choice(GROUPS), by=by.person)
    with pytest.raises(NoBasis):
        sharing.prepare_referral(update, by=by)
