"""Deletions that are requested or near, and retention rules to approve, for the list of tasks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desks.desk.models import Desk
from desks.reports.models import Report
from desks.retention.models import RetentionRule
from desks.retention.periods import NOTICE_PERIOD
from victor.todo import Task, finds_tasks, waiting_since

if TYPE_CHECKING:
    from victor.accounts.models import User


@finds_tasks(rank=30)
def requests_for_deletion(user: User) -> Iterator[Task]:
    """Reporters who ask that their report is deleted, for whoever can decide: who leads the desk."""
    led = Desk.objects.for_supervisor(user)
    reports = Report.objects.filter(desk__in=led, deletion_asked_at__isnull=False).select_related("desk")
    oldest = reports.order_by("deletion_asked_at").first()
    if oldest is not None and oldest.deletion_asked_at is not None:
        count = reports.count()
        title = ngettext("%(count)d request for deletion", "%(count)d requests for deletion", count)
        url = reverse("desks:retention", args=[oldest.desk.slug])
        if count == 1:
            url = reverse("desks:erase", args=[oldest.desk.slug, oldest.reference])
        yield Task(title % {"count": count}, waiting_since(oldest.deletion_asked_at), url)


@finds_tasks(rank=32)
def deletions_to_confirm(user: User) -> Iterator[Task]:
    """Deletions that wait for a second person: for colleagues of whoever proposed them."""
    proposed = Report.objects.visible_to(user).exclude(deletion_proposal=None)
    waiting = proposed.exclude(deletion_proposal__proposed_by=user).select_related("desk", "deletion_proposal")
    for report in waiting.order_by("deletion_proposal__proposed_at"):
        title = _("Deletion of %(reference)s: a second person has to confirm") % {"reference": report.reference}
        since = waiting_since(report.deletion_proposal.proposed_at)
        yield Task(title, since, reverse("desks:erase", args=[report.desk.slug, report.reference]))


@finds_tasks(rank=40)
def deletions_soon(user: User) -> Iterator[Task]:
    """Reports whose day of deletion has been announced."""
    last_day = timezone.localdate() + NOTICE_PERIOD
    reports = Report.objects.visible_to(user).filter(erase_on__lte=last_day).select_related("desk")
    first = reports.order_by("erase_on").first()
    if first is not None and first.erase_on is not None:
        count = reports.count()
        title = ngettext("%(count)d report to be deleted soon", "%(count)d reports to be deleted soon", count)
        until = _("first date: %(day)s") % {"day": date_format(first.erase_on, "DATE_FORMAT")}
        yield Task(title % {"count": count}, until, reverse("desks:retention", args=[first.desk.slug]))


@finds_tasks(rank=50)
def rules_to_approve(user: User) -> Iterator[Task]:
    """Retention rules that somebody else proposed."""
    if not user.has_perm("desks.oversee"):
        return
    rules = RetentionRule.objects.proposed().exclude(proposed_by=user)
    oldest = rules.order_by("proposed_at").first()
    if oldest is not None:
        count = rules.count()
        title = ngettext("%(count)d rule to approve", "%(count)d rules to approve", count)
        yield Task(title % {"count": count}, waiting_since(oldest.proposed_at), reverse("desks:retention_rules"))
