"""What partner staff record of a campaign, and what it reached."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Max
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.campaigns.models import Campaign
from campaigns.reach import actions, indicators
from campaigns.reach.forms import ActivityFilterForm, ActivityForm
from campaigns.reach.models import Activity
from victor.access import require, requires
from victor.analytics.states import Use
from victor.files.states import MEDIA_TYPES, FileFormat

PAGE_LENGTH = 50


@requires("campaigns.view_reach")
@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    """Every campaign, with how much is recorded of it."""
    found = Campaign.objects.annotate(count=Count("activities"), newest=Max("activities__date"))
    return render(request, "campaigns/reach/campaigns.html", {"campaigns": found})


@requires("campaigns.view_reach")
@require_safe
def reach(request: HttpRequest, slug: str) -> HttpResponse:
    """What a campaign reached, beside what it was to reach; and every activity."""
    campaign = get_object_or_404(Campaign, slug=slug)
    form = ActivityFilterForm(request.GET)
    activities = Activity.objects.visible_to(request.user).filter(campaign=campaign).for_listing()
    page = Paginator(form.narrow(activities), PAGE_LENGTH).get_page(request.GET.get("page"))
    own = [each.pk for each in page if request.user.has_perm("campaigns.record_activity", each.organisation)]
    context = {"campaign": campaign, "form": form, "page_obj": page, "own": own, **_figures_of(campaign)}
    return render(request, "campaigns/reach/reach.html", context)


@requires("campaigns.record_activity")
@require_http_methods(["GET", "HEAD", "POST"])
def new_activity(request: HttpRequest, slug: str) -> HttpResponse:
    """Record an activity."""
    campaign = get_object_or_404(Campaign, slug=slug)
    return _answer_activity_form(request, Activity(campaign=campaign), _("The activity has been recorded."))


@requires("campaigns.record_activity")
@require_http_methods(["GET", "HEAD", "POST"])
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an activity."""
    found = get_object_or_404(Activity.objects.visible_to(request.user), pk=pk)
    require(request.user, "campaigns.record_activity", found.organisation)
    return _answer_activity_form(request, found, _("The activity has been corrected."))


@requires("campaigns.record_activity")
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an activity back."""
    found = get_object_or_404(Activity.objects.visible_to(request.user), pk=pk)
    actions.remove_activity(found, by=request.user)
    messages.success(request, _("The activity has been removed."))
    return redirect("campaigns:reach", found.campaign.slug)


@requires("campaigns.read_evidence")
@require_safe
def evidence(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The evidence of an activity, for those whose it is."""
    found = get_object_or_404(Activity.objects.visible_to(request.user).exclude(evidence=""), pk=pk)
    require(request.user, "campaigns.read_evidence", found.organisation)
    known = FileFormat(found.evidence_format)
    name = f"{found.date}-{found.measure}.{known}"
    return FileResponse(found.evidence.open(), as_attachment=True, filename=name, content_type=MEDIA_TYPES[known])


def _answer_activity_form(request: HttpRequest, activity: Any, said: str) -> HttpResponse:
    form = ActivityForm(request.POST or None, request.FILES or None, instance=activity, by=request.user)
    if request.method == "POST" and form.is_valid():
        actions.record_activity(form.save(commit=False), by=request.user)
        messages.success(request, said)
        return redirect("campaigns:reach", activity.campaign.slug)
    return render(request, "campaigns/reach/activity.html", {"form": form, "activity": activity})


def _figures_of(campaign: Campaign) -> dict[str, Any]:
    weeks = indicators.weeks_of_readers(campaign)
    return {
        "progress": indicators.progress_of(campaign),
        "by_country": indicators.figures_by_country(campaign),
        "weeks": weeks,
        "pages": [week.numbers[Use.VIEW] for week in weeks],
        "by_language": indicators.readers_by_language(campaign),
        "uses": Use,
    }
