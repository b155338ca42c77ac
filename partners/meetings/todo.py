"""Invitations that wait for an answer, for the list of tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from victor.formatting import short_appointment
from victor.todo.declarations import Kind, Line, Watched, declare_kind

if TYPE_CHECKING:
    from victor.todo.models import Item

OF_MEETING = "SELECT i.* FROM partners_invitation i WHERE i.meeting_id = {row}.id"


def answer_line(item: Item, number: int) -> Line:
    """Somebody is asked whether they come."""
    title = _("Will you come? %(title)s") % {"title": item.facts["title"]}
    return Line(
        title, short_appointment(item.due_at or item.since), reverse("partners:meeting", args=[item.facts["pk"]])
    )


declare_kind(
    Kind(
        name="partners.invitation_answer",
        table="partners_invitation",
        describe=answer_line,
        joins="JOIN partners_meeting m ON m.id = r.meeting_id",
        is_open="r.person_id IS NOT NULL AND r.answer = '' AND r.invited_at IS NOT NULL AND m.state = 'announced'",
        audiences="ARRAY['user:' || r.person_id]",
        subject="'partners.meeting:' || m.id",
        since="r.invited_at",
        due_at="COALESCE((m.answer_by + 1)::timestamptz, m.starts)",
        closes_at="m.starts",
        facts={"title": "m.title", "pk": "m.id"},
        watched=[Watched("partners_meeting", OF_MEETING)],
    )
)
