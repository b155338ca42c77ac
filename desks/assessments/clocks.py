"""The clock of the next assessment of a risk: it runs out on the day that was set, and its worker is told."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from desks.cases.clocks import ClockKind, declare_clock
from desks.cases.states import CaseLevel

RISK_REPEAT = "risk_repeat"
MOST_MONTHS = 3

declare_clock(ClockKind(RISK_REPEAT, _("Assess the risk again"), ((CaseLevel.WORKER, timedelta()),)))
