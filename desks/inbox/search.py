"""What the search for staff finds at desks: reports by any part of their reference. Their words are in the vault."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from desks.reports.models import Report
from victor.staff_search import MAX_HITS, Hit, finds_for_staff

if TYPE_CHECKING:
    from victor.accounts.models import User
    from victor.folding import Question

LEAST_OF_A_REFERENCE = 2  # signs: one alone fits nearly all


@finds_for_staff(_("Reports"), rank=10)
def reports_by_reference(user: User, question: Question) -> Iterator[Hit]:
    """Reports of the desks where the person works, the newest first."""
    if len(question.numbers) < LEAST_OF_A_REFERENCE:
        return
    prefix, rest = question.numbers[:2], question.numbers[2:]
    reports = Report.objects.visible_to(user).select_related("desk").order_by("-received_at")
    fitting = reports.filter(reference__icontains=question.numbers) | reports.filter(
        reference__icontains=f"{prefix}-{rest}"
    )
    for report in fitting[:MAX_HITS]:
        url = reverse("desks:inbox_report", args=[report.desk.slug, report.reference])
        yield Hit(report.reference, f"{report.get_state_display()} · {report.desk}", url)
