"""The database keeps the clock of a request in step with it."""

from __future__ import annotations

from desks.cases.triggers import clock_trigger, keeps_clock
from desks.subject_requests.clocks import RIGHTS
from desks.subject_requests.states import SubjectRequestState

REQUEST_CLOCK = clock_trigger(
    "keeps_clock",
    keeps_clock(
        RIGHTS,
        table="desks.subjectrequest",
        is_open=f"NEW.state = '{SubjectRequestState.OPEN}'",
        since="NEW.made_at",
        due_at="NEW.due_at",
    ),
    columns=("state", "due_at"),
)
