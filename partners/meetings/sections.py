"""The page of a group with its meetings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from partners.groups.sections import GroupSection, add_group_section

add_group_section(GroupSection(_("Meetings"), "partners:group_meetings", 10))
