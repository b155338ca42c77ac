"""Who may edit the funder's notice and the frame of a grant. Nobody deletes one: what was said is looked up later."""

from __future__ import annotations

from rules.permissions import add_perm

from partners.memberships.rules import is_coordinator, is_partner_staff

KEPT = ("fundernotice", "grant", "workpackage")


def let_coordinators_keep(*models: str) -> None:
    """Let coordinators view, add and change rows of these models in the admin. Nobody deletes them."""
    for model in models:
        for verb in ("view", "add", "change"):
            add_perm(f"partners.{verb}_{model}", is_coordinator)


let_coordinators_keep(*KEPT)
add_perm("partners.view_grants", is_partner_staff)
