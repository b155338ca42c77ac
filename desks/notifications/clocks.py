"""The clock of each authority that has to be told: its worker is told first, then the lead, then the coordinators."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from desks.cases.clocks import DAY, ClockKind, declare_clock
from desks.cases.states import CaseLevel

NOTIFY = "notify"

declare_clock(
    ClockKind(
        NOTIFY,
        _("Notify an authority"),
        ((CaseLevel.WORKER, timedelta()), (CaseLevel.LEAD, timedelta(hours=4)), (CaseLevel.COORDINATORS, DAY)),
        (
            (CaseLevel.WORKER, timedelta()),
            (CaseLevel.LEAD, timedelta(minutes=15)),
            (CaseLevel.COORDINATORS, timedelta(hours=1)),
        ),
    )
)
