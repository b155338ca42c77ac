"""Who may edit the canned answers: the coordinators."""

from __future__ import annotations

import rules

from partners.memberships.rules import is_coordinator

for verb in ("view", "add", "change", "delete"):
    rules.add_perm(f"desks.{verb}_cannedanswer", is_coordinator)
