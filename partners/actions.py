"""What can happen to help lines and to the people of an organisation."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from partners.models import HelpLine, Membership, MembershipInvitation, Organisation
from partners.states import Confidence, Precision, Role
from victor.access import System, require
from victor.accounts import actions as accounts
from victor.accounts.models import User
from victor.audit.actions import record
from victor.publishing.languages import shown


@transaction.atomic
def confirm_help_line(line: HelpLine, *, by: User) -> HelpLine:
    """Note that `by` has just checked the number with its operator, which makes it one that may be relied on."""
    line = HelpLine.objects.select_for_update().get(pk=line.pk)
    require(by, "partners.check_help_lines", line)
    line.last_checked, line.check_precision = timezone.localdate(), Precision.DAY
    line.checked_by, line.confidence = by, Confidence.HIGH
    line.save(update_fields=["last_checked", "check_precision", "checked_by", "confidence"])
    record("help_line.confirmed", line, by=by, number=line.dial)
    return line


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
        place = shown(organisation, "name").text
    invitation = accounts.invite(email=email, language=language, by=by, place=place)
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
def join(offer: MembershipInvitation, *, name: str, password: str) -> User:
    """Accept an invitation: make the account and give it its place in the organisation.

    Raises:
        InvitationNotOpen: it was used, withdrawn or is too old.
        AlreadyHasAccount: somebody with this address can log in already.
    """
    user = accounts.accept(offer.invitation, name=name, password=password)
    grant(user, organisation=offer.organisation, role=Role(offer.role), by=user)
    return user


@transaction.atomic
def grant(user: User, *, organisation: Organisation, role: Role, by: User | System) -> Membership:
    """Give a person a role in an organisation. The caller has checked who may; coordinators may enter the admin."""
    membership, _ = Membership.objects.get_or_create(user=user, organisation=organisation, role=role)
    _sync_staff(user)
    record("membership.granted", membership, by=by, organisation=organisation.slug, role=str(role))
    return membership


@transaction.atomic
def withdraw(membership: Membership, *, by: User | System) -> None:
    """End a person's role in an organisation."""
    require(by, "partners.delete_membership", membership)
    record(
        "membership.withdrawn", membership, by=by, organisation=membership.organisation.slug, role=membership.role
    )
    membership.delete()
    _sync_staff(membership.user)


def _sync_staff(user: Any) -> None:
    user.is_staff = user.is_superuser or user.memberships.filter(role=Role.COORDINATOR).exists()
    user.save(update_fields=["is_staff"])
