"""What the log says was done in notifications of authorities, in words of its own."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from victor.audit.states import declare_deeds

declare_deeds(
    {
        "case.authorities_listed": pgettext_lazy("audit log", "Authorities to notify listed"),
        "case.authority_added": pgettext_lazy("audit log", "Authority added"),
        "case.authority_notified": pgettext_lazy("audit log", "Authority notified"),
        "case.receipt_recorded": pgettext_lazy("audit log", "Receipt by the authority recorded"),
        "case.exception_asked": pgettext_lazy("audit log", "Exception from notifying asked for"),
        "case.exception_allowed": pgettext_lazy("audit log", "Exception from notifying allowed"),
        "case.exception_refused": pgettext_lazy("audit log", "Exception from notifying refused"),
        "case.letter_made": pgettext_lazy("audit log", "Letter to an authority made"),
    }
)
