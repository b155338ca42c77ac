"""Plans that wait for a supervisor, in the list of tasks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from desks.cases.models import Case
from desks.cases.todo import CASE, SUPERVISORS
from desks.plans.models import Plan
from victor.todo.declarations import Kind, Line, Watched, declare_kind, since

if TYPE_CHECKING:
    from victor.accounts.models import User
    from victor.todo.models import Item, OpenItem

PLANS_OF_DESK = Watched(
    "desks_desk",
    "SELECT plan.* FROM desks_plan plan JOIN desks_case c ON c.id = plan.case_id WHERE c.desk_id = {row}.id",
    ("organisation_id", "slug"),
)


def plan_line(item: Item, number: int) -> Line:
    """Somebody has written a plan that another person approves."""
    title = _("%(reference)s: decide about a plan") % {"reference": item.facts["reference"]}
    page = reverse("desks:case_section", args=[item.facts["desk"], item.facts["reference"], "plan"])
    return Line(title, since(item.since), page)


def readable(user: User, items: Sequence[OpenItem]) -> Sequence[OpenItem]:
    """Those of cases that this person may open, and that they have not written themselves."""
    rows = Plan.objects.filter(pk__in=[int(item.source) for item in items]).exclude(writers__contains=[user.pk])
    mine = {str(pk) for pk in rows.filter(case__in=Case.objects.visible_to(user)).values_list("pk", flat=True)}
    return [item for item in items if item.source in mine]


declare_kind(
    Kind(
        name="desks.case_plan",
        table="desks_plan",
        describe=plan_line,
        joins=CASE,
        is_open="r.state = 'asked'",
        audiences=SUPERVISORS,
        barred="r.author_id",
        subject="'desks.case:' || c.id",
        since="r.made_at",
        facts={"reference": "c.reference", "desk": "d.slug"},
        watched=[PLANS_OF_DESK],
        keep_for=readable,
    )
)
