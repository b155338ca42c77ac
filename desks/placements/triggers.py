"""What the database computes itself: until when a check-in is done, and until when the police is called."""

from __future__ import annotations

from datetime import timedelta

import pgtrigger

from desks.cases.states import RUNNING_STAGES
from desks.cases.triggers import clock_trigger, keeps_clock
from desks.placements.clocks import CHECK_IN, MISSING
from desks.placements.states import ASK_AGAIN, MISSING_STATES, REPORT_WITHIN, CheckInState

STAGES = ", ".join(f"'{stage}'" for stage in sorted(RUNNING_STAGES))
STATES = ", ".join(f"'{state}'" for state in sorted(MISSING_STATES))

IS_MISSING = "NEW.state IN ({states}) AND (SELECT stage FROM desks_case WHERE id = NEW.case_id) IN ({stages})"


def _interval(span: timedelta) -> str:
    return f"interval '{span // timedelta(minutes=1)} minutes'"


CHECK_IN_CLOCK = clock_trigger(
    "keeps_clock",
    keeps_clock(
        CHECK_IN,
        table="desks.checkin",
        is_open=f"NEW.state = '{CheckInState.DUE}'",
        since="NEW.made_at",
        due_at="NEW.due_at",
    ),
    columns=("state", "due_at"),
)
# First the report is due. Once the police knows, somebody asks it again each day until the child is back.
MISSING_CLOCK = clock_trigger(
    "keeps_clock",
    keeps_clock(
        MISSING,
        table="desks.missingreport",
        is_open=IS_MISSING.format(states=STATES, stages=STAGES),
        since="COALESCE(NEW.called_at, NEW.made_at)",
        due_at=(f"COALESCE(NEW.called_at + {_interval(ASK_AGAIN)}, NEW.noticed_at + {_interval(REPORT_WITHIN)})"),
    ),
    columns=("state", "called_at"),
)
# A case that is closed while the child is missing stops this clock; one that is reopened starts it again.
FOLLOWS_STAGE = pgtrigger.Trigger(
    name="keeps_missing",
    level=pgtrigger.Row,
    when=pgtrigger.After,
    operation=pgtrigger.UpdateOf("stage"),
    condition=pgtrigger.Q(old__stage__df=pgtrigger.F("new__stage")),
    func="UPDATE desks_missingreport SET state = state WHERE case_id = NEW.id; RETURN NULL;",
)
