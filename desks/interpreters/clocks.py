"""The clock of a booked interpreter: it stands among the tasks from the day before until somebody settles it."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from desks.cases.clocks import DAY, ClockKind, declare_clock
from desks.cases.states import CaseLevel

INTERPRETER = "interpreter"

declare_clock(
    ClockKind(
        INTERPRETER,
        pgettext_lazy("clock of a case", "Interpreter"),
        ((CaseLevel.WORKER, DAY), (CaseLevel.LEAD, 3 * DAY)),
        opens_before=DAY,
    )
)
