"""What the log says was done in interpreting, in words of its own."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from victor.audit.states import declare_deeds

declare_deeds(
    {
        "case.interpreter_added": pgettext_lazy("audit log", "Interpreter added"),
        "case.interpreter_checked": pgettext_lazy("audit log", "Interpreter checked"),
        "case.interpreter_corrected": pgettext_lazy("audit log", "Interpreter’s details corrected"),
        "case.interpreter_booked": pgettext_lazy("audit log", "Interpreter booked"),
        "case.booking_moved": pgettext_lazy("audit log", "Booking of an interpreter moved"),
        "case.booking_held": pgettext_lazy("audit log", "Interpreting took place"),
        "case.booking_cancelled": pgettext_lazy("audit log", "Booking of an interpreter cancelled"),
    }
)
