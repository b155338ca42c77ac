"""Referrals are counted from plain codes and times; few of them are hidden, and so is how soon they were answered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from desks.referrals.board import Overview, PairRow
from desks.referrals.code_lists import SharingPurpose
from desks.referrals.indicators import count_referrals, median_hours, referral_indicator
from desks.referrals.models import Referral
from desks.referrals.states import ReferralKind, ReferralState
from desks.retention.indicators import DeskPeriod
from partners.memberships.states import Role
from tests.people import browser_of, person
from victor.indicators.periods import HalfYear
from victor.indicators.tables import CountedIndicator

pytestmark = pytest.mark.django_db
PERIOD = HalfYear(2027, 1)
SENT_AT = datetime(2027, 2, 1, 9, tzinfo=UTC)
NUMBERS = count()


def told(desks, number: int, *, hours: int = 5, **given) -> None:
    """Referrals from Athens to Sofia that were declined after so many hours, unless something else is said."""
    facts = {"from_desk": desks.athens.desk, "to_desk": desks.sofia.desk, "language": "el", "answered_in_time": True}
    facts |= {"state": ReferralState.DECLINED, "purpose": SharingPurpose.LEGAL, "sent_at": SENT_AT}
    facts |= {"expires_at": SENT_AT + timedelta(days=60), "moved_at": SENT_AT + timedelta(hours=hours)}
    for _number in range(number):
        Referral.objects.create(reference=f"X{next(NUMBERS)}", **facts | given)


def scope_of(*desks) -> DeskPeriod:
    return DeskPeriod([desk.desk.pk for desk in desks], PERIOD.first, PERIOD.last)


def test_referral_is_counted_by_codes_for_either_desk(desks):
    told(desks, 2)
    told(desks, 1, state=ReferralState.EXPIRED, answered_in_time=None)
    expected = {("GR", "BG", "declined", "in_time", ""): 2, ("GR", "BG", "expired", "", ""): 1}
    for desk in (desks.athens, desks.sofia):
        assert count_referrals(scope_of(desk)) == expected
    assert referral_indicator().count_parts(scope_of(desks.athens, desks.sofia)) == {
        str(desk.desk.pk): expected for desk in (desks.athens, desks.sofia)
    }


def test_updates_emergencies_and_what_was_not_sent_are_not_counted(desks):
    told(desks, 1, kind=ReferralKind.INFORMATION)
    told(desks, 1, kind=ReferralKind.EMERGENCY)
    told(desks, 1, state=ReferralState.DRAFT, sent_at=None)
    told(desks, 1, sent_at=SENT_AT - timedelta(days=60))
    assert not count_referrals(scope_of(desks.athens))


def test_median_of_a_pair_needs_eleven_answers(desks):
    told(desks, 6, hours=3)
    told(desks, 4, hours=9)
    scope = scope_of(desks.athens)
    assert median_hours(scope) == {"answer_hours": 3}
    own = CountedIndicator.own(referral_indicator(), scope, period="")
    assert [row.value for row in own.medians()] == [3]
    told(desks, 1, hours=9)
    assert median_hours(scope) == {"answer_hours": 3, "GR>BG": 3}


def northward() -> PairRow:
    """What the overview shows of Greece to Bulgaria."""
    pairs = Overview.of(PERIOD).pairs
    return next(row for row in pairs if row.sender == "Greece" and row.receiver == "Bulgaria")


def test_overview_hides_what_is_few(desks, at):
    told(desks, 10)
    at(datetime(2027, 9, 1, 9, tzinfo=UTC))
    assert northward().number is None
    assert northward().hours is None


def test_overview_shows_what_is_many_and_never_changes_it(desks, at):
    told(desks, 25, hours=7)
    at(datetime(2027, 9, 1, 9, tzinfo=UTC))
    for more in (0, 5):
        told(desks, more)
        assert northward().number == 25
        assert northward().hours == 7


def test_overview_names_no_referral(desks, at):
    told(desks, 25)
    at(datetime(2027, 9, 1, 9, tzinfo=UTC))
    content = browser_of(person(Role.COORDINATOR)).get("/en/workspace/figures/referrals/?half=2027-1").content.decode()
    assert "Median number of hours" in content
    assert not [row.reference for row in Referral.objects.all() if f">{row.reference}<" in content]
