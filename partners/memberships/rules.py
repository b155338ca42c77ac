"""Who may? A person's rights follow from the roles held in organisations."""

from __future__ import annotations

from typing import Any

import rules

from partners.memberships.states import Role


def memberships_of(user: Any) -> list[Any]:
    """The person's memberships, asked once a request."""
    if not getattr(user, "is_authenticated", False):
        return []
    if not hasattr(user, "_memberships"):
        user._memberships = list(user.memberships.all())
    return user._memberships


def organisations_of(user: Any, *, supervising: bool = False) -> list[int]:
    """The organisations that a person belongs to, or leads as a supervisor."""
    roles = {Role.SUPERVISOR} if supervising else set(Role)
    return [membership.organisation_id for membership in memberships_of(user) if membership.role in roles]


def coordinates(user: Any) -> bool:
    """Whether the person coordinates the partnership."""
    return getattr(user, "is_superuser", False) or any(m.role == Role.COORDINATOR for m in memberships_of(user))


@rules.predicate
def is_partner_staff(user: Any) -> bool:
    """Works for any partner."""
    return bool(user.is_superuser or memberships_of(user))


@rules.predicate
def is_coordinator(user: Any) -> bool:
    """Coordinates the partnership."""
    return coordinates(user)


@rules.predicate
def supervises(user: Any, organisation: Any = None) -> bool:
    """Leads the desk of this organisation; without one: of any."""
    led = organisations_of(user, supervising=True)
    return bool(led) if organisation is None else organisation.pk in led


@rules.predicate
def edits(user: Any) -> bool:
    """Looks after the texts of the site in every language."""
    return coordinates(user) or any(m.role == Role.EDITOR for m in memberships_of(user))


@rules.predicate
def translates(user: Any, version: Any = None) -> bool:
    """Writes texts in the language of this one; without one: in any language."""
    languages = {code for m in memberships_of(user) if m.role == Role.TRANSLATOR for code in m.languages}
    return bool(languages) if version is None else version.language in languages


rules.add_perm("workspace.enter", is_partner_staff)


rules.add_perm("partners.view_contacts", is_partner_staff)


rules.add_perm("partners.check_help_lines", is_coordinator)


rules.add_perm("partners.invite", is_coordinator | supervises)


rules.add_perm("partners.invite_coordinator", is_coordinator)


rules.add_perm("partners.load", is_coordinator)


rules.add_perm("mail.requeue", is_coordinator)


rules.add_perm("vault.use", is_partner_staff)


rules.add_perm("publishing.write", edits | translates)


rules.add_perm("publishing.review", edits | translates)


rules.add_perm("publishing.publish", edits)


rules.add_perm("publishing.rename", edits)


# What the start page of the admin asks of each app: whether there is anything in it for this person.
for app in ("partners", "accounts", "audit", "mail", "pages", "vault"):
    rules.add_perm(app, is_coordinator)


EDITED = ["country", "countrypart", "organisation", "helpline", "network", "networkmember", "contactpoint"]


for model in EDITED:
    for verb in ("view", "add", "change", "delete"):
        rules.add_perm(f"partners.{verb}_{model}", is_coordinator)


for permission in (
    "partners.view_membership",
    "partners.change_membership",
    "partners.delete_membership",
    "accounts.view_user",
    "accounts.change_user",
    "accounts.view_invitation",
    "audit.view_entry",
    "mail.view_message",
    "vault.view_personalkey",
    "vault.view_group",
    "vault.view_recoveryrequest",
    "vault.view_keyrotation",
    "pages.view_fundernotice",
    "pages.add_fundernotice",
    "pages.change_fundernotice",
    "pages.view_page",
    "pages.add_page",
    "pages.change_page",
    "pages.delete_page",
):
    rules.add_perm(permission, is_coordinator)
