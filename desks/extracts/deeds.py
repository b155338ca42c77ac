"""What the log says was done in extracts, in words of its own."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from victor.audit.states import declare_deeds

declare_deeds(
    {
        "case.extract_printed": pgettext_lazy("audit log", "Extract printed"),
        "case.notice_given": pgettext_lazy("audit log", "Privacy notice given"),
    }
)
