"""Actions on the people of an organisation: invite, accept, grant and withdraw a role, close an account."""

from __future__ import annotations

from collections.abc import Collection

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from partners.directory.models import Organisation
from partners.memberships import emails, proposals
from partners.memberships.errors import EnoughCoordinators, HasLeft, NeedsTwoCoordinators, ProposalSettled
from partners.memberships.models import Membership, MembershipInvitation, Proposal
from partners.memberships.second_persons import COORDINATOR, require_second_person
from partners.memberships.states import DESK_ROLES, SITE_ROLES, ProposalKind, Role
from victor.access import Actor, System, account_of, is_permitted, require
from victor.accounts import actions as accounts
from victor.accounts.errors import AlreadyHasAccount, InvitationNotOpen
from victor.accounts.models import User
from victor.accounts.offboarding import CONSEQUENCES
from victor.audit.actions import record
from victor.languages import content_language, local_text
from victor.stored_names import stored_reference

MIN_COORDINATORS = 2  # from then on they act in the workspace, not on the server's shell
PORTAL = System("invitation")


@transaction.atomic
def invite_member(
    *, email: str, language: str, organisation: Organisation, role: Role, by: Actor
) -> MembershipInvitation:
    """Invite a person to work for an organisation in a role.

    Raises:
        NeedsTwoCoordinators: the role holds for the whole site: see `propose_role`.
        HasLeft: the organisation is no partner any more.
        AlreadyHasAccount: somebody with this address can log in already.
    """
    require(by, _permission_to_give(role), organisation)
    if role in SITE_ROLES and not isinstance(by, System):
        raise NeedsTwoCoordinators
    return _send_invitation(email, language, organisation, role, by=by)


@transaction.atomic
def propose_role(*, email: str, language: str, organisation: Organisation, role: Role, by: User) -> Proposal:
    """Propose to give a person a role for the whole site. The invitation is sent once another coordinator confirms it.

    Raises:
        AlreadyHasAccount: somebody with this address can log in already.
    """
    require(by, proposals.PERMISSION)
    if User.objects.filter(email__iexact=email).exists():
        raise AlreadyHasAccount
    payload = {"email": email.lower(), "language": language, "organisation": organisation.pk, "role": str(role)}
    return proposals.propose(ProposalKind.ROLE, payload, by=by)


@transaction.atomic
def invite_first_coordinator(*, email: str, language: str, organisation: Organisation, by: System) -> str:
    """Create the invitation of one of the first two coordinators. Return the path that accepts it.

    Raises:
        EnoughCoordinators: two are active: they do it in the workspace.
        AlreadyHasAccount: somebody with this address can log in already.
    """
    require(by, proposals.PERMISSION)
    if len(active_coordinators()) >= MIN_COORDINATORS:
        raise EnoughCoordinators
    invitation, token = accounts.create_invitation(email=email, language=language, by=by)
    MembershipInvitation.objects.create(
        invitation=invitation, organisation=organisation, role=Role.COORDINATOR, founding=True
    )
    with override(language):
        return _acceptance_path(token)


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

    All coordinators are told of a new role for the whole site.

    Raises:
        InvitationNotOpen: it was used, revoked, or has expired, or those who gave it may give it no longer.
        AlreadyHasAccount: somebody with this address can log in already.
    """
    role = Role(invitation.role)
    if not can_be_accepted(invitation):
        raise InvitationNotOpen
    alerts = emails.compose_role_alerts(active_coordinators(), name, role) if role in SITE_ROLES else []
    user = accounts.accept(invitation.invitation, name=name, password=password)
    invitation.accepted_by = user
    invitation.save(update_fields=["accepted_by"])
    for alert in alerts:
        alert.send()
    _grant(user, invitation.organisation, role, by=invitation.invitation.invited_by or PORTAL, invitation=invitation)
    return user


def can_be_accepted(invitation: MembershipInvitation) -> bool:
    """Whether everybody who gave this invitation may still give it, and the server's shell is still needed."""
    if invitation.founding:
        return len(active_coordinators()) < MIN_COORDINATORS
    permission = _permission_to_give(Role(invitation.role))
    people = [invitation.invitation.invited_by, invitation.confirmed_by]
    return all(is_permitted(person, permission, invitation.organisation) for person in people if person)


@transaction.atomic
def grant_role(user: User, *, organisation: Organisation, role: Role, by: System) -> Membership:
    """Grant a person a role in an organisation. People get their roles by an invitation: `accept_membership`.

    A translator may write in their own language, and in others once two coordinators have added them.
    """
    return _grant(user, organisation, role, by=by)


@transaction.atomic
def vouch_for(membership: Membership, *, by: User) -> Membership:
    """Confirm that a coordinator knows whoever has a role at a desk, and that the person is independent.

    Raises:
        NotSecondPerson: `by` has invited the person, or came in by the same hand, or is too new.
    """
    membership = Membership.objects.select_for_update(of=["self"]).select_related("user").get(pk=membership.pk)
    require(by, proposals.PERMISSION)
    require_second_person(by, asker=membership.user, roles=COORDINATOR)
    if membership.invited_by_id:
        require_second_person(by, asker=membership.invited_by, roles=COORDINATOR)
    membership.confirmed_by = by
    membership.save(update_fields=["confirmed_by"])
    MembershipInvitation.objects.filter(accepted_by=membership.user_id).update(confirmed_by=by)
    record("membership.confirmed", membership, by=by, person=str(membership.user_id))
    return membership


