"""What the database computes itself, whoever writes a report: when its next clock is due, and whether it is urgent."""

import pgtrigger

# The rules of `desks/clocks.py`; LEAST passes over a clock that does not run (NULL).
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
        NEW.waits_since + make_interval(hours => desk.triage_hours)
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

CLOCKS = ("triage_hours", "answer_hours", "danger_minutes", "escalation_minutes")
# Other clocks of a desk hold for what is under way, too.
SETS_CLOCKS = pgtrigger.Trigger(
    name="sets_clocks",
    level=pgtrigger.Row,
    when=pgtrigger.After,
    operation=pgtrigger.Update,
    condition=pgtrigger.AnyChange(*CLOCKS),
    func="UPDATE desks_report SET due_at = NULL WHERE desk_id = NEW.id AND due_at IS NOT NULL; RETURN NULL;",
)
