"""Deviations that wait for a second person, for the list of tasks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from partners.activities.models import Deviation
from partners.memberships.second_persons import COORDINATOR, Register, second_person_fault
from victor.todo.declarations import Kind, Line, declare_kind, since

if TYPE_CHECKING:
    from victor.accounts.models import User
    from victor.todo.models import Item, OpenItem


def deviation_line(item: Item, number: int) -> Line:
    """A deviation to approve."""
    title = _("Activity %(code)s: a deviation to approve") % {"code": item.facts["code"]}
    return Line(title, since(item.since), reverse("partners:activity", args=[item.facts["activity"]]))


def decidable(user: User, items: Sequence[OpenItem]) -> Sequence[OpenItem]:
    """The deviations on which this person can decide."""
    register = Register.load()
    rows = Deviation.objects.select_related("proposed_by").in_bulk([int(item.source) for item in items])
    can = {
        pk
        for pk, row in rows.items()
        if second_person_fault(user, asker=row.proposed_by, roles=COORDINATOR, register=register) is None
    }
    return [item for item in items if int(item.source) in can]


declare_kind(
    Kind(
        name="partners.deviation",
        table="partners_deviation",
        describe=deviation_line,
        joins="JOIN partners_activity act ON act.id = r.activity_id",
        is_open="r.state = 'proposed'",
        audiences="ARRAY['coordinator']",
        subject="'partners.deviation:' || r.id",
        barred="r.proposed_by_id",
        since="r.proposed_at",
        facts={"code": "act.code", "activity": "r.activity_id"},
        keep_for=decidable,
    )
)
