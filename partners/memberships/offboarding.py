"""What takes two coordinators: closing the account of a coordinator or a superuser, reopening it, ending the role; and
ending the partnership of an organisation."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.directory.models import Organisation
from partners.memberships import proposals
from partners.memberships.actions import active_coordinators, revoke_invitation, withdraw_role
from partners.memberships.contact_points import end_contact
from partners.memberships.departures import open_steps
from partners.memberships.errors import EnoughCoordinators, HasLeft, ProposalSettled, StepsOpen
from partners.memberships.models import ContactPoint, Membership, MembershipInvitation, Proposal
from partners.memberships.rules import coordinates
from partners.memberships.second_persons import COORDINATOR, second_persons
from partners.memberships.states import ProposalKind, Role
from victor.access import Actor, System, require
from victor.accounts import actions as accounts
from victor.accounts.models import User
from victor.accounts.offboarding import guards_accounts, on_role_end
from victor.audit.actions import record
from victor.languages import local_text
from victor.publishing.search_index import update_index


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


@transaction.atomic
def propose_departure(organisation: Organisation, *, by: User) -> Proposal:
    """Propose that an organisation leaves. It leaves once another coordinator, who is not of it, confirms that.

    Raises:
        HasLeft: it is no partner any more.
        StepsOpen: something has to be settled first.
    """
    organisation = _lock_organisation(organisation.pk)
    require(by, proposals.PERMISSION)
    if organisation.left_on is not None:
        raise HasLeft
    _require_settled(organisation)
    waiting = departure_proposal(organisation)
    return waiting or proposals.propose(ProposalKind.LEAVE, {"organisation": organisation.pk}, by=by)


def departure_proposal(organisation: Organisation) -> Proposal | None:
    """What waits for a second coordinator so that this organisation leaves; None where nothing does."""
    open_ones = Proposal.objects.open().filter(kind=ProposalKind.LEAVE, payload={"organisation": organisation.pk})
    return open_ones.select_related("proposed_by").first()


def _carry_out_departure(payload: proposals.Payload, first: User, second: User) -> None:
    """End the roles, invitations and contacts of an organisation from this day on. Nothing is deleted but roles."""
    organisation = _lock_organisation(payload["organisation"])
    if organisation.left_on is not None:
        raise ProposalSettled
    _require_settled(organisation)
    organisation.left_on = timezone.localdate()
    organisation.save(update_fields=["left_on"])
    update_index(organisation)
    for invitation in MembershipInvitation.objects.open().filter(organisation=organisation):
        revoke_invitation(invitation, by=second)
    for membership in Membership.objects.filter(organisation=organisation).order_by("pk"):
        withdraw_role(membership, by=second)
    for contact in ContactPoint.objects.filter(organisation=organisation, left_on=None).order_by("pk"):
        end_contact(contact, by=second)
    record("organisation.left", organisation, by=second, proposed_by=first.pk)


def _lock_organisation(pk: int) -> Organisation:
    return Organisation.objects.select_for_update(no_key=True).get(pk=pk)


def _require_settled(organisation: Organisation) -> None:
    if steps := open_steps(organisation):
        raise StepsOpen(str(step.title) for step in steps)


def _rows_of_departure(payload: proposals.Payload) -> list[proposals.Fact]:
    return [
        (_("Organisation"), local_text(Organisation.objects.get(pk=payload["organisation"]), "name").text),
        (_("What happens"), _("The roles of its people end, its contacts are hidden, and it is no longer a partner.")),
    ]


def _people_of(payload: proposals.Payload) -> list[int]:
    """Whoever works for the organisation does not confirm that it leaves."""
    people = Membership.objects.filter(organisation=payload["organisation"])
    return list(people.order_by().values_list("user", flat=True).distinct())


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
    _carry_out_account, _rows_of_account, concerned=lambda payload: [int(payload["account"])]
)
WITHDRAWAL = proposals.KindOfProposal(
    _carry_out_withdrawal, _rows_of_account, concerned=lambda payload: [int(payload["account"])]
)
proposals.KINDS |= {
    ProposalKind.CLOSE_ACCOUNT: ACCOUNT,
    ProposalKind.REOPEN_ACCOUNT: ACCOUNT,
    ProposalKind.WITHDRAW_ROLE: WITHDRAWAL,
    ProposalKind.LEAVE: proposals.KindOfProposal(_carry_out_departure, _rows_of_departure, concerned=_people_of),
}
