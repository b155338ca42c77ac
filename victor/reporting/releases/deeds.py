"""What the log says was done with a release of figures."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from victor.audit.states import Deed, declare_deeds

declare_deeds(
    {
        "release.begun": Deed.ADDED.label,
        "release.correction_begun": pgettext_lazy("audit log", "correction begun"),
        "release.checked": pgettext_lazy("audit log", "checked by the portal"),
        "release.check_failed": pgettext_lazy("audit log", "did not pass the check"),
        "release.left_out": pgettext_lazy("audit log", "figures left out"),
        "release.corrected": pgettext_lazy("audit log", "replaced by a correction"),
        "report.asked": Deed.ASKED.label,
    }
)
