"""An authority that is not to be told: in the list of tasks of whoever leads the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from desks.cases.querysets import add_decisions
from desks.cases.todo import CASE, LEADS, keeps_readable, watched_rows
from desks.notifications.models import Notification, NotificationStep
from desks.notifications.states import NotificationState, StepKind
from victor.todo.declarations import Kind, Line, declare_kind, since

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from victor.accounts.models import User
    from victor.todo.models import Item


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
        watched=watched_rows("desks_notification", "lead_id"),
        keep_for=keeps_readable(lambda _user: Notification.objects.all()),
    )
)
