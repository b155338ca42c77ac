"""Who sees which requests are open at all desks: codes and days, and no word of them."""

from __future__ import annotations

from rules.permissions import add_perm

from partners.memberships.rules import is_privacy_officer

add_perm("desks.view_subject_requests", is_privacy_officer)
