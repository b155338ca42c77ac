"""Who reads agreements: coordinators all, other staff those of their organisation. Who keeps them: coordinators."""

from __future__ import annotations

from rules.permissions import add_perm

from partners.memberships.rules import is_coordinator, is_partner_staff, works_in_portal

add_perm("partners.view_agreements", is_partner_staff)
add_perm("partners.manage_agreements", is_coordinator)
add_perm("partners.ask_renewal", works_in_portal)
add_perm("partners.view_dependants", works_in_portal)  # how much depends on one: a partner contact reads no number
