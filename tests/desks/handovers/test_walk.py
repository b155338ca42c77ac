"""People of two desks and a reporter hand reports to and fro, while the clock jumps.

States change by moves alone, one hand-over of a report runs at a time, and the desk of a report alone holds its key.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from desks.desk.errors import DeskRefusal
from desks.handovers import actions
from desks.referrals.models import Referral
from desks.referrals.periodic import watch_referrals
from desks.referrals.states import MOVES_OF_REPORTS, REFERRAL_MOVES, ReferralKind, ReferralState
from desks.reports.models import Report
from desks.reports.states import Channel
from tests import walks
from tests.desks.inbox.inbox_desks import InboxDesk
from victor.access import ReceiptHolder
from victor.vault.errors import VaultRefusal
from victor.vault.keys.keyring import UnlockedVault

pytestmark = [pytest.mark.django_db, pytest.mark.long]
LEGAL = {(start, REFERRAL_MOVES[move].leads_to) for move in MOVES_OF_REPORTS for start in REFERRAL_MOVES[move].starts}
REPORT, PLACE, NAME = st.integers(0, 1), st.integers(0, 1), st.sampled_from(["anna", "ben", "chief"])


class Walk(walks.StandingWalk):
    """Two desks; one report came by the web, one by telephone."""

    refusals = (DeskRefusal, PermissionDenied, VaultRefusal)
    reached: set[str] = set()

    def __init__(self) -> None:
        super().__init__()
        self.places = [InboxDesk("athens"), InboxDesk("sofia")]
        self.reports = [self.places[0].report(), self.places[0].report(channel=Channel.TELEPHONE)]
        self.states: dict[object, str] = {}

    def who(self, place: int, name: str) -> UnlockedVault:
        """A colleague of one of the desks, with an open vault."""
        return getattr(self.places[place], name)

    def newest(self, number: int) -> Referral | None:
        """The last hand-over of a report."""
        return Referral.objects.filter(report=self.reports[number]).order_by("-made_at", "-version").first()

    @rule(number=REPORT, place=PLACE, name=NAME, other=PLACE)
    def ask(self, number: int, place: int, name: str, other: int) -> None:
        report = Report.objects.get(pk=self.reports[number].pk)
        to = self.places[other].desk
        self.act(actions.ask_hand_over, report, to, "May they?", language="el", by=self.who(place, name))

    @rule(number=REPORT, place=PLACE, name=NAME, is_reporter=st.booleans(), is_yes=st.booleans())
    def answer(self, number: int, place: int, name: str, is_reporter: bool, is_yes: bool) -> None:
        if hand_over := self.newest(number):
            action = actions.agree_to_hand_over if is_yes else actions.decline_hand_over
            by = ReceiptHolder(self.reports[number]) if is_reporter else self.who(place, name).person
            self.act(action, hand_over, by=by)

    @rule(number=REPORT, place=PLACE, name=NAME, way=st.sampled_from(["accept", "accept", "refuse", "withdraw"]))
    def move(self, number: int, place: int, name: str, way: str) -> None:
        if hand_over := self.newest(number):
            self.act(getattr(actions, f"{way}_hand_over"), hand_over, by=self.who(place, name).person)

    @rule(number=REPORT, place=PLACE, name=NAME)
    def give(self, number: int, place: int, name: str) -> None:
        if hand_over := self.newest(number):
            self.act(actions.complete_hand_over, hand_over, by=self.who(place, name))

    @rule(number=REPORT, again=st.integers(1, 4))
    def advance(self, number: int, again: int) -> None:
        """The next step that leads on, by those who may take it."""
        for _time in range(again):
            self.lead_on(number)

    def lead_on(self, number: int) -> None:
        report, hand_over = Report.objects.get(pk=self.reports[number].pk), self.newest(number)
        here = next(place for place in self.places if place.desk.pk == report.desk_id)
        there = next(place for place in self.places if place is not here)
        state = hand_over.state if hand_over else None
        if hand_over is None or state not in {ReferralState.READY, ReferralState.SENT, ReferralState.ACCEPTED}:
            self.act(actions.ask_hand_over, report, there.desk, "May they?", language="el", by=here.anna)
        elif state == ReferralState.READY:
            self.act(actions.agree_to_hand_over, hand_over, by=ReceiptHolder(report))
        elif state == ReferralState.SENT:
            self.act(actions.accept_hand_over, hand_over, by=there.anna.person)
        else:
            self.act(actions.complete_hand_over, hand_over, by=here.anna)

    @rule(hours=st.sampled_from([1, 30, 24 * 8, 24 * 31]))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        self.clock.move_to(self.now)
        type(self).steps += 1
        watch_referrals()
        self.check_moves()

    def check_moves(self) -> None:
        """States change by moves alone."""
        for hand_over in Referral.objects.all():
            before = self.states.get(hand_over.pk, ReferralState.READY)
            assert hand_over.kind == ReferralKind.REPORT
            assert hand_over.state == before or (before, hand_over.state) in LEGAL
            self.states[hand_over.pk] = hand_over.state
            self.reached.add(hand_over.state)

    @invariant()
    def one_runs_at_a_time(self) -> None:
        assert max(Counter(Referral.objects.open().values_list("report", flat=True)).values(), default=0) <= 1

    @invariant()
    def desk_of_a_report_alone_holds_its_key(self) -> None:
        for report in Report.objects.select_related("key", "desk__group__key"):
            owners = {grant.holder.owner for grant in report.key.grants.select_related("holder")}
            assert owners == {report.desk.group.key.owner}

    @invariant()
    def report_is_where_the_last_one_that_was_given_led(self) -> None:
        for report in Report.objects.all():
            given = report.hand_overs.filter(state=ReferralState.TRANSFERRED).count()
            assert report.desk_id == self.places[given % 2].desk.pk


def test_walk_of_reports_between_two_desks_stays_legal(figure):
    walks.walk(Walk, walks=6, steps=30)
    figure("steps of the walk of reports, states reached", f"{Walk.steps}, {len(Walk.reached)}")
