"""The database refuses to change what belongs to a period that is approved."""

from __future__ import annotations

import pgtrigger

KEEPS_PERIOD = pgtrigger.Trigger(
    name="keeps_period",
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    condition=pgtrigger.Q(old__state="approved"),
    func="RAISE EXCEPTION 'partners: an approved period is never changed';",
)
KEEPS_ROWS = pgtrigger.Trigger(
    name="keeps_rows",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func="""
IF EXISTS (
    SELECT 1 FROM partners_period p WHERE p.id IN (NEW.period_id, OLD.period_id) AND p.state = 'approved'
) THEN
    RAISE EXCEPTION 'partners: the period is approved';
END IF;
IF TG_OP = 'DELETE' THEN
    RETURN OLD;
END IF;
RETURN NEW;
""",
)
