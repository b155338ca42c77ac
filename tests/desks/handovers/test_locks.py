"""A hand-over locks the keys of both desks before the end of the audit log, and one goes on at a time."""

from __future__ import annotations

import pytest
from django.db import transaction

from desks.desk.errors import DeskMoveNotPossible
from desks.handovers.actions import (
    accept_hand_over,
    agree_to_hand_over,
    ask_hand_over,
    complete_hand_over,
    withdraw_hand_over,
)
from desks.referrals.errors import ReferralMoveNotPossible
from desks.referrals.states import ReferralState
from tests.connections import another_connection, refuse_to_wait, somebody_waits
from tests.desks.inbox.inbox_desks import PORTAL, InboxDesk
from tests.waiting import LIMIT, wait_until
from victor.audit.actions import record
from victor.vault.groups.locks import lock_group

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("slug", ["smile", "other"])
def test_log_is_free_while_a_hand_over_waits_for_the_keys_of_a_desk(slug):
    places = {name: InboxDesk(name) for name in ("smile", "other")}
    anna, receiver = places["smile"].anna, places["other"]
    hand_over = ask_hand_over(places["smile"].report(), receiver.desk, "May they?", language="el", by=anna)
    accept_hand_over(agree_to_hand_over(hand_over, by=PORTAL), by=receiver.anna.person)
    with another_connection() as submit:
        with transaction.atomic():
            lock_group(places[slug].desk.group)
            completion = submit(complete_hand_over, hand_over, by=anna)
            wait_until(somebody_waits)
            refuse_to_wait()
            record("test.noted", "test", by=PORTAL)  # a deadlock, if the hand-over held the log
        assert completion.result(timeout=LIMIT).state == ReferralState.TRANSFERRED


def test_second_of_two_who_ask_at_the_same_moment_is_refused():
    here, others = InboxDesk("smile"), [InboxDesk(name) for name in ("other", "third")]
    report = here.report()
    with another_connection() as submit:
        with transaction.atomic():
            ask_hand_over(report, others[0].desk, "May they?", language="el", by=here.anna)
            second = submit(ask_hand_over, report, others[1].desk, "May they?", language="el", by=here.ben)
            wait_until(somebody_waits)
        with pytest.raises(DeskMoveNotPossible):
            second.result(timeout=LIMIT)
    assert report.hand_overs.get().to_desk == others[0].desk


def test_giving_while_a_colleague_keeps_the_report_is_refused():
    here, other = InboxDesk("smile"), InboxDesk("other")
    hand_over = ask_hand_over(here.report(), other.desk, "May they?", language="el", by=here.anna)
    accept_hand_over(agree_to_hand_over(hand_over, by=PORTAL), by=other.anna.person)
    with another_connection() as submit:
        with transaction.atomic():
            withdraw_hand_over(hand_over, by=here.ben.person)
            completion = submit(complete_hand_over, hand_over, by=here.anna)
            wait_until(somebody_waits)
        with pytest.raises(ReferralMoveNotPossible):
            completion.result(timeout=LIMIT)
    hand_over.refresh_from_db()
    assert hand_over.report.desk == here.desk
