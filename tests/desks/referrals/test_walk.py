"""Seven people of two desks refer, answer, withdraw and end, while the clock jumps and agreements end.

No illegal state, nobody approves their own, the receiver reads exactly while the state says so, and the keys agree.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from desks.cases.models import Case
from desks.cases.states import Stage
from desks.desk.errors import DeskRefusal
from desks.referrals import actions, consents, provision, revocations, sharing, transfers, wishes
from desks.referrals.code_lists import BasisKind, FieldGroup
from desks.referrals.models import Referral
from desks.referrals.periodic import watch_referrals
from desks.referrals.states import (
    REFERRAL_MOVES,
    SHARED,
    UNANSWERED,
    DeclineReason,
    ReferralKind,
    ReferralOutcome,
    ReferralState,
    RevokeReason,
    Side,
)
from desks.referrals.wishes import Choice
from partners.agreements.models import Agreement
from partners.agreements.states import AgreementState
from partners.memberships.models import Membership
from tests import walks
from tests.desks.referrals.referral_desks import GROUPS, ReferralDesks, consent, own_case, wish
from victor.vault.errors import VaultRefusal
from victor.vault.keys.keyring import UnlockedVault

pytestmark = [pytest.mark.django_db, pytest.mark.long]
SENDERS = ("anna", "ben", "chief", "boss")
RECEIVERS = ("anna", "ben", "chief")
LEGAL = {(start, moved.leads_to) for moved in REFERRAL_MOVES.values() for start in moved.starts}
SLOTS = UNANSWERED | {ReferralState.READY}


class Walk(walks.StandingWalk):
    """Athens refers two children to Sofia."""

    refusals = (DeskRefusal, PermissionDenied, VaultRefusal)
    reached: set[str] = set()

    def __init__(self) -> None:
        super().__init__()
        self.desks = ReferralDesks()
        self.cases = [self.desks.case() for _number in range(2)]
        self.own = own_case(self.desks)
        self.states: dict[object, str] = {}
        for case, is_transfer in zip(self.cases, (False, True), strict=True):
            by = self.desks.athens.anna.person
            referral = wishes.start_referral(case, wish(self.desks, is_transfer=is_transfer), by=by)
            wishes.choose_groups(referral, Choice(GROUPS), by=by)

    def athens(self, name: str) -> UnlockedVault:
        """A colleague of the desk that refers, with an open vault."""
        return getattr(self.desks.athens, name)

    def sofia(self, name: str) -> UnlockedVault:
        """A colleague of the desk that receives, with an open vault."""
        return getattr(self.desks.sofia, name)

    def newest(self, number: int = 0) -> Referral | None:
        """One of the referrals, the newest first."""
        rows = list(Referral.objects.order_by("-made_at", "pk")[:3])
        return rows[number % len(rows)] if rows else None

    @rule(number=st.integers(0, 1), name=st.sampled_from(SENDERS), is_transfer=st.booleans(), is_kept=st.booleans())
    def start(self, number: int, name: str, is_transfer: bool, is_kept: bool) -> None:
        by = self.athens(name).person
        wanted = wish(self.desks, is_transfer=is_transfer)
        self.act(wishes.start_referral, self.cases[number], wanted, by=by)
        if referral := self.newest():
            choice = Choice(GROUPS if is_kept else frozenset({FieldGroup.IDENTITY}))
            self.act(wishes.choose_groups, referral, choice, by=by)

    @rule(number=st.integers(0, 2), again=st.integers(1, 4))
    def advance(self, number: int, again: int) -> None:
        """The next step that leads on, by those who may take it."""
        for _time in range(again):
            if referral := self.newest(number):
                self.lead_on(referral)

    def lead_on(self, referral: Referral) -> None:
        sender, chief, receiver = self.athens("anna"), self.athens("chief"), self.sofia("chief")
        if referral.state == ReferralState.DRAFT and not consents.valid_consent(referral):
            given = consent(groups=frozenset(FieldGroup))
            self.act(consents.record_consent, referral, given, by=sender.person)
        elif referral.state == ReferralState.DRAFT:
            self.act(sharing.prepare_referral, referral, by=sender)
        elif referral.state == ReferralState.READY:
            self.act(actions.send_referral, referral, by=chief.person)
            self.act(actions.send_referral, referral, by=self.athens("boss").person)
        elif referral.state in UNANSWERED:
            self.act(actions.accept_referral, referral, by=receiver)
        elif referral.kind == ReferralKind.TRANSFER:
            self.act(transfers.transfer_case, referral, by=chief)
        elif referral.state == ReferralState.ACCEPTED:
            self.act(provision.start_service, referral, by=receiver.person)
        elif referral.state == ReferralState.IN_SERVICE:
            self.act(provision.return_outcome, referral, ReferralOutcome.PROVIDED, "A room", by=receiver.person)

    @rule(name=st.sampled_from(SENDERS), days=st.sampled_from([10, 80, 89]), is_whole=st.booleans())
    def consent(self, name: str, days: int, is_whole: bool) -> None:
        if referral := self.newest():
            groups = frozenset(FieldGroup) if is_whole else GROUPS
            given = consent(groups=groups, valid_to=timezone.localdate() + timedelta(days=days))
            self.act(consents.record_consent, referral, given, by=self.athens(name).person)

    @rule(name=st.sampled_from(SENDERS), second=st.sampled_from(SENDERS))
    def other_basis(self, name: str, second: str) -> None:
        if referral := self.newest():
            self.act(consents.record_basis, referral, BasisKind.VITAL, "Because", by=self.athens(name).person)
            if basis := referral.bases.first():
                self.act(consents.confirm_basis, basis, by=self.athens(second).person)

    @rule(number=st.integers(0, 2), name=st.sampled_from(SENDERS))
    def prepare(self, number: int, name: str) -> None:
        if referral := self.newest(number):
            self.act(sharing.prepare_referral, referral, by=self.athens(name))

    @rule(number=st.integers(0, 2), name=st.sampled_from(SENDERS))
    def send(self, number: int, name: str) -> None:
        if referral := self.newest(number):
            self.act(actions.send_referral, referral, by=self.athens(name).person)

    @rule(number=st.integers(0, 2), name=st.sampled_from(SENDERS), way=st.sampled_from(["back", "drop", "withdraw"]))
    def give_up(self, number: int, name: str, way: str) -> None:
        if (referral := self.newest(number)) is None:
            return
        if way == "back":
            self.act(sharing.return_to_draft, referral, by=self.athens(name))
        elif way == "drop":
            self.act(wishes.drop_referral, referral, by=self.athens(name).person)
        else:
            self.act(actions.withdraw_referral, referral, by=self.athens(name).person)

    @rule(number=st.integers(0, 2), name=st.sampled_from(RECEIVERS))
    def accept(self, number: int, name: str) -> None:
        if referral := self.newest(number):
            self.act(actions.accept_referral, referral, by=self.sofia(name))

    @rule(number=st.integers(0, 2), name=st.sampled_from(RECEIVERS), way=st.sampled_from(["ask", "decline"]))
    def hesitate(self, number: int, name: str, way: str) -> None:
        if (referral := self.newest(number)) is None:
            return
        if way == "ask":
            self.act(actions.ask_sender, referral, "Who comes?", by=self.sofia(name).person)
        else:
            self.act(actions.decline_referral, referral, DeclineReason.NO_PLACE, "", by=self.sofia(name).person)

    @rule(number=st.integers(0, 2), name=st.sampled_from(SENDERS))
    def answer(self, number: int, name: str) -> None:
        if referral := self.newest(number):
            self.act(actions.answer_receiver, referral, "A child", by=self.athens(name).person)

    @rule(number=st.integers(0, 2), name=st.sampled_from(RECEIVERS), way=st.sampled_from(["link", "start", "outcome"]))
    def work(self, number: int, name: str, way: str) -> None:
        if (referral := self.newest(number)) is None:
            return
        by = self.sofia(name).person
        if way == "link":
            self.act(provision.link_case, referral, self.own, by=by)
        elif way == "start":
            self.act(provision.start_service, referral, by=by)
        else:
            self.act(provision.return_outcome, referral, ReferralOutcome.PROVIDED, "A room", by=by)

    @rule(number=st.integers(0, 2), name=st.sampled_from(SENDERS), way=st.sampled_from(["close", "more", "now"]))
    def take_outcome(self, number: int, name: str, way: str) -> None:
        if (referral := self.newest(number)) is None:
            return
        by = self.athens(name).person
        if way == "more":
            self.act(provision.ask_for_more, referral, "Go on", by=by)
        else:
            self.act(revocations.close_referral, referral, ends_now=way == "now", by=by)

    @rule(number=st.integers(0, 2), name=st.sampled_from(SENDERS), reason=st.sampled_from(RevokeReason))
    def revoke(self, number: int, name: str, reason: RevokeReason) -> None:
        if referral := self.newest(number):
            self.act(revocations.revoke_referral, referral, reason, by=self.athens(name).person)

    @rule(number=st.integers(0, 2), name=st.sampled_from(RECEIVERS))
    def withdraw_consent(self, number: int, name: str) -> None:
        if referral := self.newest(number):
            by = self.sofia(name).person
            self.act(revocations.end_by_withdrawn_consent, referral, Side.RECEIVER, by=by)

    @rule(number=st.integers(0, 2), name=st.sampled_from(SENDERS))
    def confirm_transfer(self, number: int, name: str) -> None:
        if referral := self.newest(number):
            self.act(transfers.transfer_case, referral, by=self.athens(name))

    @rule(is_valid=st.booleans())
    def change_agreement(self, is_valid: bool) -> None:
        state = AgreementState.SIGNED if is_valid else AgreementState.DRAFT
        Agreement.objects.update(state=state)

    @rule(is_here=st.booleans())
    def leave(self, is_here: bool) -> None:
        Membership.objects.filter(user=self.desks.sofia.ben.person).update(intake=is_here)

    @rule(hours=st.sampled_from([1, 5, 30, 24 * 8, 24 * 70]))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        self.clock.move_to(self.now)
        type(self).steps += 1
        watch_referrals()
        self.check_moves()

    def check_moves(self) -> None:
        """States change by moves alone."""
        for referral in Referral.objects.all():
            before = self.states.get(referral.pk, ReferralState.DRAFT)
            assert referral.state == before or (before, referral.state) in LEGAL
            self.states[referral.pk] = referral.state
            self.reached.add(referral.state)

    @invariant()
    def nobody_approves_their_own(self) -> None:
        assert not Referral.objects.filter(approver=F("author")).exists()

    @invariant()
    def keys_agree_with_the_state(self) -> None:
        owner = self.desks.sofia.desk.group.key.owner
        for referral in Referral.objects.exclude(key=None).select_related("key"):
            is_held = referral.key.grants.filter(holder__owner=owner).exists()
            assert is_held or referral.state not in SHARED
            assert not is_held or referral.state in SHARED | {ReferralState.CLOSED}
            assert referral.key.slots.exists() == (referral.state in SLOTS)

    @invariant()
    def receiver_reads_nothing_else(self) -> None:
        for referral in Referral.objects.exclude(key=None).filter(state__in=sorted(set(ReferralState) - SHARED)):
            if referral.state == ReferralState.CLOSED:
                continue
            with pytest.raises(self.refusals):
                sharing.read_groups(referral, Side.RECEIVER, by=self.sofia("anna"))

    @invariant()
    def case_is_at_one_desk(self) -> None:
        moved = Case.objects.filter(pk__in=[case.pk for case in self.cases], stage=Stage.TRANSFERRED).count()
        assert moved == Referral.objects.filter(state=ReferralState.TRANSFERRED).count()


def test_walk_between_two_desks_stays_legal(figure):
    walks.walk(Walk, walks=6, steps=30)
    figure("steps of the walk between two desks, states reached", f"{Walk.steps}, {len(Walk.reached)}")
