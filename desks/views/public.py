"""Desks as visitors see them: whether one is open, how to reach it, and what it can do."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from desks import calendars
from desks.models import Desk
from partners.models import HelpLine
from partners.states import Purpose
from victor.access import public
from victor.publishing.languages import published_in
from victor.publishing.views import find, show


@public
@require_safe
def desks(request: HttpRequest) -> HttpResponse:
    """Every desk, by country: open now?, in which languages, how to reach it."""
    found = list(Desk.objects.for_listing())
    hosts = {desk.organisation_id for desk in found}
    lines = list(HelpLine.objects.for_help().filter(organisation__in=hosts)) if hosts else []
    for desk in found:
        desk.lines = [line for line in lines if _answers(line, desk)]
    countries = [(country, list(same)) for country, same in groupby(found, key=lambda desk: desk.country)]
    return show(request, "desks/desks.html", {"countries": countries}, private=True)


@public
@require_safe
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """One desk: whether somebody is there, how to reach it, what happens then, and what it cannot do."""
    found = _found(request, slug)
    if isinstance(found, HttpResponse):
        return found
    lines = list(_lines(found))
    context = {
        "desk": found,
        "lines": lines,
        "week": calendars.week(found),
        "closed": calendars.closed_days(found),
        "schema": calendars.schema(found, lines),
    }
    return _page(request, "desks/desk.html", context, "summary", "how", "limits")


@public
@require_safe
def children(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for a child: the numbers first, few words."""
    found = _found(request, slug)
    if isinstance(found, HttpResponse):
        return found
    lines = HelpLine.objects.for_help().filter(country=found.country_id)
    theirs = lines.filter(Q(organisation=found.organisation_id) | Q(purpose=Purpose.CHILDREN))
    first = sorted(theirs, key=lambda line: line.purpose != Purpose.CHILDREN)
    return _page(request, "desks/children.html", {"desk": found, "lines": first}, "for_children")


@public
@require_safe
def professionals(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for those who work with children: whom to notify within how many hours, and how to refer."""
    found = _found(request, slug)
    if isinstance(found, HttpResponse):
        return found
    context = {"desk": found, "lines": _lines(found), "hours": found.country.notify_hours}
    return _page(request, "desks/professionals.html", context, "for_professionals")


def _found(request: HttpRequest, slug: str) -> Any:
    desks = Desk.objects.select_related("country", "organisation").prefetch_related("opening_hours", "closures")
    return find(request, desks, slug)


def _lines(desk: Desk) -> Any:
    """The numbers at which the desk's people answer."""
    return HelpLine.objects.for_help().filter(organisation=desk.organisation_id, country=desk.country_id)


def _answers(line: HelpLine, desk: Desk) -> bool:
    return (line.organisation_id, line.country_id) == (desk.organisation_id, desk.country_id)


def _page(request: HttpRequest, template: str, context: dict[str, Any], *texts: str) -> HttpResponse:
    """A page about one desk, in the languages in which these texts are public."""
    published = published_in(context["desk"], "title", *texts)
    return show(request, template, context, published=published, country=context["desk"].country, private=True)
