"""Public pages of the partnership."""

from __future__ import annotations

from itertools import groupby

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from partners.directory.models import Country, Network, Organisation
from partners.directory.states import Category
from victor.access import public
from victor.languages import languages_with
from victor.publishing.views import render_public

PAGE_LENGTH = 50


@public
@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """The partners by category. The query can filter by country and category."""
    countries = list(Country.objects.for_readers().with_partner_count())
    country = next((country for country in countries if country.code == request.GET.get("country")), None)
    category = next((category for category in Category if category == request.GET.get("category")), None)
    organisations = Organisation.objects.present().for_listing()
    if country:
        organisations = organisations.filter(country=country)
    if category:
        organisations = organisations.filter(category=category)
    page = Paginator(organisations, PAGE_LENGTH).get_page(request.GET.get("page"))
    groups = [
        (Category(value).label, list(members)) for value, members in groupby(page, key=lambda member: member.category)
    ]
    context = {
        "groups": groups,
        "page_obj": page,
        "countries": countries,
        "country": country,
        "categories": Category.choices,
        "category": category,
    }
    return render_public(request, "partners/directory/directory.html", context)


@public
@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """One partner: what it does in VICTOR, and how to reach it."""
    partner: Organisation = get_object_or_404(Organisation.objects.present().select_related("country"), slug=slug)
    context = {
        "organisation": partner,
        "country": partner.country,
        "lines": partner.help_lines.published().for_listing(),  # type: ignore[attr-defined]  # of a higher slice
    }
    return render_public(
        request,
        "partners/directory/organisation.html",
        context,
        published=languages_with(partner, "name", "description"),
    )


@public
@require_safe
def network(request: HttpRequest, slug: str) -> HttpResponse:
    """One network: its aims, its coordinator and its member countries."""
    shown_network: Network = get_object_or_404(Network.objects.select_related("coordinator__country"), slug=slug)
    context = {"network": shown_network, "members": shown_network.countries.order_by("position", "code")}
    return render_public(
        request,
        "partners/directory/network.html",
        context,
        published=languages_with(shown_network, "name", "description"),
    )
