"""Who may do what: permissions follow from the roles that a person has in organisations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.permissions import add_perm
from rules.predicates import predicate

from partners.memberships.states import STAFF_ROLES, WORKING_ROLES, Role
from victor.access import ContactPerson, is_about, permit

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from partners.directory.models import Organisation
    from partners.memberships.models import ContactPoint, Membership
    from victor.accounts.models import User
    from victor.publishing.models import LanguageVersion


EDITABLE = ("country", "countrypart", "organisation", "network", "networkmember", "contactpoint")
LOADED = "_memberships"  # the attribute of a user that holds their memberships, once they are loaded
VERBS = ("view", "add", "change", "delete")


def memberships_of(user: User | AnonymousUser) -> list[Membership]:
    """The memberships of a person, none for a visitor. They are loaded once for each user object."""
    if not user.is_authenticated:
        return []
    loaded: list[Membership] | None = getattr(user, LOADED, None)
    if loaded is None:
        loaded = list(user.memberships.all())
        setattr(user, LOADED, loaded)
    return loaded


def organisations_of(user: User | AnonymousUser, *, supervising: bool = False) -> list[int]:
    """The primary keys of organisations to whose staff a person belongs, or where they are a supervisor."""
    roles = {Role.SUPERVISOR} if supervising else STAFF_ROLES
    return [membership.organisation_id for membership in memberships_of(user) if membership.role in roles]


def working_organisations_of(user: User) -> list[int]:
    """The primary keys of organisations for which a person works in the portal. A partner contact does not."""
    return [membership.organisation_id for membership in memberships_of(user) if membership.role in WORKING_ROLES]


def coordinates(user: User | AnonymousUser) -> bool:
    """Whether the person coordinates the partnership."""
    return user.is_superuser or any(membership.role == Role.COORDINATOR for membership in memberships_of(user))


@predicate
def has_role(user: User) -> bool:
    """The person has any role, also one that only oversees."""
    return bool(user.is_superuser or memberships_of(user))


@predicate
def is_partner_staff(user: User) -> bool:
    """The person belongs to the staff of a partner: reads the directory, and what is their organisation's."""
    return bool(user.is_superuser or any(membership.role in STAFF_ROLES for membership in memberships_of(user)))


@predicate
def works_in_portal(user: User) -> bool:
    """The person does work of the portal for a partner. A partner contact does not."""
    return bool(user.is_superuser or working_organisations_of(user))


@predicate
def is_auditor(user: User) -> bool:
    """The person reads the audit log and verifies it, and sees no content."""
    return any(membership.role == Role.AUDITOR for membership in memberships_of(user))


@predicate
def is_privacy_officer(user: User) -> bool:
    """The person watches over retention and holds, and sees no content."""
    return any(membership.role == Role.PRIVACY for membership in memberships_of(user))


@predicate
def is_coordinator(user: User) -> bool:
    """The person coordinates the partnership."""
    return coordinates(user)


@predicate
def supervises(user: User, organisation: Organisation | None = None) -> bool:
    """The person is a supervisor of this organisation; without one: of any."""
    supervised = organisations_of(user, supervising=True)
    return bool(supervised) if organisation is None else organisation.pk in supervised


@predicate
def supervises_worker(user: User, membership: Membership | None = None) -> bool:
    """The person supervises the organisation in which somebody else is a worker; without a role: supervises any."""
    supervised = organisations_of(user, supervising=True)
    if membership is None:
        return bool(supervised)
    is_other = membership.user_id != user.pk and membership.role == Role.WORKER
    return is_other and membership.organisation_id in supervised


@predicate
def receives_referrals(user: User, organisation: Organisation | None = None) -> bool:
    """The person receives referrals for this organisation; without one: for any."""
    receiving = [membership.organisation_id for membership in memberships_of(user) if membership.intake]
    return bool(receiving) if organisation is None else organisation.pk in receiving


@predicate
def is_contact(user: User, contact: ContactPoint | None = None) -> bool:
    """The person is this contact; without one: may be."""
    return contact is None or contact.user_id == user.pk


@predicate
def edits(user: User) -> bool:
    """The person edits the texts of the site in every language."""
    return coordinates(user) or any(membership.role == Role.EDITOR for membership in memberships_of(user))


@predicate
def translates(user: User, version: LanguageVersion | None = None) -> bool:
    """The person translates into the language of this text; without one: into any language."""
    translator = [membership for membership in memberships_of(user) if membership.role == Role.TRANSLATOR]
    languages = {code for membership in translator for code in membership.languages}
    return bool(languages) if version is None else version.language in languages


def let_coordinators_edit(app: str, *models: str) -> None:
    """Let coordinators view, add, change and delete rows of these models in the admin."""
    for model in models:
        for verb in VERBS:
            add_perm(f"{app}.{verb}_{model}", is_coordinator)


add_perm("partners.view_contacts", is_partner_staff)
add_perm("partners.confirm_contact", is_partner_staff & is_contact)
add_perm("partners.end_contact", is_coordinator | (is_partner_staff & is_contact))
permit(ContactPerson, "partners.confirm_contact", is_about)
permit(ContactPerson, "partners.end_contact", is_about)
add_perm("partners.invite", is_coordinator | supervises)
add_perm("partners.give_intake", supervises)
add_perm("partners.decide_proposals", is_coordinator)
add_perm("partners.load", is_coordinator)
# What the start page of the admin asks of an app: whether there is anything in it for this person.
add_perm("partners", is_coordinator)
let_coordinators_edit("partners", *EDITABLE)
for verb in ("view", "change"):
    add_perm(f"partners.{verb}_membership", is_coordinator)
add_perm("partners.delete_membership", is_coordinator | supervises_worker)

# Permissions of the kernel, which knows no roles.
add_perm("mail.requeue", is_coordinator)
add_perm("audit.read_log", is_coordinator | is_auditor)
add_perm("vault.use", works_in_portal)
add_perm("publishing.write", edits | translates)
add_perm("publishing.review", edits | translates)
add_perm("publishing.publish", edits)
add_perm("publishing.rename", edits)
for app in ("accounts", "audit", "mail", "vault"):
    add_perm(app, is_coordinator)
for permission in (
    "accounts.view_user",
    "accounts.change_user",
    "accounts.view_invitation",
    "audit.view_entry",
    "mail.view_message",
    "vault.view_personalkey",
    "vault.view_group",
    "vault.view_recoveryrequest",
    "vault.view_keyrotation",
):
    add_perm(permission, is_coordinator)
