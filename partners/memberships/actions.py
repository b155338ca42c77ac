"""Actions on the people of an organisation: invite, accept, grant and withdraw a role."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from partners.directory.models import Organisation
from partners.memberships.models import Membership, MembershipInvitation
from partners.memberships.states import Role
from victor.access import Actor, System, require
from victor.accounts import actions as accounts
from victor.accounts.models import User
from victor.accounts.offboarding import CONSEQUENCES
from victor.audit.actions import record
from victor.languages import local_text
from victor.stored_names import stored_reference


@transaction.atomic
def invite_member(
    *, email: str, language: str, organisation: Organisation, role: Role, by: Actor
) -> MembershipInvitation:
    """Invite a person to work for an organisation in a role.

    Raises:
        AlreadyHasAccount: somebody with this address can log in already.
    """
    require(by, "partners.invite_coordinator" if role == Role.COORDINATOR else "partners.invite", organisation)
    with override(language):
        name = local_text(organisation, "name").text
    invitation = accounts.invite(
        email=email, language=language, by=by, organisation_name=name, path_of=_acceptance_path
    )
    return MembershipInvitation.objects.create(invitation=invitation, organisation=organisation, role=role)


@transaction.atomic
def revoke_invitation(invitation: MembershipInvitation, *, by: Actor) -> MembershipInvitation:
    """Revoke an invitation.

    Raises:
        InvitationNotOpen: it was used, revoked, or has expired.
    """
    require(by, "partners.invite", invitation.organisation)
    accounts.revoke(invitation.invitation, by=by)
    return invitation


@transaction.atomic
def accept_membership(invitation: MembershipInvitation, *, name: str, password: str) -> User:
    """Accept an invitation: create the account and grant it the role in the organisation.

    Raises:
        InvitationNotOpen: it was used, revoked, or has expired.
        AlreadyHasAccount: somebody with this address can log in already.
    """
    user = accounts.accept(invitation.invitation, name=name, password=password)
    _grant(user, invitation.organisation, Role(invitation.role), by=user)
    return user


@transaction.atomic
def grant_role(user: User, *, organisation: Organisation, role: Role, by: System) -> Membership:
    """Grant a person a role in an organisation. People get their roles by an invitation: `accept_membership`.

    A translator may write in their own language, and in others once a coordinator has added them.
    """
    return _grant(user, organisation, role, by=by)


@transaction.atomic
def withdraw_role(membership: Membership, *, by: Actor) -> None:
    """End a person's role in an organisation, with all its consequences in other apps."""
    membership = Membership.objects.select_for_update(of=["self"]).select_related("user").get(pk=membership.pk)
    require(by, "partners.delete_membership", membership)
    reference, organisation = stored_reference(membership), membership.organisation.slug
    membership.delete()
    _sync_staff(membership.user)
    for consequence in CONSEQUENCES:
        consequence(membership, by)
    record("membership.withdrawn", reference, by=by, organisation=organisation, role=membership.role)


def _grant(user: User, organisation: Organisation, role: Role, *, by: User | System) -> Membership:
    languages = [user.language] if role == Role.TRANSLATOR else []
    membership, _created = Membership.objects.get_or_create(
        user=user, organisation=organisation, role=role, defaults={"languages": languages}
    )
    _sync_staff(user)
    record("membership.granted", membership, by=by, organisation=organisation.slug, role=str(role))
    return membership


def _acceptance_path(token: str) -> str:
    """The path of the page that accepts an invitation, in the active language."""
    return reverse("partners:accept_invitation", args=[token])


def _sync_staff(user: User) -> None:
    """Coordinators may enter the admin, nobody else."""
    user.is_staff = user.is_superuser or user.memberships.filter(role=Role.COORDINATOR).exists()
    user.save(update_fields=["is_staff"])
