"""Who may edit materials and their files: coordinators. Their texts follow the rules of publishing."""

from __future__ import annotations

from partners.memberships.rules import let_coordinators_edit

let_coordinators_edit("campaigns", "material", "materialfile")
