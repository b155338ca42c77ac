"""What the database computes itself, whoever writes a report: when its next clock is due, and whether it is urgent."""

from __future__ import annotations

import pgtrigger

DEADLINE_FIELDS = ("triage_hours", "answer_hours", "danger_minutes", "escalation_minutes")
# Other clocks of a desk hold for what is under way, too.
RESETS_DUE_AT = pgtrigger.Trigger(
    name="sets_clocks",
    level=pgtrigger.Row,
    when=pgtrigger.After,
    operation=pgtrigger.Update,
    condition=pgtrigger.AnyChange(*DEADLINE_FIELDS),
    func="UPDATE desks_report SET due_at = NULL WHERE desk_id = NEW.id AND due_at IS NOT NULL; RETURN NULL;",
)
