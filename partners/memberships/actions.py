"""What can happen to help lines and to the people of an organisation."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from partners.directory.models import Organisation
from partners.memberships.models import Membership, MembershipInvitation
from partners.memberships.states import Role
from victor.access import System, require
from victor.accounts import actions as accounts
from victor.accounts.models import User
from victor.accounts.offboarding import CONSEQUENCES
from victor.audit.actions import record
from victor.languages import local_text


@transaction.atomic
def invite_member(
    *, email: str, language: str, organisation: Organisation, role: Role, by: User | System
) -> MembershipInvitation:
    """Invite a person to work for an organisation in a role.

    Raises:
        AlreadyHasAccount: somebody with this address can log in already.
    """
    require(by, "partners.invite_coordinator" if role == Role.COORDINATOR else "partners.invite", organisation)
    with override(language):
        place = local_text(organisation, "name").text
    invitation = accounts.invite(email=email, language=language, by=by, place=place, path_of=_invitation_path)
    return MembershipInvitation.objects.create(invitation=invitation, organisation=organisation, role=role)


@transaction.atomic
def revoke_invitation(offer: MembershipInvitation, *, by: User) -> MembershipInvitation:
    """Withdraw an invitation.

    Raises:
        InvitationNotOpen: it was used, withdrawn or is too old.
    """
    require(by, "partners.invite", offer.organisation)
    accounts.revoke(offer.invitation, by=by)
    return offer


@transaction.atomic
def accept_membership(offer: MembershipInvitation, *, name: str, password: str) -> User:
    """Accept an invitation: make the account and give it its place in the organisation.

    Raises:
        InvitationNotOpen: it was used, withdrawn or is too old.
        AlreadyHasAccount: somebody with this address can log in already.
    """
    user = accounts.accept(offer.invitation, name=name, password=password)
    grant_role(user, organisation=offer.organisation, role=Role(offer.role), by=user)
    return user


@transaction.atomic
def grant_role(user: User, *, organisation: Organisation, role: Role, by: User | System) -> Membership:
    """Give a person a role in an organisation. The caller has checked who may; coordinators may enter the admin.

    A translator writes in the own language, and in others when a coordinator says so.
    """
    languages = [user.language] if role == Role.TRANSLATOR else []
    membership, _ = Membership.objects.get_or_create(
        user=user, organisation=organisation, role=role, defaults={"languages": languages}
    )
    _sync_staff(user)
    record("membership.granted", membership, by=by, organisation=organisation.slug, role=str(role))
    return membership


@transaction.atomic
def withdraw_role(membership: Membership, *, by: User | System) -> None:
    """End a person's role in an organisation, with all that hangs on it."""
    require(by, "partners.delete_membership", membership)
    record("membership.withdrawn", membership, by=by, organisation=membership.organisation.slug, role=membership.role)
    membership.delete()
    _sync_staff(membership.user)
    for consequence in CONSEQUENCES:
        consequence(membership, by)


def _invitation_path(token: str) -> str:
    """Where an invitation is accepted, in the active language."""
    return reverse("partners:accept_invitation", args=[token])


def _sync_staff(user: Any) -> None:
    user.is_staff = user.is_superuser or user.memberships.filter(role=Role.COORDINATOR).exists()
    user.save(update_fields=["is_staff"])
