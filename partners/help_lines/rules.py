"""Who may check and edit help lines."""

from __future__ import annotations

from rules.permissions import add_perm

from partners.memberships.rules import VERBS, is_coordinator

add_perm("partners.check_help_lines", is_coordinator)
for verb in VERBS:
    add_perm(f"partners.{verb}_helpline", is_coordinator)
