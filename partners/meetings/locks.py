"""Locks a meeting's row."""

from __future__ import annotations

from partners.meetings.models import Meeting

PLAN = "partners.plan_meeting"


def lock_meeting(meeting: Meeting) -> Meeting:
    """The meeting's row, locked, with its group and series."""
    rows = Meeting.objects.select_for_update(of=["self"], no_key=True)
    return rows.select_related("group", "series", "planned_by").get(pk=meeting.pk)
