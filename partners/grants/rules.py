"""Who may edit the funder's notice. Nobody deletes one: what was said is looked up later."""

from __future__ import annotations

from rules.permissions import add_perm

from partners.memberships.rules import is_coordinator

for verb in ("view", "add", "change"):
    add_perm(f"partners.{verb}_fundernotice", is_coordinator)
