"""Groups that nobody chairs, for the list of tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from victor.todo.declarations import Kind, Line, Watched, declare_kind, since

if TYPE_CHECKING:
    from victor.todo.models import Item

IN_GROUP = "SELECT g.* FROM partners_workinggroup g WHERE g.id = {row}.group_id"
OF_PERSON = """
SELECT g.* FROM partners_workinggroup g
JOIN partners_groupmember m ON m.group_id = g.id AND m.user_id = {row}.id
"""


def chairless_line(item: Item, number: int) -> Line:
    """A group without a chair announces no meeting."""
    title = _("The group %(name)s has no chair") % {"name": item.facts["name"]}
    return Line(title, since(item.since), reverse("partners:group", args=[item.facts["slug"]]))


declare_kind(
    Kind(
        name="partners.group_chair",
        table="partners_workinggroup",
        describe=chairless_line,
        joins="""
LEFT JOIN LATERAL (
    SELECT max(m.until) FILTER (WHERE m.until IS NOT NULL) AS last,
        count(*) FILTER (WHERE m.until IS NULL AND u.is_active) AS present
    FROM partners_groupmember m JOIN accounts_user u ON u.id = m.user_id
    WHERE m.group_id = r.id AND m.role IN ('chair', 'deputy')
) chairs ON TRUE
""",
        is_open="r.ended_on IS NULL AND COALESCE(chairs.present, 0) = 0",
        audiences="ARRAY['coordinator']",
        subject="'partners.workinggroup:' || r.id",
        since="COALESCE(chairs.last::timestamptz, r.founded_at)",
        facts={"name": "r.name", "slug": "r.slug"},
        watched=[
            Watched("partners_groupmember", IN_GROUP),
            Watched("accounts_user", OF_PERSON, ("is_active",)),
        ],
    )
)
