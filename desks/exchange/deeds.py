"""What the log says was done in exports, in words of its own."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from victor.audit.states import declare_deeds

declare_deeds(
    {
        "case.exported": pgettext_lazy("audit log", "Case exported"),
    }
)
