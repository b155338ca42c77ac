"""Who releases figures: coordinators. Auditors look."""

from __future__ import annotations

from rules.permissions import add_perm

from partners.memberships.rules import is_auditor, is_coordinator

add_perm("reporting.view_releases", is_coordinator | is_auditor)
add_perm("reporting.manage_releases", is_coordinator)
