"""What the database computes itself: until when the risk is assessed again, as long as the desk works on the case."""

from __future__ import annotations

import pgtrigger

from desks.assessments.clocks import RISK_REPEAT
from desks.assessments.states import CURRENT_STATES
from desks.cases.states import RUNNING_STAGES
from desks.cases.triggers import clock_trigger, keeps_clock

CURRENT = ", ".join(f"'{state}'" for state in sorted(CURRENT_STATES))
STAGES = ", ".join(f"'{stage}'" for stage in sorted(RUNNING_STAGES))
IS_OPEN = """NEW.kind = 'risk' AND NEW.state IN ({current}) AND NEW.next_on IS NOT NULL
    AND (SELECT stage FROM desks_case WHERE id = NEW.case_id) IN ({stages})"""
REPEAT_CLOCK = clock_trigger(
    "keeps_clock",
    keeps_clock(
        RISK_REPEAT,
        table="desks.assessment",
        is_open=IS_OPEN.format(current=CURRENT, stages=STAGES),
        since="NEW.made_at",
        due_at="(NEW.next_on + time '12:00') AT TIME ZONE 'UTC'",
    ),
    columns=("state", "next_on"),
)
# A case that ends stops this clock; one that is reopened starts it again.
FOLLOWS_STAGE = pgtrigger.Trigger(
    name="keeps_repeat",
    level=pgtrigger.Row,
    when=pgtrigger.After,
    operation=pgtrigger.UpdateOf("stage"),
    condition=pgtrigger.Q(old__stage__df=pgtrigger.F("new__stage")),
    func="UPDATE desks_assessment SET next_on = next_on WHERE case_id = NEW.id AND kind = 'risk'; RETURN NULL;",
)
