"""Who may edit pages of text in the admin."""

from __future__ import annotations

from rules.permissions import add_perm

from partners.memberships.rules import VERBS, is_coordinator

# What the start page of the admin asks of an app: whether there is anything in it for this person.
add_perm("pages", is_coordinator)
for verb in VERBS:
    add_perm(f"pages.{verb}_page", is_coordinator)
