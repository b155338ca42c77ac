"""What the log says was done with meetings, in words of its own."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from victor.audit.states import declare_deeds

declare_deeds(
    {
        "meeting.announced": pgettext_lazy("audit log", "Invitations to a meeting sent"),
        "meeting.uninvited": pgettext_lazy("audit log", "Invitations of somebody who left deleted"),
        "meeting.guest_invited": pgettext_lazy("audit log", "Guest invited"),
        "meeting.item_added": pgettext_lazy("audit log", "Item put on an agenda"),
        "meeting.item_removed": pgettext_lazy("audit log", "Item taken off an agenda"),
        "meeting.needs_deleted": pgettext_lazy("audit log", "Needs of participants deleted"),
        "meeting.reminded": pgettext_lazy("audit log", "Invited people reminded"),
    }
)
