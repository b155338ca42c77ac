"""What the database does itself when the deadlines of a desk change."""

from __future__ import annotations

import pgtrigger

DEADLINE_FIELDS = ("triage_hours", "answer_hours", "danger_minutes", "escalation_minutes")
# New deadlines of a desk hold for its open reports, too.
RESETS_DUE_AT = pgtrigger.Trigger(
    name="sets_clocks",
    level=pgtrigger.Row,
    when=pgtrigger.After,
    operation=pgtrigger.Update,
    condition=pgtrigger.AnyChange(*DEADLINE_FIELDS),
    func="UPDATE desks_report SET due_at = NULL WHERE desk_id = NEW.id AND due_at IS NOT NULL; RETURN NULL;",
)
