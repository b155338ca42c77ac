"""Who may read how long reports are stored: coordinators, who decide it, and the data protection officer."""

from __future__ import annotations

from rules.permissions import add_perm

from partners.memberships.rules import is_coordinator, is_privacy_officer

add_perm("desks.view_retention", is_coordinator | is_privacy_officer)
add_perm("desks.view_deletions", is_privacy_officer)
