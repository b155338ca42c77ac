"""Who may enter the workspace."""

from __future__ import annotations

from rules.permissions import add_perm

from partners.memberships.rules import is_partner_staff

add_perm("workspace.enter", is_partner_staff)
