"""Deliverables that are due, wait for their reviewer, or have nobody who is told, for the list of tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from partners.deliverables.states import REMINDER_DAYS
from victor.formatting import short_day
from victor.todo.declarations import Kind, Line, Watched, declare_kind, since

if TYPE_CHECKING:
    from victor.todo.models import Item

DAY = f"::timestamp AT TIME ZONE '{settings.TIME_ZONE}'"
IS_LEFT = "r.state NOT IN ('submitted', 'accepted')"
OWNED = "SELECT d.* FROM partners_deliverable d WHERE d.owner_id = {row}.id"


def due_line(item: Item, number: int) -> Line:
    """A deliverable to hand in."""
    facts = {"code": item.facts["code"], "day": short_day(item.due_at or item.since)}
    return Line(_("Deliverable %(code)s is due on %(day)s") % facts, _("It is not submitted yet."), _page(item))


def review_line(item: Item, number: int) -> Line:
    """A version to read."""
    title = _("Deliverable %(code)s: a version to review") % {"code": item.facts["code"]}
    return Line(title, since(item.since), reverse("partners:deliverable", args=[item.facts["deliverable"]]))


def ownerless_line(item: Item, number: int) -> Line:
    """A deliverable of which nobody would be told that it is due."""
    title = _("Deliverable %(code)s has no owner") % {"code": item.facts["code"]}
    return Line(title, since(item.since), reverse("admin:partners_deliverable_change", args=[item.source]))


def _page(item: Item) -> str:
    return reverse("partners:deliverable", args=[item.source])


declare_kind(
    Kind(
        name="partners.deliverable_due",
        table="partners_deliverable",
        describe=due_line,
        is_open=IS_LEFT,
        audiences="ARRAY['coordinator'] || COALESCE('user:' || r.owner_id, 'coordinator')",
        subject="'partners.deliverable:' || r.id",
        since=f"(r.due_on - {max(REMINDER_DAYS)}){DAY}",
        due_at=f"r.due_on{DAY}",
        facts={"code": "r.code"},
        is_announced=True,
    )
)
declare_kind(
    Kind(
        name="partners.deliverable_review",
        table="partners_deliverableversion",
        describe=review_line,
        joins="JOIN partners_deliverable whole ON whole.id = r.deliverable_id",
        is_open="whole.state = 'in_review' AND r.reviewer_id IS NOT NULL AND r.reviewed_at IS NULL",
        audiences="ARRAY['user:' || r.reviewer_id]",
        subject="'partners.deliverable:' || r.deliverable_id",
        since="whole.moved_at",
        facts={"code": "whole.code", "deliverable": "r.deliverable_id"},
        watched=[
            Watched(
                "partners_deliverable",
                "SELECT v.* FROM partners_deliverableversion v WHERE v.deliverable_id = {row}.id",
                ("state", "code", "moved_at"),
            )
        ],
    )
)
declare_kind(
    Kind(
        name="partners.deliverable_owner",
        table="partners_deliverable",
        describe=ownerless_line,
        joins="LEFT JOIN accounts_user owner ON owner.id = r.owner_id AND owner.is_active",
        is_open=f"{IS_LEFT} AND owner.id IS NULL",
        audiences="ARRAY['coordinator']",
        subject="'partners.deliverable:' || r.id",
        since="r.moved_at",
        facts={"code": "r.code"},
        watched=[Watched("accounts_user", OWNED, ("is_active",))],
    )
)
