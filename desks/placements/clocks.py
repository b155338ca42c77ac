"""The clocks of a new place: the next check-in, and a missing child. They are told at any hour of the day."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from desks.cases.clocks import DAY, ClockKind, declare_clock
from desks.cases.states import CaseLevel

CHECK_IN, MISSING = "check_in", "missing"
HOUR = timedelta(hours=1)

declare_clock(
    ClockKind(
        CHECK_IN,
        _("Check-in: is the child there?"),
        ((CaseLevel.WORKER, timedelta()), (CaseLevel.LEAD, HOUR)),
        at_any_hour=True,
        flag=_("72-hour watch"),
    )
)
declare_clock(
    ClockKind(
        MISSING,
        _("Missing child: call the police"),
        ((CaseLevel.WORKER, timedelta()), (CaseLevel.LEAD, HOUR), (CaseLevel.COORDINATORS, DAY)),
        at_any_hour=True,
        flag=_("Missing"),
    )
)
