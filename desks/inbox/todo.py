"""Reports that wait, for the list of tasks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desks.desk.models import Desk
from desks.desk.rules import leads
from desks.inbox.originals import requests_from_elsewhere
from desks.reports.deadlines import span_in_words
from victor.todo import Task, finds_tasks, waiting_since

if TYPE_CHECKING:
    from victor.accounts.models import User


@finds_tasks(rank=10)
def reports_waiting(user: User) -> Iterator[Task]:
    """What waits at each desk of a person. Coordinators learn which desks are late, and by how much."""
    now = timezone.now()
    own = set(Desk.objects.for_worker(user).values_list("pk", flat=True))
    for desk in Desk.objects.visible_to(user).for_work().with_counters(now):
        if desk.pk in own:
            if desk.waiting:
                yield _waiting_at(desk, now)
        elif desk.overdue:
            yield _overdue_at(desk, now)


def _waiting_at(desk: Desk, now: datetime) -> Task:
    title = ngettext("%(desk)s: %(count)d report waiting", "%(desk)s: %(count)d reports waiting", desk.waiting)
    danger = _("danger, not triaged: %(count)d") % {"count": desk.in_danger} if desk.in_danger else ""
    url = reverse("desks:inbox", args=[desk.slug])
    return Task(title % {"count": desk.waiting, "desk": desk}, danger or _first_deadline(desk, now), url)


def _overdue_at(desk: Desk, now: datetime) -> Task:
    title = ngettext("%(desk)s: %(count)d report overdue", "%(desk)s: %(count)d reports overdue", desk.overdue)
    values = {"count": desk.overdue, "desk": desk}
    return Task(title % values, _first_deadline(desk, now), reverse("desks:inbox_desks"))


def _first_deadline(desk: Desk, now: datetime) -> str:
    text = _("next deadline: in %(span)s") if desk.first_due > now else _("longest overdue: %(span)s")
    return text % {"span": span_in_words(abs(desk.first_due - now))}


@finds_tasks(rank=25)
def originals_of_other_desks(user: User) -> Iterator[Task]:
    """Requests for originals at desks that have nobody else to decide."""
    if not leads(user):
        return
    accesses = requests_from_elsewhere(user)
    if accesses:
        title = ngettext(
            "%(count)d request for an original at another desk",
            "%(count)d requests for originals at other desks",
            len(accesses),
        )
        oldest = min(access.asked_at for access in accesses)
        yield Task(title % {"count": len(accesses)}, waiting_since(oldest), reverse("desks:originals_elsewhere"))
