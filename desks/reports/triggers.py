"""What the database computes itself, whoever writes a report: when its next deadline ends, and whether it is urgent."""

from __future__ import annotations

import pgtrigger

# The rules of `desks/reports/deadlines.py`; LEAST passes over a deadline that is not open (NULL).
DUE_AT = """
NEW.urgent := NEW.danger AND NEW.triaged_at IS NULL AND NEW.state IN ('received', 'acknowledged', 'triaged');
NEW.due_at := (
    SELECT LEAST(
        CASE WHEN NEW.danger AND NEW.read_at IS NULL AND works.goes_on
            THEN NEW.received_at + make_interval(mins => desk.escalation_minutes) END,
        CASE WHEN NEW.triaged_at IS NULL AND works.goes_on
            THEN NEW.received_at + CASE WHEN NEW.danger
                THEN make_interval(mins => desk.danger_minutes) ELSE make_interval(hours => desk.triage_hours) END END,
        CASE WHEN NEW.answered_at IS NULL AND works.goes_on AND NEW.channel = 'web'
            THEN NEW.received_at + make_interval(hours => desk.answer_hours) END,
        NEW.unread_since + make_interval(hours => desk.triage_hours)
    )
    FROM desks_desk desk, (SELECT NEW.state IN ('received', 'acknowledged', 'triaged') AS goes_on) works
    WHERE desk.id = NEW.desk_id
);
RETURN NEW;
"""
SETS_DUE_AT = pgtrigger.Trigger(
    name="sets_due_at",
    level=pgtrigger.Row,
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func=DUE_AT,
)
