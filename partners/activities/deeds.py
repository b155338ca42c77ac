"""What the log says was done with an activity of a grant."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from victor.audit.states import declare_deeds

declare_deeds(
    {
        "grant_activity.begun": pgettext_lazy("audit log", "Activity begun"),
        "grant_activity.finished": pgettext_lazy("audit log", "Activity done"),
        "grant_activity.linked": pgettext_lazy("audit log", "Activity linked"),
        "grant_activity.evidence_added": pgettext_lazy("audit log", "Evidence added"),
        "grant_activity.deviation_proposed": pgettext_lazy("audit log", "Deviation proposed"),
        "grant_activity.deviation_approved": pgettext_lazy("audit log", "Deviation approved"),
        "grant_activity.deviation_returned": pgettext_lazy("audit log", "Deviation returned"),
    }
)
