"""Which cases are deleted soon, which are kept, and which were deleted: for a desk's supervisors, and for all desks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from desks.cases.models import Case
from desks.desk.models import Desk
from desks.endings.models import CaseDeletionRecord
from desks.endings.presenters import coming_deletions
from desks.endings.querysets import due_until, supervised_by
from desks.retention.periods import NOTICE_PERIOD
from victor.access import SignedInRequest, requires

if TYPE_CHECKING:
    from django.http import HttpResponse

PAGE_LENGTH = 50


@requires("desks.lead")
@require_safe
def case_retention(request: SignedInRequest, slug: str) -> HttpResponse:
    """What a desk deletes soon and what keeps it, what the law holds, and what was deleted."""
    desk = get_object_or_404(Desk.objects.for_supervisor(request.user), slug=slug)
    cases = supervised_by(request.user).filter(desk=desk)
    soon = cases.filter(erase_on__lte=timezone.localdate() + NOTICE_PERIOD).order_by("erase_on", "reference")
    records = CaseDeletionRecord.objects.filter(desk=desk).select_related("rule")
    page = Paginator(soon.select_related("desk__country"), PAGE_LENGTH).get_page(request.GET.get("soon"))
    context = {
        "desk": desk,
        "soon": coming_deletions(list(page.object_list), request.user),
        "soon_page": page,
        "holds": cases.filter(hold=True).order_by("reference"),
        "page_obj": Paginator(records, PAGE_LENGTH).get_page(request.GET.get("page")),
    }
    return render(request, "desks/endings/case_retention.html", context)


@requires("desks.view_deletions")
@require_safe
def case_deletions(request: SignedInRequest) -> HttpResponse:
    """The same of all desks for the data protection officer, by reference and date, without a word of content."""
    soon = (
        due_until(timezone.localdate() + NOTICE_PERIOD)
        .select_related("desk__country")
        .order_by("erase_on", "reference")
    )
    records = CaseDeletionRecord.objects.select_related("desk__country", "rule")
    page = Paginator(soon, PAGE_LENGTH).get_page(request.GET.get("soon"))
    context = {
        "soon": page.object_list,
        "soon_page": page,
        "holds": Case.objects.filter(hold=True).select_related("desk__country").order_by("reference"),
        "page_obj": Paginator(records, PAGE_LENGTH).get_page(request.GET.get("page")),
    }
    return render(request, "desks/endings/case_deletions.html", context)
