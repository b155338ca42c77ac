"""What trainers have to do at their seminars."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trainings.mailings.models import Mailing
from trainings.registrations.models import Registration
from trainings.seminars.models import Seminar


@dataclass(frozen=True)
class TodoItem:
    """Something to do at a seminar. `route` is the URL name of the page on which it is done."""

    what: str
    route: str


def todo_items_at(seminars: Sequence[Seminar]) -> dict[int, list[TodoItem]]:
    """The items of each seminar, by its primary key. The number of queries does not depend on that of seminars."""
    registrations = Registration.objects.filter(seminar__in=[seminar for seminar in seminars if not seminar.cancelled])
    eligible = registrations.filter(seminar__ends__lte=timezone.now()).eligible_for_certificate().without_certificate()
    due = Registration.objects.filter(pk__in=eligible.values("pk")).order_by().values_list("seminar")
    certificates = dict(due.annotate(Count("pk")))
    changes = Mailing.objects.unreleased_changes()
    unreleased = changes.filter(seminar=OuterRef("seminar"), seminar__ends__gt=timezone.now())
    rows = registrations.with_open_tasks().annotate(unreleased=Exists(unreleased))
    counts = {row["seminar"]: row for row in rows}
    pks = [seminar.pk for seminar in seminars]
    return {pk: list(_todo_items(counts.get(pk, {}), certificates.get(pk, 0))) for pk in pks}


def _todo_items(counts: dict[str, int], certificates: int) -> Iterable[TodoItem]:
    if counts.get("unreleased"):
        yield TodoItem(_("Participants have not yet been told what has changed"), "trainings:mailings")
    if count := counts.get("applied"):
        text = ngettext("%(count)d registration to review", "%(count)d registrations to review", count)
        yield TodoItem(text % {"count": count}, "trainings:participants")
    if count := counts.get("offered"):
        text = ngettext("%(count)d unanswered offer", "%(count)d unanswered offers", count)
        yield TodoItem(text % {"count": count}, "trainings:participants")
    if count := counts.get("silent"):
        text = ngettext("%(count)d questionnaire missing", "%(count)d questionnaires missing", count)
        yield TodoItem(text % {"count": count}, "trainings:questionnaires")
    if certificates:
        text = ngettext("%(count)d certificate to issue", "%(count)d certificates to issue", certificates)
        yield TodoItem(text % {"count": certificates}, "trainings:certificates")
