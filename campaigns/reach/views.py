"""Activities and reach of campaigns in the workspace."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Max
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.campaigns.models import Campaign
from campaigns.reach import actions, indicators
from campaigns.reach.forms import ActivityFilterForm, ActivityForm
from campaigns.reach.models import Activity
from victor.access import SignedInRequest, require, requires
from victor.analytics.states import Use
from victor.confirmations import Confirmation, asks_first
from victor.files.downloads import answer_with_stored_file
from victor.files.states import MEDIA_TYPES, FileFormat

PAGE_LENGTH = 50


@requires("campaigns.view_reach")
@require_safe
def campaigns(request: SignedInRequest) -> HttpResponse:
    """All campaigns, with the number of their activities."""
    rows = Campaign.objects.annotate(count=Count("activities"), newest=Max("activities__date"))
    return render(request, "campaigns/reach/campaigns.html", {"campaigns": rows})


@requires("campaigns.view_reach")
@require_safe
def reach(request: SignedInRequest, slug: str) -> HttpResponse:
    """The figures of a campaign beside its targets, and its activities."""
    campaign = get_object_or_404(Campaign, slug=slug)
    form = ActivityFilterForm(request.GET)
    activities = Activity.objects.visible_to(request.user).filter(campaign=campaign).for_listing()
    page = Paginator(form.filter_queryset(activities), PAGE_LENGTH).get_page(request.GET.get("page"))
    own = [row.pk for row in page if request.user.has_perm("campaigns.record_activity", row.organisation)]
    context = {"campaign": campaign, "form": form, "page_obj": page, "own": own, **_figures_of(campaign)}
    return render(request, "campaigns/reach/reach.html", context)


@requires("campaigns.record_activity")
@require_http_methods(["GET", "HEAD", "POST"])
def new_activity(request: SignedInRequest, slug: str) -> HttpResponse:
    """Record an activity."""
    campaign = get_object_or_404(Campaign, slug=slug)
    return _answer_activity_form(request, Activity(campaign=campaign), _("The activity has been recorded."))


@requires("campaigns.record_activity")
@require_http_methods(["GET", "HEAD", "POST"])
def activity(request: SignedInRequest, pk: int) -> HttpResponse:
    """Correct an activity."""
    row = get_object_or_404(Activity.objects.visible_to(request.user), pk=pk)
    require(request.user, "campaigns.record_activity", row.organisation)
    return _answer_activity_form(request, row, _("The activity has been corrected."))


def _ask_to_remove(request: SignedInRequest, pk: int) -> Confirmation:
    row = get_object_or_404(Activity.objects.visible_to(request.user), pk=pk)
    require(request.user, "campaigns.record_activity", row.organisation)
    return Confirmation(
        question=_("Delete this activity?"),
        consequences=(
            _("It no longer counts in the results of the campaign. Its evidence is deleted too."),
            _("This cannot be undone."),
        ),
        verb=_("Delete the activity"),
        back=reverse("campaigns:activity", args=[pk]),
    )


@requires("campaigns.record_activity")
@require_POST
@asks_first(_ask_to_remove)
def remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Delete an activity."""
    row = get_object_or_404(Activity.objects.visible_to(request.user), pk=pk)
    actions.remove_activity(row, by=request.user)
    messages.success(request, _("The activity has been removed."))
    return redirect("campaigns:reach", row.campaign.slug)


@requires("campaigns.read_evidence")
@require_safe
def evidence(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Download the evidence of an activity, for its organisation and coordinators."""
    row = get_object_or_404(Activity.objects.visible_to(request.user).exclude(evidence=""), pk=pk)
    require(request.user, "campaigns.read_evidence", row.organisation)
    file_format = FileFormat(row.evidence_format)
    name = f"{row.date}-{row.measure}.{file_format}"
    return answer_with_stored_file(name, row.evidence, MEDIA_TYPES[file_format])


def _answer_activity_form(request: SignedInRequest, activity: Activity, success_text: str) -> HttpResponse:
    form = ActivityForm(request.POST or None, request.FILES or None, instance=activity, by=request.user)
    if request.method == "POST" and form.is_valid():
        actions.record_activity(form.save(commit=False), by=request.user)
        messages.success(request, success_text)
        return redirect("campaigns:reach", activity.campaign.slug)
    return render(request, "campaigns/reach/activity.html", {"form": form, "activity": activity})


def _figures_of(campaign: Campaign) -> dict[str, object]:
    weeks = indicators.weeks_of_readers(campaign)
    return {
        "progress": indicators.progress_of(campaign),
        "by_country": indicators.figures_by_country(campaign),
        "weeks": weeks,
        "pages": [week.numbers[Use.VIEW] for week in weeks],
        "by_language": indicators.readers_by_language(campaign),
        "uses": Use,
    }
