"""What the log says was done in assessments, in words of its own."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from victor.audit.states import declare_deeds

declare_deeds(
    {
        "case.assessment_drafted": pgettext_lazy("audit log", "Assessment begun"),
        "case.assessment_finished": pgettext_lazy("audit log", "Assessment finished"),
        "case.assessment_approved": pgettext_lazy("audit log", "Assessment approved"),
        "case.assessment_returned": pgettext_lazy("audit log", "Assessment sent back"),
        "case.risk_lowered": pgettext_lazy("audit log", "Risk lowered"),
    }
)
