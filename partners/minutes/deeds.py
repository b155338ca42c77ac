"""What the log says was done with minutes, decisions and actions, in words of its own."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from victor.audit.states import declare_deeds

declare_deeds(
    {
        "minutes.opened": pgettext_lazy("audit log", "Minutes opened"),
        "minutes.text_saved": pgettext_lazy("audit log", "Minutes written"),
        "minutes.text_chosen": pgettext_lazy("audit log", "One of two texts chosen"),
        "minutes.attendance_saved": pgettext_lazy("audit log", "Who was there noted"),
        "minutes.circulated": pgettext_lazy("audit log", "Minutes sent for remarks"),
        "minutes.taken_back": pgettext_lazy("audit log", "Minutes made a draft again"),
        "minutes.remark_made": pgettext_lazy("audit log", "Remark on minutes made"),
        "minutes.approved": pgettext_lazy("audit log", "Minutes approved"),
        "minutes.correction_begun": pgettext_lazy("audit log", "Correction of minutes begun"),
        "decision.recorded": pgettext_lazy("audit log", "Decision recorded"),
        "decision.changed": pgettext_lazy("audit log", "Decision changed"),
        "action.added": pgettext_lazy("audit log", "Action added"),
        "action.changed": pgettext_lazy("audit log", "Action changed"),
        "action.done": pgettext_lazy("audit log", "Action marked as done"),
        "action.verified": pgettext_lazy("audit log", "Action confirmed"),
        "action.returned": pgettext_lazy("audit log", "Action opened again"),
        "action.dropped": pgettext_lazy("audit log", "Action dropped"),
        "action.handed_to_chair": pgettext_lazy("audit log", "Action given to the chair"),
    }
)
