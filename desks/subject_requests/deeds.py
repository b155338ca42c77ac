"""What the log says was done in requests of the people concerned, in words of its own."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from victor.audit.states import declare_deeds

declare_deeds(
    {
        "case.rights_received": pgettext_lazy("audit log", "Request about their data received"),
        "case.rights_identity_checked": pgettext_lazy("audit log", "Identity checked"),
        "case.rights_extended": pgettext_lazy("audit log", "Time to answer a request extended"),
        "case.rights_withdrawn": pgettext_lazy("audit log", "Request about their data withdrawn"),
        "case.rights_decided": pgettext_lazy("audit log", "Request about their data decided"),
        "case.unblocked": pgettext_lazy("audit log", "Block lifted"),
    }
)
