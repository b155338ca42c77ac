"""What the log says was done in plans, in words of its own."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from victor.audit.states import declare_deeds

declare_deeds(
    {
        "case.plan_drafted": pgettext_lazy("audit log", "Plan begun"),
        "case.plan_asked": pgettext_lazy("audit log", "Approval of the plan asked for"),
        "case.plan_set_aside": pgettext_lazy("audit log", "Draft of the plan set aside"),
        "case.plan_approved": pgettext_lazy("audit log", "Plan approved"),
        "case.plan_returned": pgettext_lazy("audit log", "Plan sent back"),
        "case.plan_signed": pgettext_lazy("audit log", "Agreement to the plan recorded"),
        "case.goal_ended": pgettext_lazy("audit log", "Goal ended"),
        "case.service_added": pgettext_lazy("audit log", "Service added"),
        "case.service_moved": pgettext_lazy("audit log", "Service changed"),
        "case.service_basis": pgettext_lazy("audit log", "Legal basis of a service recorded"),
        "case.review_planned": pgettext_lazy("audit log", "Review planned"),
        "case.reviewed": pgettext_lazy("audit log", "Review held"),
        "case.followed_up": pgettext_lazy("audit log", "Follow-up recorded"),
    }
)
