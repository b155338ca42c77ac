"""Who may? Coordinators look after campaigns; their texts follow the rules of publishing."""

from __future__ import annotations

from typing import Any

import rules

from partners.memberships.rules import is_coordinator, is_partner_staff, organisations_of


@rules.predicate
def acts_for(user: Any, organisation: Any = None) -> bool:
    """Works for this organisation; without one: for any."""
    return bool(organisations_of(user)) if organisation is None else organisation.pk in organisations_of(user)


rules.add_perm("campaigns.view_reach", is_partner_staff)


rules.add_perm("campaigns.record_activity", is_coordinator | acts_for)


rules.add_perm("campaigns.read_evidence", is_coordinator | acts_for)


EDITED = [
    "campaign",
    "campaigncountry",
    "material",
    "materialfile",
    "message",
    "importantday",
    "news",
    "event",
    "target",
]


rules.add_perm("campaigns", is_coordinator)


for model in EDITED:
    for verb in ("view", "add", "change", "delete"):
        rules.add_perm(f"campaigns.{verb}_{model}", is_coordinator)
