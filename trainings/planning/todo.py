"""What waits for those who look after seminars, and what happens by itself meanwhile."""

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
    """Something to do at a seminar, and on which of its pages; pages are named by their routes."""

    what: str
    route: str


def todo_items_at(seminars: Sequence[Seminar]) -> dict[int, list[TodoItem]]:
    """What waits at each of these, asked for all of them at once."""
    there = Registration.objects.filter(seminar__in=[each for each in seminars if not each.cancelled])
    over = there.filter(seminar__ends__lte=timezone.now()).eligible_for_certificate().without_certificate()
    lacking = Registration.objects.filter(pk__in=over.values("pk")).order_by().values_list("seminar")
    ready = dict(lacking.annotate(Count("pk")))
    changes = Mailing.objects.unreleased_changes().filter(seminar=OuterRef("seminar"), seminar__ends__gt=timezone.now())
    open_ends = {row["seminar"]: row for row in there.with_open_tasks().annotate(untold=Exists(changes))}
    return {each.pk: list(_named_items(open_ends.get(each.pk, {}), ready.get(each.pk, 0))) for each in seminars}


def _named_items(open_ends: dict[str, int], ready: int) -> Iterable[TodoItem]:
    if open_ends.get("untold"):
        yield TodoItem(_("Participants have not yet been told what has changed"), "trainings:mailings")
    if count := open_ends.get("applied"):
        text = ngettext("%(count)d registration to review", "%(count)d registrations to review", count)
        yield TodoItem(text % {"count": count}, "trainings:participants")
    if count := open_ends.get("offered"):
        text = ngettext("%(count)d unanswered offer", "%(count)d unanswered offers", count)
        yield TodoItem(text % {"count": count}, "trainings:participants")
    if count := open_ends.get("silent"):
        text = ngettext("%(count)d questionnaire missing", "%(count)d questionnaires missing", count)
        yield TodoItem(text % {"count": count}, "trainings:questionnaires")
    if ready:
        text = ngettext("%(count)d certificate to issue", "%(count)d certificates to issue", ready)
        yield TodoItem(text % {"count": ready}, "trainings:certificates")
