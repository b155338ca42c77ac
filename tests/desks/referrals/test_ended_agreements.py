"""When an agreement ends, both desks have each referral that runs in their tasks for 14 days, and no other."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from desks.desk.models import Desk
from desks.referrals.dependants import running_referrals
from partners.agreements.actions import move_agreement
from partners.agreements.models import Agreement
from partners.agreements.states import DECISION_DAYS, AgreementMove, Gate
from tests.desks.referrals.referral_desks import ReferralDesks, sent
from tests.partners.agreements.signed_agreements import make_agreement
from victor.access import System
from victor.todo.models import OpenItem

pytestmark = pytest.mark.django_db
US = System("test")


def end_agreements() -> None:
    """The desks have one agreement: it ends now."""
    for agreement in Agreement.objects.all():
        move_agreement(agreement, AgreementMove.TERMINATE, reason="No", by=US)


def decisions() -> dict[str, OpenItem]:
    items = OpenItem.objects.filter(kind__startswith="desks.referral_no_agreement_")
    return {item.kind[-1]: item for item in items}


def test_running_referral_is_in_the_tasks_of_both_desks(desks: ReferralDesks):
    referral = sent(desks)
    end_agreements()
    organisations = {desks.athens.organisation.pk, desks.sofia.organisation.pk}
    audiences = {name for item in decisions().values() for name in item.audiences}
    assert audiences == {f"{role}:{pk}" for role in ("worker", "supervisor") for pk in organisations}
    assert {item.facts["reference"] for item in decisions().values()} == {referral.reference}


def test_task_is_to_be_settled_within_fourteen_days(desks: ReferralDesks):
    sent(desks)
    end_agreements()
    left = decisions()["s"].closes_at - timezone.now()
    assert timedelta(0) < DECISION_DAYS - left < timedelta(minutes=1)


def test_task_ends_with_a_new_agreement(desks: ReferralDesks):
    sent(desks)
    end_agreements()
    new = make_agreement(
        desks.athens.organisation, desks.sofia.organisation, state="in_signature", gates=[Gate.REFERRALS]
    )
    Agreement.objects.filter(pk=new.pk).update(state="signed")
    assert decisions() == {}


def test_valid_agreement_leaves_nothing_to_decide(desks: ReferralDesks):
    sent(desks)
    assert decisions() == {}


def test_page_of_agreement_counts_referrals_that_run(desks: ReferralDesks):
    sent(desks)
    parties = [Desk.objects.get(pk=here.desk.pk).organisation_id for here in (desks.athens, desks.sofia)]
    assert running_referrals(parties).count() == 1
