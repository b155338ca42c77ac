"""Who may edit campaigns, messages and important days: coordinators. Their texts follow the rules of publishing."""

from __future__ import annotations

from partners.memberships.rules import let_coordinators_edit

let_coordinators_edit("campaigns", "campaign", "campaigncountry", "message", "importantday")