@transaction.atomic
def change_languages(membership: Membership, languages: Collection[str], *, by: User) -> bool:
    """Change the languages of a translator. Return whether it is done: more languages need another coordinator."""
    membership = Membership.objects.select_for_update(of=["self"]).get(pk=membership.pk)
    require(by, proposals.PERMISSION)
    wanted = sorted(set(languages))
    if set(wanted) <= set(membership.languages):
        _save_languages(membership, wanted, by=by)
        return True
    proposals.propose(ProposalKind.LANGUAGES, {"membership": membership.pk, "languages": wanted}, by=by)
    return False


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


def active_coordinators() -> list[User]:
    """The coordinators who may log in."""
    people = User.objects.filter(is_active=True, memberships__role=Role.COORDINATOR)
    return list(people.distinct().order_by("name", "pk"))


def _permission_to_give(role: Role) -> str:
    """Supervisors give roles at their own desk. All others are for coordinators."""
    return "partners.invite" if role in DESK_ROLES else proposals.PERMISSION


def _grant(
    user: User,
    organisation: Organisation,
    role: Role,
    *,
    by: User | System,
    invitation: MembershipInvitation | None = None,
) -> Membership:
    facts = {
        "languages": [content_language(user.language)] if role == Role.TRANSLATOR else [],
        "founding": invitation is None or invitation.invitation.invited_by_id is None,
        "invited_by": account_of(by),
        "confirmed_by": invitation.confirmed_by if invitation else None,
    }
    membership, _created = Membership.objects.get_or_create(
        user=user, organisation=organisation, role=role, defaults=facts
    )
    _sync_staff(user)
    confirmed_by = membership.confirmed_by_id
    named = {"person": str(user.pk)} | ({"confirmed_by": confirmed_by} if confirmed_by else {})
    record("membership.granted", membership, by=by, organisation=organisation.slug, role=str(role), **named)
    return membership


def _send_invitation(
    email: str,
    language: str,
    organisation: Organisation,
    role: Role,
    *,
    by: Actor,
    confirmed_by: User | None = None,
) -> MembershipInvitation:
    if Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk).left_on is not None:
        raise HasLeft
    with override(language):
        name = local_text(organisation, "name").text
    invitation = accounts.invite(
        email=email, language=language, by=by, organisation_name=name, path_of=_acceptance_path
    )
    return MembershipInvitation.objects.create(
        invitation=invitation, organisation=organisation, role=role, confirmed_by=confirmed_by
    )


def _save_languages(membership: Membership, languages: list[str], *, by: User) -> None:
    membership.languages = languages
    membership.save(update_fields=["languages"])
    record("membership.languages_changed", membership, by=by, languages=" ".join(languages))


def _acceptance_path(token: str) -> str:
    """The path of the page that accepts an invitation, in the active language."""
    return reverse("partners:accept_invitation", args=[token])


def _sync_staff(user: User) -> None:
    """Coordinators may enter the admin, nobody else."""
    user.is_staff = user.is_superuser or user.memberships.filter(role=Role.COORDINATOR).exists()
    user.save(update_fields=["is_staff"])


def _carry_out_role(payload: proposals.Payload, first: User, second: User) -> None:
    organisation = Organisation.objects.get(pk=payload["organisation"])
    try:
        _send_invitation(
            payload["email"], payload["language"], organisation, Role(payload["role"]), by=first, confirmed_by=second
        )
    except (AlreadyHasAccount, HasLeft) as refusal:
        raise ProposalSettled from refusal


def _rows_of_role(payload: proposals.Payload) -> list[proposals.Fact]:
    organisation = Organisation.objects.filter(pk=payload["organisation"]).first()
    name = local_text(organisation, "name").text if organisation else "–"
    return [
        (_("Role"), Role(payload["role"]).label),
        (_("Email address"), payload["email"]),
        (_("Organisation"), name),
    ]


def _carry_out_languages(payload: proposals.Payload, first: User, second: User) -> None:
    membership = Membership.objects.select_for_update(of=["self"]).filter(pk=payload["membership"]).first()
    if membership is None:
        raise ProposalSettled
    _save_languages(membership, payload["languages"], by=second)


def _rows_of_languages(payload: proposals.Payload) -> list[proposals.Fact]:
    membership = Membership.objects.filter(pk=payload["membership"]).select_related("user").first()
    names = dict(settings.CONTENT_LANGUAGES)
    languages = ", ".join(str(names[code]) for code in payload["languages"])
    return [(_("Person"), membership.user.name if membership else "–"), (_("Languages"), languages)]


proposals.KINDS |= {
    ProposalKind.ROLE: proposals.KindOfProposal(_carry_out_role, _rows_of_role),
    ProposalKind.LANGUAGES: proposals.KindOfProposal(_carry_out_languages, _rows_of_languages),
}
