"""The clock of a request: one month from the day on which it came, or three with a reason."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import pgettext_lazy

from desks.cases.clocks import DAY, ClockKind, declare_clock
from desks.cases.states import CaseLevel

RIGHTS = "rights"
MONTHS, EXTENDED_MONTHS = 1, 3

declare_clock(
    ClockKind(
        RIGHTS,
        pgettext_lazy("clock of a case", "Request about the record"),
        ((CaseLevel.WORKER, timedelta()), (CaseLevel.LEAD, timedelta()), (CaseLevel.COORDINATORS, DAY)),
        opens_before=30 * DAY,
    )
)
