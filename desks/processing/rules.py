"""Who sees the register of processing: those who answer for it, and those who check it."""

from __future__ import annotations

from rules.permissions import add_perm

from partners.memberships.rules import is_auditor, is_coordinator, is_privacy_officer

add_perm("desks.view_processing", is_privacy_officer | is_auditor | is_coordinator)
