"""Who chooses how often they are told of their tasks: whoever has any."""

from __future__ import annotations

from rules.permissions import add_perm

from partners.memberships.rules import has_role

add_perm("workspace.choose_digest", has_role)
