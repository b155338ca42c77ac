"""The clocks of plans: until when a plan is agreed, the support is reviewed, a service is there."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from desks.cases.clocks import DAY, ClockKind, declare_clock
from desks.cases.states import CaseLevel
from desks.reports.states import Risk

PLAN, REVIEW, SERVICE = "plan", "review", "service"
PLAN_DAYS = 14
REVIEW_MONTHS = 3
REVIEW_DAYS = {Risk.HIGH: 30, Risk.DANGER: 7}
FRESH_DAYS = 30  # of a review, where support is to end

declare_clock(ClockKind(PLAN, _("Plan"), ((CaseLevel.WORKER, timedelta()), (CaseLevel.LEAD, DAY))))
for name, title, days in ((REVIEW, _("Review"), 14), (SERVICE, _("Service"), 3)):
    declare_clock(
        ClockKind(
            name,
            title,
            ((CaseLevel.WORKER, timedelta()), (CaseLevel.LEAD, 7 * DAY)),
            opens_before=days * DAY,
        )
    )
