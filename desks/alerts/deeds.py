"""What the log says was done with an alert."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from victor.audit.states import declare_deeds

declare_deeds(
    {
        "alert.sent": pgettext_lazy("audit log", "Alert sent to other desks"),
        "alert.opened": pgettext_lazy("audit log", "Alert opened"),
        "alert.answered": pgettext_lazy("audit log", "Alert answered"),
        "alert.taken_back": pgettext_lazy("audit log", "Alert taken back"),
        "alert.ended": pgettext_lazy("audit log", "Alert ended on its day"),
        "alert.unopened": pgettext_lazy("audit log", "Sender told that nobody has opened an alert"),
    }
)
