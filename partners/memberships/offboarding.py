"""Closing the account of a coordinator or a superuser takes two others; reopening it and ending the role too."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from partners.memberships import proposals
from partners.memberships.actions import active_coordinators, withdraw_role
from partners.memberships.contact_points import end_contact
from partners.memberships.errors import EnoughCoordinators, ProposalSettled
from partners.memberships.models import ContactPoint, Membership
from partners.memberships.rules import coordinates
from partners.memberships.second_persons import COORDINATOR, second_persons
from partners.memberships.states import ProposalKind, Role
from victor.access import Actor, System, require
from victor.accounts import actions as accounts
from victor.accounts.models import User
from victor.accounts.offboarding import guards_accounts, on_role_end


@on_role_end
def end_contacts_of_leaver(membership: Membership, by: Actor) -> None:
    """Hide the contacts of somebody who works for the organisation no longer. Coordinators name somebody else."""
    if Membership.objects.filter(user=membership.user_id, organisation=membership.organisation_id).exists():
        return
    for contact in ContactPoint.objects.filter(
        user=membership.user_id, organisation=membership.organisation_id, left_on=None
    ):
        end_contact(contact, by=by)


@guards_accounts
def propose_for_coordinator(user: User, is_open: bool, by: User) -> bool:
    """Take the account of a coordinator or a superuser to a second coordinator."""
    if not coordinates(user):
        return False
    kind = ProposalKind.REOPEN_ACCOUNT if is_open else ProposalKind.CLOSE_ACCOUNT
    proposals.propose(kind, {"account": user.pk, "is_open": is_open}, by=by)
    return True


def needs_second_coordinator(membership: Membership, *, by: User) -> bool:
    """Whether one person cannot end this role: it is that of another coordinator."""
    return membership.role == Role.COORDINATOR and membership.user_id != by.pk


@transaction.atomic
def withdraw_or_propose(membership: Membership, *, by: User) -> bool:
    """End a role, or propose it where it is the role of another coordinator. Return whether it is done already."""
    require(by, "partners.delete_membership", membership)
    if not needs_second_coordinator(membership, by=by):
        withdraw_role(membership, by=by)
        return True
    payload = {"membership": membership.pk, "account": membership.user_id}
    proposals.propose(ProposalKind.WITHDRAW_ROLE, payload, by=by)
    return False


@transaction.atomic
def close_account_from_shell(user: User, *, by: System) -> User:
    """Close an account where no two others are left of whom one can propose it and the other confirm it.

    Raises:
        EnoughCoordinators: there are two: they do it in the workspace.
    """
    others = [person for person in active_coordinators() if person.pk != user.pk]
    if any(second_persons(asker=person, roles=COORDINATOR, without=[user.pk]) for person in others):
        raise EnoughCoordinators
    return accounts.close_account(user, by=by)


def _carry_out_account(payload: proposals.Payload, first: User, second: User) -> None:
    user = User.objects.get(pk=payload["account"])
    (accounts.reopen_account if payload["is_open"] else accounts.close_account)(user, by=second)


def _carry_out_withdrawal(payload: proposals.Payload, first: User, second: User) -> None:
    membership = Membership.objects.filter(pk=payload["membership"]).first()
    if membership is None:
        raise ProposalSettled
    withdraw_role(membership, by=second)


def _rows_of_account(payload: proposals.Payload) -> list[proposals.Fact]:
    user = User.objects.get(pk=payload["account"])
    return [(_("Person"), user.name), (_("Email address"), user.email)]


ACCOUNT = proposals.KindOfProposal(
    _carry_out_account, _rows_of_account, concerned=lambda payload: int(payload["account"])
)
WITHDRAWAL = proposals.KindOfProposal(
    _carry_out_withdrawal, _rows_of_account, concerned=lambda payload: int(payload["account"])
)
proposals.KINDS |= {
    ProposalKind.CLOSE_ACCOUNT: ACCOUNT,
    ProposalKind.REOPEN_ACCOUNT: ACCOUNT,
    ProposalKind.WITHDRAW_ROLE: WITHDRAWAL,
}
