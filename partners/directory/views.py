"""The partnership as visitors see it."""

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
    """The partners by category, narrowed by country and category where the address asks for it."""
    countries = list(Country.objects.in_partnership().with_partner_count())
    country = next((each for each in countries if each.code == request.GET.get("country")), None)
    category = next((each for each in Category if each == request.GET.get("category")), None)
    organisations = Organisation.objects.for_listing()
    if country:
        organisations = organisations.filter(country=country)
    if category:
        organisations = organisations.filter(category=category)
    page = Paginator(organisations, PAGE_LENGTH).get_page(request.GET.get("page"))
    groups = [
        (Category(value).label, list(members)) for value, members in groupby(page, key=lambda each: each.category)
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
    """Who a partner is, what it does in VICTOR and how to reach it."""
    partner = get_object_or_404(Organisation.objects.select_related("country"), slug=slug)
    context = {
        "organisation": partner,
        "country": partner.country,
        "lines": partner.help_lines.published().for_listing(),
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
    """A network, its aims, its coordinator and its member countries."""
    found = get_object_or_404(Network.objects.select_related("coordinator__country"), slug=slug)
    context = {"network": found, "members": found.countries.order_by("position", "code")}
    return render_public(
        request, "partners/directory/network.html", context, published=languages_with(found, "name", "description")
    )
