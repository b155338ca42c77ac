"""An authority that is not to be told: in the list of tasks of whoever leads the case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from desks.cases.models import Case
from desks.cases.querysets import add_decisions
from desks.cases.todo import CASE
from desks.notifications.models import Notification, NotificationStep
from desks.notifications.states import NotificationState, StepKind
from victor.todo.declarations import Kind, Line, Watched, declare_kind, since

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from victor.accounts.models import User
    from victor.todo.models import Item, OpenItem

LEADS = """ARRAY[CASE WHEN c.lead_id IS NOT NULL THEN 'user:' || c.lead_id
    ELSE 'supervisor:' || d.organisation_id END]"""
QUERY = "SELECT notice.* FROM desks_notification notice JOIN desks_case c ON c.id = notice.case_id WHERE {condition}"
OF_DESK = Watched("desks_desk", QUERY.format(condition="c.desk_id = {row}.id"), ("organisation_id", "slug"))
OF_CASE = Watched("desks_case", QUERY.format(condition="c.id = {row}.id"), ("lead_id",))


def exception_line(item: Item, number: int) -> Line:
    """Somebody gives a reason why an authority is not told, and the lead decides."""
    title = _("%(reference)s: is one authority not to be told?") % {"reference": item.facts["reference"]}
    page = reverse("desks:case_section", args=[item.facts["desk"], item.facts["reference"], "authorities"])
    return Line(title, since(item.since), page)


@add_decisions
def cases_with_exception(user: User) -> QuerySet:
    """The cases of which this person decides, as the lead, whether an authority is not told, as somebody else asks."""
    steps = NotificationStep.objects.filter(notification=OuterRef("pk"), kind=StepKind.ASKED)
    asker = Subquery(steps.order_by("-made_at", "-pk").values("author")[:1])
    asked = Notification.objects.filter(Q(case__lead=user) | Q(case__lead=None), state=NotificationState.ASKED)
    return asked.alias(asker=asker).exclude(asker=user.pk).values("case")


def readable(user: User, items: Sequence[OpenItem]) -> Sequence[OpenItem]:
    """Those of cases that this person may open."""
    rows = Notification.objects.filter(pk__in=[int(item.source) for item in items])
    mine = {str(pk) for pk in rows.filter(case__in=Case.objects.visible_to(user)).values_list("pk", flat=True)}
    return [item for item in items if item.source in mine]


declare_kind(
    Kind(
        name="desks.case_exception",
        table="desks_notification",
        describe=exception_line,
        joins=CASE,
        is_open="r.state = 'asked'",
        audiences=LEADS,
        subject="'desks.case:' || c.id",
        since="r.made_at",
        facts={"reference": "c.reference", "desk": "d.slug"},
        watched=[OF_DESK, OF_CASE],
        keep_for=readable,
    )
)
