"""What the log says was done with an agreement, in words of its own."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from victor.audit.states import declare_deeds

declare_deeds(
    {
        "agreement.file_added": pgettext_lazy("audit log", "File added to an agreement"),
        "agreement.notice_given": pgettext_lazy("audit log", "Notice of an agreement recorded"),
        "agreement.owner_left": pgettext_lazy("audit log", "Owner of an agreement has left"),
        "agreement.renewal_asked": pgettext_lazy("audit log", "Renewal of an agreement asked for"),
    }
)
