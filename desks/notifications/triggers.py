"""What the database computes itself: until when each authority is told."""

from __future__ import annotations

from desks.cases.triggers import clock_trigger, keeps_clock
from desks.notifications.clocks import NOTIFY
from desks.notifications.states import WAITING_STATES

WAITING = ", ".join(f"'{state}'" for state in sorted(WAITING_STATES))
NOTIFY_CLOCK = clock_trigger(
    "keeps_clock",
    keeps_clock(
        NOTIFY,
        table="desks.notification",
        is_open=f"NEW.state IN ({WAITING})",
        since="NEW.made_at",
        due_at="NEW.due_at",
    ),
    columns=("state", "due_at"),
)
