"""Who may enter the workspace."""

from __future__ import annotations

from rules.permissions import add_perm

from partners.memberships.rules import has_role

add_perm("workspace.enter", has_role)
