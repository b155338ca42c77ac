"""What the log says was done with groups and meetings, in words of its own."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from victor.audit.states import declare_deeds

declare_deeds(
    {
        "group.founded": pgettext_lazy("audit log", "Group founded"),
        "group.member_added": pgettext_lazy("audit log", "Member of a group added"),
        "group.member_left": pgettext_lazy("audit log", "Member has left a group"),
        "group.deputy_chairs": pgettext_lazy("audit log", "Deputy chairs the group now"),
    }
)
