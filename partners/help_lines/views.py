"""Public pages of help lines, and the page where coordinators check them."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from partners.directory.models import Country
from partners.help_lines.actions import confirm_help_line
from partners.help_lines.models import HelpLine
from partners.help_lines.other_help import other_help
from partners.help_lines.presenters import numbers_in_other_languages, other_languages
from partners.help_lines.states import Purpose
from victor.access import SignedInRequest, public, requires
from victor.accounts.errors import AccountRefusal
from victor.languages import languages_with
from victor.publishing.views import render_discreet


@public
@require_safe
def help_index(request: HttpRequest) -> HttpResponse:
    """Choose a country."""
    context = {
        "countries": Country.objects.for_readers(),
        "other_help": other_help(),
        "other_languages": other_languages(),
    }
    return render_discreet(request, "partners/help_lines/help_index.html", context)


@public
@require_safe
def help_country(request: HttpRequest, code: str) -> HttpResponse:
    """The emergency number and the published lines of a country."""
    countries = list(Country.objects.for_readers())
    country = next((country for country in countries if country.code.lower() == code), None)
    if country is None:
        raise Http404
    published = list(HelpLine.objects.published().for_listing().filter(country=country))
    context = {
        "country": country,
        "emergency": [line for line in published if line.purpose == Purpose.EMERGENCY],
        "lines": [line for line in published if line.purpose not in (Purpose.EMERGENCY, Purpose.OFFICE)],
        "other_help": other_help(country),
        "other_countries": [other for other in countries if other != country],
    }
    published_languages = languages_with(country, "name")
    return render_discreet(
        request,
        "partners/help_lines/help_country.html",
        context,
        published=published_languages,
        country=country,
    )


@public
@require_safe
def help_other_languages(request: HttpRequest) -> HttpResponse:
    """The numbers for those who read none of the site's languages."""
    context = {"other_languages": numbers_in_other_languages(Country.objects.for_readers())}
    return render_discreet(request, "partners/help_lines/help_other_languages.html", context)


@requires("partners.check_help_lines")
@require_safe
def lines_to_check(request: SignedInRequest) -> HttpResponse:
    """Lines whose check is due, of one country at a time, the oldest first."""
    lines = list(HelpLine.objects.visible_to(request.user).to_check().select_related("country", "checked_by"))
    countries = sorted({line.country for line in lines}, key=lambda country: (country.position, country.pk))
    chosen = next((country for country in countries if country.pk == request.GET.get("country")), None)
    chosen = chosen or next(iter(countries), None)
    counts = Counter(line.country_id for line in lines)
    context = {
        "countries": [(country, counts[country.pk]) for country in countries],
        "chosen": chosen,
        "lines": [line for line in lines if line.country == chosen],
    }
    return render(request, "partners/help_lines/lines_to_check.html", context)


@requires("partners.check_help_lines")
@require_POST
def confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """Confirm that a number was checked now."""
    line = get_object_or_404(HelpLine.objects.visible_to(request.user), pk=pk)
    try:
        line = confirm_help_line(line, by=request.user, number=request.POST.get("number"))
    except AccountRefusal as refusal:
        messages.error(request, str(refusal))
        return _back_to(line)
    if line.checked_by == request.user and line.last_checked == timezone.localdate():
        messages.success(request, _("%(number)s has been confirmed today.") % {"number": line.number})
    else:
        messages.warning(request, _("This has been proposed. Another coordinator has to confirm it."))
    return _back_to(line)


def _back_to(line: HelpLine) -> HttpResponse:
    """The list of the country in which somebody is at work."""
    return redirect(f"{reverse('partners:help_lines')}?{urlencode({'country': line.country_id})}")
