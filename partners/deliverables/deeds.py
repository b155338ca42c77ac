"""What the log says was done with a deliverable."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from victor.audit.states import declare_deeds

declare_deeds(
    {
        "deliverable.version_added": pgettext_lazy("audit log", "Version of a deliverable added"),
        "deliverable.review_asked": pgettext_lazy("audit log", "Review of a deliverable asked for"),
        "deliverable.review_passed": pgettext_lazy("audit log", "Review of a deliverable passed"),
        "deliverable.review_returned": pgettext_lazy("audit log", "Deliverable returned to its author"),
        "deliverable.submitted": pgettext_lazy("audit log", "Deliverable submitted"),
        "deliverable.accepted": pgettext_lazy("audit log", "Deliverable accepted"),
        "deliverable.sent_back": pgettext_lazy("audit log", "Deliverable sent back by the funder"),
        "deliverable.due_told": pgettext_lazy("audit log", "Told that a deliverable is due"),
        "deliverable.person_removed": pgettext_lazy("audit log", "Somebody who has left taken off a deliverable"),
    }
)
