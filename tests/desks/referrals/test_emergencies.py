"""Emergency sharing: one person, seventy-two hours, a second person within a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest
import time_machine
from django.utils import timezone

from desks.cases.errors import NeedsWords
from desks.duty.models import DutySpan
from desks.referrals import actions, consents, sharing
from desks.referrals.emergencies import EmergencyWords, share_in_emergency
from desks.referrals.errors import NotOnDuty
from desks.referrals.field_groups import lines_in
from desks.referrals.models import Referral
from desks.referrals.periodic import watch_referrals
from desks.referrals.states import ReferralState, RevokeReason, Side
from tests.desks.referrals.referral_desks import NAME, ReferralDesks

pytestmark = pytest.mark.django_db
WORDS = EmergencyWords(NAME, "2013", "Red coat", "Ring twice", "112, at 02:20")


def on_duty(desks: ReferralDesks) -> None:
    """Sofia has a duty rota."""
    times = {"starts": time(0), "ends": time(12)}
    DutySpan.objects.create(desk=desks.sofia.desk, person=desks.sofia.anna.person, weekday=0, **times)


@pytest.fixture
def shared(desks) -> Referral:
    """What was shared in an emergency."""
    on_duty(desks)
    return share_in_emergency(desks.case(), desks.sofia.desk, WORDS, by=desks.athens.anna.person)


def test_share_with_a_desk_without_duty_is_refused(desks):
    with pytest.raises(NotOnDuty):
        share_in_emergency(desks.case(), desks.sofia.desk, WORDS, by=desks.athens.anna.person)


def test_share_without_a_call_is_refused(desks):
    on_duty(desks)
    with pytest.raises(NeedsWords):
        share_in_emergency(desks.case(), desks.sofia.desk, replace(WORDS, called=""), by=desks.athens.anna.person)


def test_receiver_reads_what_was_typed(desks, shared):
    referral = actions.accept_referral(shared, by=desks.sofia.ben)
    groups = sharing.read_groups(referral, Side.RECEIVER, by=desks.sofia.anna)
    values = {value for lines in groups.values() for _label, value in lines_in(lines, "bg")}
    assert values == {NAME, "2013", "Red coat", "Ring twice"}


def test_unconfirmed_sharing_ends_after_a_day(desks, shared):
    actions.accept_referral(shared, by=desks.sofia.ben)
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        watch_referrals()
    assert Referral.objects.get(pk=shared.pk).revoke_reason == RevokeReason.NOT_CONFIRMED


def test_confirmed_sharing_ends_after_three_days(desks, shared):
    actions.accept_referral(shared, by=desks.sofia.ben)
    consents.confirm_basis(shared.bases.get(), by=desks.athens.chief.person)
    with time_machine.travel(timezone.now() + timedelta(hours=73)):
        watch_referrals()
    assert Referral.objects.get(pk=shared.pk).state == ReferralState.ENDED


def test_confirmed_sharing_goes_on_after_a_day(desks, shared):
    actions.accept_referral(shared, by=desks.sofia.ben)
    consents.confirm_basis(shared.bases.get(), by=desks.athens.chief.person)
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        watch_referrals()
    assert Referral.objects.get(pk=shared.pk).state == ReferralState.ACCEPTED
