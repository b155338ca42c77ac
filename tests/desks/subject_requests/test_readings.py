"""Who has read a record, and to whom it was given: at this desk and at the one to which the child was referred."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from desks.referrals import sharing
from desks.referrals.states import Side
from desks.subject_requests.readings import read_log
from tests.desks.referrals.referral_desks import ReferralDesks, accepted

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines() -> list[str]:
    """What the extract says of a case that another desk has read."""
    desks = ReferralDesks()
    referral = accepted(desks)
    sharing.read_groups(referral, Side.RECEIVER, by=desks.sofia.anna)
    make = read_log(referral.case, desks.athens.anna)
    with override("en"):
        return [words for _day, words in make()]


def test_accepting_desk_stands_as_receiver(lines):
    assert "Given to: Sofia" in lines


def test_reading_desk_stands_as_reader(lines):
    assert "Read by: Sofia" in lines
