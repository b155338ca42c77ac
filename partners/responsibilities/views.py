"""Pages of the directory: for visitors; whom to turn to in a country, one entry, propose, change, check, return."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.directory.models import Country
from partners.responsibilities import actions
from partners.responsibilities.forms import ChangeForm, DirectoryFilterForm, ResponsibilityForm, ReturnForm
from partners.responsibilities.models import Responsibility
from partners.responsibilities.presenters import CountryDirectory, EntryPage, VisitorsDirectory
from victor.access import SignedInRequest, public, requires
from victor.accounts.errors import AccountRefusal
from victor.languages import languages_with
from victor.publishing.views import render_discreet

STEPS = {"confirm": actions.confirm_responsibility, "check": actions.check_responsibility}
MESSAGES = {
    "confirm": gettext_lazy("You have confirmed this entry. Another person has to check it."),
    "check": gettext_lazy("You have checked this entry today. It will be asked about again in 180 days."),
}
PROPOSED = gettext_lazy("This has been proposed. Someone else checks it.")


@public
@require_safe
def who_is_responsible(request: HttpRequest, code: str) -> HttpResponse:
    """The public bodies of a country that a second person has checked, for visitors."""
    country = get_object_or_404(Country.objects.in_partnership(), code=code.upper())
    context = {"country": country, "directory": VisitorsDirectory.of(country)}
    published = languages_with(country, "name")
    template = "partners/responsibilities/who_is_responsible.html"
    return render_discreet(request, template, context, published=published, country=country)


@requires("partners.view_responsibilities")
@require_safe
def responsibilities(request: SignedInRequest) -> HttpResponse:
    """Whom to turn to in a country, for a need."""
    form = DirectoryFilterForm(request.GET or None)
    if form.chosen_country is None:
        raise Http404
    directory = CountryDirectory.of(form.chosen_country, form.chosen_need, request.user)
    context = {"form": form, "directory": directory, "country": form.chosen_country}
    return render(request, "partners/responsibilities/responsibilities.html", context)


@requires("partners.view_responsibilities")
@require_safe
def responsibility(request: SignedInRequest, pk: int) -> HttpResponse:
    """One entry: what it says, where it comes from, who has checked it, and what can be done."""
    return _entry_page(request, _get_entry(request, pk), ReturnForm())


@requires("partners.propose_responsibility")
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: SignedInRequest) -> HttpResponse:
    """Propose a new entry."""
    form = ResponsibilityForm(request.POST or None, initial={"country": request.GET.get("country")})
    if request.method == "POST" and form.is_valid():
        entry = actions.propose_responsibility(form.save(commit=False), by=request.user)
        messages.success(request, PROPOSED)
        return redirect(entry)
    return render(request, "partners/responsibilities/propose.html", {"form": form})


@requires("partners.propose_responsibility")
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Propose a change of an entry, which stays as it is until somebody else has checked the change."""
    entry = _get_entry(request, pk)
    form = ChangeForm(request.POST or None, instance=_get_entry(request, pk))
    if request.method == "POST" and form.is_valid():
        try:
            proposed = actions.propose_responsibility(form.save(commit=False), by=request.user, replaces=entry)
        except AccountRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, PROPOSED)
            return redirect(proposed)
    return render(request, "partners/responsibilities/propose.html", {"form": form, "entry": entry})


@requires("partners.check_responsibility")
@require_POST
def decide(request: SignedInRequest, pk: int, step: str) -> HttpResponse:
    """Confirm an entry as the first person, or check it as the second."""
    entry = _get_entry(request, pk)
    try:
        STEPS[step](entry, by=request.user)
    except AccountRefusal as refusal:
        messages.error(request, str(refusal))
        return redirect(entry)
    messages.success(request, MESSAGES[step])
    return redirect(f"{reverse('partners:responsibilities')}?{urlencode({'country': entry.country_id})}")


@requires("partners.return_responsibility")
@require_POST
def send_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Return a proposal with a reason."""
    entry = _get_entry(request, pk)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _entry_page(request, entry, form)
    try:
        actions.return_responsibility(entry, form.cleaned_data["reason"], by=request.user)
    except AccountRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The proposal has been returned. Nothing else has changed."))
    return redirect(entry)


def _get_entry(request: SignedInRequest, pk: int) -> Responsibility:
    entries = Responsibility.objects.visible_to(request.user).for_listing().select_related("replaces")
    return get_object_or_404(entries, pk=pk)


def _entry_page(request: SignedInRequest, entry: Responsibility, form: ReturnForm) -> HttpResponse:
    context = {"page": EntryPage.of(entry, request.user), "entry": entry, "form": form}
    status = 422 if form.errors else 200
    return render(request, "partners/responsibilities/responsibility.html", context, status=status)
