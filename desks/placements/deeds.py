"""What the log says was done in places to live, in words of its own."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from victor.audit.states import declare_deeds

declare_deeds(
    {
        "case.child_placed": pgettext_lazy("audit log", "Place to live recorded"),
        "case.place_written": pgettext_lazy("audit log", "Place to live changed"),
        "case.checked_in": pgettext_lazy("audit log", "Check on the child recorded"),
        "case.child_missing": pgettext_lazy("audit log", "Child recorded as missing"),
        "case.missing_reported": pgettext_lazy("audit log", "Child reported missing to the police"),
        "case.child_returned": pgettext_lazy("audit log", "Return of the child recorded"),
        "case.missing_report_made": pgettext_lazy("audit log", "Missing report printed"),
    }
)
