"""Random walks over roles and invitations: nobody ever holds a right that two entitled people have not given."""

from __future__ import annotations

import itertools
from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from partners.directory.models import Organisation
from partners.memberships import actions, intake, proposals
from partners.memberships.models import Membership, MembershipInvitation, Proposal
from partners.memberships.offboarding import withdraw_or_propose
from partners.memberships.second_persons import Register, hand_of
from partners.memberships.states import SITE_ROLES, ProposalKind, Role
from tests.people import organisation, person
from tests.walks import walk
from victor.accounts.errors import AccountRefusal
from victor.accounts.models import User
from victor.accounts.offboarding import close_or_propose

NUMBERS = itertools.count()
WHO = st.integers(min_value=0, max_value=40)
REFUSED = (AccountRefusal, PermissionDenied)


class Roles(RuleBasedStateMachine):
    """Two founding coordinators and a supervisor; everybody who comes in may try everything, in any order.

    `given` notes for each proposal who was a coordinator when it was confirmed.
    """

    places: list[Organisation]
    steps = 0

    def __init__(self) -> None:
        super().__init__()
        User.objects.update(is_active=False)
        Membership.objects.all().delete()
        MembershipInvitation.objects.all().delete()
        Proposal.objects.all().delete()
        self.people = [person(Role.COORDINATOR, self.places[0], factor=False) for _ in range(2)]
        self.people.append(person(Role.SUPERVISOR, self.places[1], factor=False))
        self.confirmations: dict[int, tuple[set[int], int, int]] = {}
        self.intakes: list[tuple[bool, bool, str]] = []

    def one(self, number: int) -> User:
        return User.objects.get(pk=self.people[number % len(self.people)].pk)

    @rule(who=WHO, place=st.integers(0, 1), role=st.sampled_from(list(Role)))
    def invite(self, who: int, place: int, role: Role) -> None:
        given = {"email": f"walk{next(NUMBERS)}@x.example", "language": "en", "organisation": self.places[place]}
        with suppress(*REFUSED):
            act = actions.propose_role if role in SITE_ROLES else actions.invite_member
            act(**given, role=role, by=self.one(who))

    @rule(which=WHO)
    def accept(self, which: int) -> None:
        offers = list(MembershipInvitation.objects.filter(invitation__accepted_at=None).order_by("pk"))
        if offers:
            offer = offers[which % len(offers)]
            with suppress(*REFUSED):
                self.people.append(actions.accept_membership(offer, name=f"P{offer.pk}", password="x" * 14))

    @rule(who=WHO, which=WHO)
    def confirm(self, who: int, which: int) -> None:
        waiting = list(Proposal.objects.open().order_by("pk"))
        if waiting:
            proposal, second = waiting[which % len(waiting)], self.one(who)
            entitled = {user.pk for user in actions.active_coordinators()}
            with suppress(*REFUSED):
                proposals.confirm_proposal(proposal, by=second, digest=proposal.digest)
                self.confirmations[proposal.pk] = (entitled, proposal.proposed_by_id, second.pk)

    @rule(who=WHO, whom=WHO, is_open=st.booleans())
    def close(self, who: int, whom: int, is_open: bool) -> None:
        by = self.one(who)
        if by.has_perm("accounts.change_user"):
            with suppress(*REFUSED):
                close_or_propose(self.one(whom), is_open=is_open, by=by)

    @rule(who=WHO, which=WHO)
    def vouch(self, who: int, which: int) -> None:
        rows = list(Membership.objects.order_by("pk"))
        with suppress(*REFUSED):
            actions.vouch_for(rows[which % len(rows)], by=self.one(who))

    @rule(who=WHO, which=WHO)
    def withdraw(self, who: int, which: int) -> None:
        rows = list(Membership.objects.order_by("pk"))
        if len(rows) > 3:
            with suppress(*REFUSED):
                withdraw_or_propose(rows[which % len(rows)], by=self.one(who))

    @rule(who=WHO, which=WHO, languages=st.sets(st.sampled_from(["en", "el", "bg"])))
    def change_languages(self, who: int, which: int, languages: set[str]) -> None:
        rows = list(Membership.objects.filter(role=Role.TRANSLATOR).order_by("pk"))
        if rows:
            with suppress(*REFUSED):
                actions.change_languages(rows[which % len(rows)], languages, by=self.one(who))

    @rule(who=WHO, which=WHO, is_given=st.booleans())
    def choose_intake(self, who: int, which: int, is_given: bool) -> None:
        rows, by = list(Membership.objects.order_by("pk")), self.one(who)
        row = rows[which % len(rows)]
        act = intake.give_intake if is_given else intake.withdraw_intake
        with suppress(*REFUSED):
            act(row, by=by)
            leads = Membership.objects.filter(user=by, organisation=row.organisation_id, role=Role.SUPERVISOR)
            self.intakes.append((leads.exists(), is_given, row.role))

    @rule(days=st.integers(1, 9))
    def pass_days(self, days: int) -> None:
        for row in Membership.objects.all():
            row.granted_at -= timedelta(days=days)
            row.save(update_fields=["granted_at"])

    @invariant()
    def each_role_of_the_site_was_given_by_two(self) -> None:
        type(self).steps += 1
        for row in Membership.objects.filter(role__in=SITE_ROLES, founding=False):
            assert row.invited_by_id is not None
            assert row.confirmed_by_id not in {None, row.invited_by_id, row.user_id}

    @invariant()
    def each_intake_was_given_to_a_worker_by_a_supervisor_of_the_organisation(self) -> None:
        for leads, is_given, role in self.intakes:
            assert leads
            assert not is_given or role == Role.WORKER

    @invariant()
    def each_confirmation_was_by_two_entitled_people_of_two_hands(self) -> None:
        for entitled, first, second in self.confirmations.values():
            assert {first, second} <= entitled
            assert first != second

    @invariant()
    def each_language_of_a_translator_was_given_by_two(self) -> None:
        for row in Membership.objects.filter(role=Role.TRANSLATOR):
            rows = Proposal.objects.filter(kind=ProposalKind.LANGUAGES, payload__membership=row.pk)
            confirmed = rows.filter(confirmed_at__isnull=False).values_list("payload__languages", flat=True)
            assert set(row.languages) <= {row.user.language}.union(*confirmed)

    @invariant()
    def no_role_at_a_desk_reaches_further(self) -> None:
        for row in Membership.objects.exclude(role__in=SITE_ROLES).filter(confirmed_by__isnull=False):
            assert row.confirmed_by_id not in {row.invited_by_id, row.user_id}

    @invariant()
    def account_of_a_coordinator_is_closed_by_two_only(self) -> None:
        closed = User.objects.filter(pk__in=[user.pk for user in self.people], is_active=False, closed_at__isnull=False)
        for user in closed.filter(memberships__role=Role.COORDINATOR):
            rows = Proposal.objects.filter(kind=ProposalKind.CLOSE_ACCOUNT, payload__account=user.pk)
            assert rows.filter(confirmed_at__isnull=False).exists()


@pytest.mark.long
@pytest.mark.django_db
def test_nobody_holds_a_right_that_two_entitled_people_have_not_given(figure):
    Roles.places = [organisation("one"), organisation("two")]
    walk(Roles, walks=12, steps=40)
    figure("steps of random walks over roles and invitations", Roles.steps)


@pytest.mark.django_db
def test_hand_of_a_founding_coordinator_is_their_own():
    coordinator = person(Role.COORDINATOR)
    assert hand_of(coordinator.pk, Register.load()) == coordinator.pk
