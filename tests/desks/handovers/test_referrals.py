"""A hand-over is a referral of a report: in the lists and tasks of both desks, with an end, with nothing to share."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from desks.desk.errors import NoKeys
from desks.desk.models import Desk
from desks.handovers import actions as handovers_actions
from desks.referrals import actions, provision, revocations
from desks.referrals.errors import ReferralMoveNotPossible
from desks.referrals.models import Referral
from desks.referrals.periodic import remind_of_ends, watch_referrals
from desks.referrals.states import (
    DeclineReason,
    ReferralKind,
    ReferralOutcome,
    ReferralState,
    RevokeReason,
    Side,
    Urgency,
)
from desks.reports.states import Risk
from desks.retention.actions import destroy_report
from tests.desks.inbox.inbox_desks import PORTAL, InboxDesk, unlocked_browser_of
from victor.audit.models import Entry
from victor.stored_names import stored_reference
from victor.todo.actions import find_differences
from victor.todo.models import OpenItem
from victor.vault.errors import Unopenable
from victor.vault.keys.keyring import save_stamped

pytestmark = pytest.mark.django_db


@pytest.fixture
def other() -> InboxDesk:
    return InboxDesk("other", title_en="Desk of Pest")


@pytest.fixture
def asked(inbox, other) -> Referral:
    return handovers_actions.ask_hand_over(inbox.report(), other.desk, "May they?", language="el", by=inbox.anna)


@pytest.fixture
def offered(asked) -> Referral:
    return handovers_actions.agree_to_hand_over(asked, by=PORTAL)


@pytest.fixture
def accepted(offered, other) -> Referral:
    return handovers_actions.accept_hand_over(offered, by=other.anna.person)


def list_of(desk: InboxDesk, show: str) -> str:
    return unlocked_browser_of(desk.anna).get(f"{desk.url}referrals/?show={show}").text


def kinds() -> list[str]:
    return sorted(OpenItem.objects.filter(kind__contains="refer").values_list("kind", flat=True)) + sorted(
        OpenItem.objects.filter(kind__in=["desks.offered", "desks.accepted"]).values_list("kind", flat=True)
    )


# --- What it is


def test_asked_hand_over_has_no_key_and_shares_nothing(asked):
    assert asked.state == ReferralState.READY
    assert asked.key is None
    assert asked.case is None
    assert asked.groups == []
    assert asked.sent_at is None


def test_agreed_hand_over_has_the_clocks_of_a_referral(offered):
    assert offered.sent_at < offered.answer_by < offered.expires_at
    assert offered.urgency == Urgency.NORMAL


def test_report_in_danger_is_to_be_answered_within_four_hours(inbox, other):
    report = inbox.report(risk=Risk.DANGER)
    asked = handovers_actions.ask_hand_over(report, other.desk, "May they?", language="el", by=inbox.anna)
    offered = handovers_actions.agree_to_hand_over(asked, by=PORTAL)
    assert offered.answer_by - offered.sent_at == timedelta(hours=actions.URGENT_HOURS)


def test_moves_stand_in_the_log_of_referrals(accepted, inbox):
    handovers_actions.complete_hand_over(accepted, by=inbox.anna)
    logged = Entry.objects.filter(object=stored_reference(accepted)).order_by("sequence")
    names = ["referral.ready", "referral.sent", "referral.accepted", "referral.transferred"]
    assert list(logged.values_list("action", flat=True)) == names


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": ReferralKind.SERVICE},
        {"kind": ReferralKind.REPORT, "report": None},
    ],
)
def test_report_and_its_kind_go_together(inbox, other, wrong):
    given = {"kind": ReferralKind.REPORT, "report": inbox.report(), "reference": "7KQ-2MD"} | wrong
    with pytest.raises(IntegrityError), transaction.atomic():
        save_stamped(Referral(from_desk=inbox.desk, to_desk=other.desk, **given))


def test_second_open_hand_over_of_a_report_is_refused_by_the_database(asked, other):
    given = {"kind": ReferralKind.REPORT, "report": asked.report, "reference": "7KQ-2MD"}
    with pytest.raises(IntegrityError), transaction.atomic():
        save_stamped(Referral(from_desk=asked.from_desk, to_desk=other.desk, state=ReferralState.READY, **given))


# --- What people read


@pytest.mark.parametrize(
    ("move", "words"),
    [("decline", "The reporter does not agree"), ("refuse", "Declined by the other desk"), ("withdraw", "Withdrawn")],
)
def test_hand_over_that_ended_says_why(offered, inbox, other, move, words):
    by = {"decline": PORTAL, "refuse": other.anna.person, "withdraw": inbox.anna.person}[move]
    ended = getattr(handovers_actions, f"{move}_hand_over")(offered, by=by)
    assert ended.state_words == words


def test_desk_that_gives_finds_it_in_its_list_with_a_link_to_the_report(inbox, asked):
    page = list_of(inbox, "sent")
    assert f'href="{inbox.address(asked.report)}"' in page
    assert "Waiting for the reporter" in page
    assert "Handover of a report" in page


def test_other_desk_finds_nothing_before_the_reporter_agrees(other, asked):
    assert asked.reference not in list_of(other, "answer")
    answer = unlocked_browser_of(other.anna).post(f"{other.url}hand-overs/{asked.reference}/accept/")
    assert answer.status_code == 404


def test_other_desk_finds_it_in_its_list_with_a_link_to_the_offer(other, offered):
    page = list_of(other, "answer")
    assert f'href="{other.url}#offers"' in page
    assert offered.reference in page
    assert offered.report.reference not in page


def test_report_that_was_given_has_a_link_at_the_other_desk_alone(inbox, other, accepted):
    handovers_actions.complete_hand_over(accepted, by=inbox.anna)
    assert f'href="{other.address(accepted.report)}"' in list_of(other, "received_over")
    page = list_of(inbox, "sent_over")
    assert "Handed over" in page
    assert "data-row" not in page


def test_hand_over_is_one_task_at_each_stage(asked, inbox, other):
    assert kinds() == []
    handovers_actions.agree_to_hand_over(asked, by=PORTAL)
    assert kinds() == ["desks.offered"]
    handovers_actions.accept_hand_over(asked, by=other.anna.person)
    assert kinds() == ["desks.accepted"]
    handovers_actions.complete_hand_over(asked, by=inbox.anna)
    assert kinds() == []
    assert find_differences() == {}


def test_hand_over_has_no_page_of_a_referral(inbox, offered):
    browser = unlocked_browser_of(inbox.anna)
    for rest in ("", "do/revoke/", "do/withdraw/", "consent/", "wish/"):
        assert browser.get(f"{inbox.url}referrals/{offered.reference}/{rest}").status_code == 404


# --- What it does not do


@pytest.mark.parametrize(
    "act",
    [
        lambda row, here, there: actions.send_referral(row, by=here.chief.person),
        lambda row, here, there: actions.withdraw_referral(row, by=here.anna.person),
        lambda row, here, there: actions.accept_referral(row, by=there.chief),
        lambda row, here, there: actions.ask_sender(row, "Who?", by=there.chief.person),
        lambda row, here, there: actions.decline_referral(row, DeclineReason.NO_PLACE, "", by=there.chief.person),
        lambda row, here, there: revocations.revoke_referral(row, RevokeReason.RISK, by=here.chief.person),
        lambda row, here, there: revocations.end_by_withdrawn_consent(row, Side.SENDER, by=here.chief.person),
        lambda row, here, there: provision.start_service(row, by=there.chief.person),
        lambda row, here, there: provision.write_message(row, Side.RECEIVER, "Yes", by=there.chief.person),
        lambda row, here, there: provision.return_outcome(
            row, ReferralOutcome.PROVIDED, "A room", by=there.chief.person
        ),
    ],
)
def test_action_on_a_referral_of_a_case_is_refused(inbox, other, accepted, act):
    with pytest.raises(ReferralMoveNotPossible):
        act(accepted, inbox, other)
    accepted.refresh_from_db()
    assert accepted.state == ReferralState.ACCEPTED


def test_clock_leaves_what_runs_in_peace(accepted):
    assert watch_referrals() == 0
    assert remind_of_ends() == 0


# --- How it ends


def test_offer_that_nobody_answers_expires_and_the_report_can_be_offered_again(inbox, other, offered):
    with time_machine.travel(offered.answer_by + timedelta(days=4)):
        assert watch_referrals() == 1
        offered.refresh_from_db()
        assert offered.state == ReferralState.EXPIRED
        assert offered.report.desk == inbox.desk
        assert offered.state_words == "Not answered in time"
        again = handovers_actions.ask_hand_over(offered.report, other.desk, "Once more?", language="el", by=inbox.anna)
    assert again.state == ReferralState.READY
    assert kinds() == []


def test_report_that_was_accepted_and_not_given_stays_after_thirty_days(inbox, accepted):
    with time_machine.travel(accepted.expires_at + timedelta(minutes=1)):
        with pytest.raises(ReferralMoveNotPossible):
            handovers_actions.complete_hand_over(accepted, by=inbox.anna)
        assert watch_referrals() == 1
    accepted.refresh_from_db()
    assert accepted.state == ReferralState.ENDED
    assert accepted.report.desk == inbox.desk


def test_offer_whose_day_has_come_is_not_accepted(other, offered):
    with time_machine.travel(offered.expires_at), pytest.raises(ReferralMoveNotPossible):
        handovers_actions.accept_hand_over(offered, by=other.anna.person)


def test_accepted_report_is_kept_after_all(inbox, accepted):
    ended = handovers_actions.withdraw_hand_over(accepted, by=inbox.anna.person)
    assert ended.state == ReferralState.REVOKED
    assert ended.report.hand_overs.open().count() == 0


def test_reporter_takes_back_nothing_that_was_accepted(accepted):
    with pytest.raises(ReferralMoveNotPossible):
        handovers_actions.decline_hand_over(accepted, by=PORTAL)


def test_report_is_not_given_to_a_desk_that_lost_its_keys(inbox, other, accepted):
    Desk.objects.filter(pk=other.desk.pk).update(group=None)
    with pytest.raises(NoKeys):
        handovers_actions.complete_hand_over(accepted, by=inbox.anna)
    accepted.refresh_from_db()
    assert accepted.state == ReferralState.ACCEPTED
    assert accepted.report.desk == inbox.desk


@pytest.mark.parametrize("is_new", [True, False])
def test_forged_hand_over_moves_nothing(inbox, other, is_new):
    now, report = timezone.now(), inbox.report()
    times = {"sent_at": now, "accepted_at": now, "expires_at": now + timedelta(days=9)}
    if is_new:
        ends = {"from_desk": inbox.desk, "to_desk": other.desk, "reference": "7KQ-2MD"}
        state = {"kind": ReferralKind.REPORT, "state": ReferralState.ACCEPTED}
        forged = Referral.objects.create(report=report, stamp="x" * 64, **ends, **state, **times)
    else:
        forged = handovers_actions.ask_hand_over(report, other.desk, "May they?", language="el", by=inbox.anna)
        Referral.objects.update(state=ReferralState.ACCEPTED, **times)
    with pytest.raises(Unopenable):
        handovers_actions.complete_hand_over(forged, by=inbox.anna)
    report.refresh_from_db()
    assert report.desk == inbox.desk


def test_deleted_report_takes_its_hand_over_along(accepted):
    destroy_report(accepted.report, due=None, by=PORTAL)
    assert not Referral.objects.exists()


def test_hand_over_of_another_report_is_not_swapped_in(inbox, accepted):
    accepted.report = inbox.report()
    with pytest.raises(ReferralMoveNotPossible):
        handovers_actions.complete_hand_over(accepted, by=inbox.anna)
