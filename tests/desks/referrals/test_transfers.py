"""A whole case goes to another desk, copied under a new key, with its clocks as they were."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from desks.cases import notes
from desks.cases.casework import IdentityBlock, Task
from desks.cases.envelopes import read_words
from desks.cases.errors import CaseMoveNotPossible, RecordBlocked
from desks.cases.models import Case
from desks.cases.states import Stage
from desks.endings.actions import erase_transferred_cases
from desks.referrals import actions, consents, sharing, transfers, wishes
from desks.referrals.code_lists import FieldGroup
from desks.referrals.errors import ConfirmTooLate, NoBasis, TransferObstructed
from desks.referrals.models import Referral
from desks.referrals.states import ReferralState
from desks.referrals.transfers import LEFT, MOVED
from desks.referrals.wishes import Choice
from tests.desks.cases.case_desks import again, in_days
from tests.desks.packages import given_packages
from tests.desks.referrals.referral_desks import GROUPS, NAME, ReferralDesks, consent, drafted, wish
from tests.desks.subject_requests.sample_requests import granted, received
from victor.stored_names import stored_name
from victor.vault.errors import NoGrant

pytestmark = pytest.mark.django_db


def accepted_transfer(desks: ReferralDesks, case: Case) -> Referral:
    """A transfer that the other desk's supervisor has accepted."""
    by = desks.athens.anna
    referral = wishes.start_referral(case, wish(desks, is_transfer=True), by=by.person)
    referral = wishes.choose_groups(referral, Choice(GROUPS), by=by.person)
    consents.record_consent(referral, consent(groups=frozenset(FieldGroup)), by=by.person)
    referral = sharing.prepare_referral(referral, by=by)
    referral = actions.send_referral(referral, by=desks.athens.chief.person)
    return actions.accept_referral(referral, by=desks.sofia.chief)


@pytest.fixture
def case(desks) -> Case:
    """A case with a note and a task."""
    case = desks.case()
    notes.write_note(case, "She likes drawing", by=desks.athens.anna.person)
    notes.add_task(case, "Call the school", due_at=in_days(2), by=desks.athens.anna.person)
    return again(case)


@pytest.fixture
def new(desks, case) -> Case:
    """The case at the other desk."""
    return transfers.transfer_case(accepted_transfer(desks, case), by=desks.athens.chief)


def test_every_model_of_a_case_moves_or_stays_for_a_reason():
    owned = {
        model
        for model in apps.get_models()
        if any(field.is_relation and field.related_model is Case for field in model._meta.local_fields)
    }
    assert {stored_name(model) for model in owned} == {stored_name(model) for model in MOVED} | set(LEFT)


def test_consent_to_some_groups_does_not_cover_a_transfer(desks, case):
    by = desks.athens.anna
    referral = wishes.start_referral(case, wish(desks, is_transfer=True), by=by.person)
    referral = wishes.choose_groups(referral, Choice(GROUPS), by=by.person)
    consents.record_consent(referral, consent(groups=GROUPS), by=by.person)
    with pytest.raises(NoBasis):
        sharing.prepare_referral(referral, by=by)


def test_accept_transfer_by_a_worker_is_refused(desks, case):
    by = desks.athens.anna
    referral = wishes.start_referral(case, wish(desks, is_transfer=True), by=by.person)
    referral = wishes.choose_groups(referral, Choice(GROUPS), by=by.person)
    consents.record_consent(referral, consent(groups=frozenset(FieldGroup)), by=by.person)
    referral = actions.send_referral(sharing.prepare_referral(referral, by=by), by=desks.athens.chief.person)
    with pytest.raises(PermissionDenied):
        actions.accept_referral(referral, by=desks.sofia.ben)


def test_confirm_by_a_worker_is_refused(desks, case):
    with pytest.raises(PermissionDenied):
        transfers.transfer_case(accepted_transfer(desks, case), by=desks.athens.anna)


def test_confirm_after_three_working_days_is_refused(desks, case):
    referral = accepted_transfer(desks, case)
    with time_machine.travel(timezone.now() + timedelta(days=8)), pytest.raises(ConfirmTooLate):
        transfers.transfer_case(referral, by=desks.athens.chief)


def test_other_open_referral_stands_in_the_way(desks, case):
    referral = accepted_transfer(desks, case)
    drafted(desks, case, purpose="legal")
    with pytest.raises(TransferObstructed):
        transfers.transfer_case(referral, by=desks.athens.chief)


def test_request_about_the_record_that_is_not_decided_stands_in_the_way(desks, case):
    referral = accepted_transfer(desks, case)
    received(desks.athens, case)
    with pytest.raises(TransferObstructed):
        transfers.transfer_case(referral, by=desks.athens.chief)


def test_package_that_is_not_made_stands_in_the_way(desks, case):
    referral = accepted_transfer(desks, case)
    given_packages.drafted(desks.athens, case=case)
    with pytest.raises(TransferObstructed):
        transfers.transfer_case(referral, by=desks.athens.chief)


def test_record_that_is_kept_and_not_used_is_not_transferred(desks, case):
    referral = accepted_transfer(desks, case)
    granted(desks.athens, case)
    with pytest.raises(RecordBlocked):
        transfers.transfer_case(referral, by=desks.athens.chief)


def test_transferred_case_is_read_by_the_other_desk(desks, new):
    blocks = list(IdentityBlock.objects.filter(case=new, block="identity").select_related("envelope__key"))
    words = read_words(new, blocks, by=desks.sofia.anna)
    assert words[blocks[0].envelope_id]["given"] == NAME


def test_transferred_case_is_not_read_by_the_desk_that_gave_it(desks, new):
    blocks = list(IdentityBlock.objects.filter(case=new).select_related("envelope__key"))
    with pytest.raises(NoGrant):
        read_words(new, blocks, by=desks.athens.anna)


def test_clocks_keep_their_times(desks, case):
    referral = accepted_transfer(desks, case)
    before = sorted(case.clocks.values_list("kind", "due_at"))
    new = transfers.transfer_case(referral, by=desks.athens.chief)
    assert sorted(new.clocks.values_list("kind", "due_at")) == before


def test_open_task_moves_with_its_time(case, new):
    due = [Task.objects.get(case=row).due_at for row in (case, new)]
    assert due[0] == due[1]


def test_transferred_case_waits_for_a_worker(new):
    assert new.worker is None


def test_former_owner_writes_no_more(desks, case, new):
    with pytest.raises(CaseMoveNotPossible):
        notes.write_note(case, "One more thing", by=desks.athens.anna.person)


def test_former_owner_reads_for_thirty_days(desks, case, new):
    blocks = list(IdentityBlock.objects.filter(case=case, block="identity").select_related("envelope__key"))
    assert read_words(case, blocks, by=desks.athens.anna)[blocks[0].envelope_id]["given"] == NAME


def test_case_that_was_given_is_deleted_after_thirty_days(case, new):
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        erase_transferred_cases()
    assert not Case.objects.filter(pk=case.pk).exists()


def test_codes_of_the_consent_stay_after_the_deletion(case, new):
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        erase_transferred_cases()
    referral = Referral.objects.get(receiver_case=new)
    assert [consent.envelope for consent in referral.consents.all()] == [None]


def test_transfer_ends_the_access_to_what_was_shared(case, new):
    referral = Referral.objects.get(receiver_case=new)
    assert referral.state == ReferralState.TRANSFERRED
    assert referral.key.grants.count() == 1


def test_case_that_was_given_stands_as_transferred(case, new):
    assert again(case).stage == Stage.TRANSFERRED
