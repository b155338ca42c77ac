"""What the log says was done in figures, in words of its own."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from victor.audit.states import declare_deeds

declare_deeds(
    {
        "case.figures_corrected": pgettext_lazy("audit log", "Figures corrected"),
        "case.figures_left_out": pgettext_lazy("audit log", "Left out of the figures"),
    }
)
