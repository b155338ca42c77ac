"""Reviews of access that are to be done, for the list of tasks: from the first day of a quarter to its last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from victor.formatting import short_day
from victor.todo.declarations import Kind, Line, Watched, declare_kind, since

if TYPE_CHECKING:
    from victor.todo.models import Item

HAS_SUPERVISOR = """EXISTS (SELECT 1 FROM partners_membership m JOIN accounts_user u ON u.id = m.user_id
    WHERE m.organisation_id = r.organisation_id AND m.role = 'supervisor' AND u.is_active)"""
REVIEWERS = f"""CASE WHEN r.circle = 'workers' AND {HAS_SUPERVISOR}
    THEN ARRAY['supervisor:' || r.organisation_id] ELSE ARRAY['coordinator'] END"""
OF_ORGANISATION = "SELECT own.* FROM desks_accessreview own WHERE own.organisation_id = {row}.organisation_id"
OF_PERSON = """SELECT own.* FROM desks_accessreview own JOIN partners_membership m
    ON m.organisation_id = own.organisation_id WHERE m.user_id = {row}.id AND m.role = 'supervisor'"""


def review_line(item: Item, number: int) -> Line:
    """Reviews that the reader does. The first day on which one is overdue stands beside them."""
    title = ngettext("%(count)d access review to be done", "%(count)d access reviews to be done", number)
    detail = _("until %(moment)s") % {"moment": short_day(item.due_at)} if item.due_at else since(item.since)
    return Line(title % {"count": number}, detail, reverse("desks:access_reviews"))


declare_kind(
    Kind(
        name="desks.access_review",
        table="desks_accessreview",
        describe=review_line,
        is_open="r.signed_at IS NULL",
        audiences=REVIEWERS,
        subject="'desks.accessreview:' || r.id",
        topic="'access_reviews'",
        since="r.opened_at",
        due_at="r.due_at",
        closes_at="r.closes_at",
        watched=[
            Watched("partners_membership", OF_ORGANISATION, ("organisation_id", "role")),
            Watched("accounts_user", OF_PERSON, ("is_active",)),
        ],
    )
)
