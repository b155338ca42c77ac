"""What the log says was done in the ending of cases, in words of its own."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from victor.audit.states import declare_deeds

declare_deeds(
    {
        "case.erased": pgettext_lazy("audit log", "Case deleted"),
        "case.erasure_near": pgettext_lazy("audit log", "Deletion announced"),
        "case.kept": pgettext_lazy("audit log", "Case kept longer"),
    }
)
