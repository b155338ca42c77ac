"""Get help: the country first, then whom to call."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from partners.models import Country, HelpLine
from partners.states import Purpose
from victor.access import public
from victor.publishing.languages import published_in
from victor.publishing.views import show


@public
@require_safe
def help_index(request: HttpRequest) -> HttpResponse:
    """Choose a country."""
    return show(request, "partners/help_index.html", {"countries": Country.objects.in_partnership()}, private=True)


@public
@require_safe
def help_country(request: HttpRequest, code: str) -> HttpResponse:
    """The emergency number and the lines of a country, as many as may be shown."""
    countries = list(Country.objects.in_partnership())
    country = next((each for each in countries if each.code.lower() == code), None)
    if country is None:
        raise Http404
    published = list(HelpLine.objects.published().for_listing().filter(country=country))
    context = {
        "country": country,
        "emergency": [line for line in published if line.purpose == Purpose.EMERGENCY],
        "lines": [line for line in published if line.purpose not in (Purpose.EMERGENCY, Purpose.OFFICE)],
        "other_countries": [each for each in countries if each != country],
    }
    published_languages = published_in(country, "name")
    return show(
        request, "partners/help_country.html", context, published=published_languages, country=country, private=True
    )
