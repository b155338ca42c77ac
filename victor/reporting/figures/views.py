"""The public page of figures, its files, and how a release looks before it goes out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from victor.access import SignedInRequest, public, requires
from victor.files.states import CSV_TYPE
from victor.forms.numbers import read_digits
from victor.pagecache.environ import allow_caching
from victor.publishing.views import render_public
from victor.reporting.figures import exports
from victor.reporting.figures.presenters import FiguresPage
from victor.reporting.releases.models import Release
from victor.reporting.releases.presenters import figures_of

if TYPE_CHECKING:
    from django.http import HttpRequest

SCHEMA = Path(__file__).resolve().parent / "data" / "figures.schema.json"
JSON_TYPE = "application/json"


@public
@require_safe
def figures(request: HttpRequest, number: str = "") -> HttpResponse:
    """The figures of the latest release, or of an earlier one."""
    newest = Release.objects.public().first()
    release = _get_public(number) if number else newest
    page = FiguresPage.of(release, _newer(release, newest)) if release else None
    return render_public(request, "reporting/figures/figures.html", {"page": page, "number": number})


@public
@require_safe
def as_csv(request: HttpRequest, number: str) -> HttpResponse:
    """The figures of a release in one table, in the reader's language."""
    release = _get_public(number)
    allow_caching(request.META)
    return _file(f"victor-figures-{release.label}.csv", exports.as_csv(figures_of(release)), CSV_TYPE)


@public
@require_safe
def as_json(request: HttpRequest, number: str) -> HttpResponse:
    """What the release has stored, byte by byte: its digest is that of this file."""
    release = _get_public(number)
    allow_caching(request.META)
    return _file(f"victor-figures-{release.label}.json", release.content, JSON_TYPE)


@public
@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """What the JSON of a release looks like."""
    return HttpResponse(json.dumps(json.loads(SCHEMA.read_text())), content_type="application/schema+json")


@requires("reporting.view_releases")
@require_safe
def preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """A release as its readers will see it."""
    release = get_object_or_404(Release.objects.visible_to(request.user), pk=pk)
    if not release.content:
        raise Http404
    context = {"page": FiguresPage.of(release), "release": release}
    return render(request, "reporting/figures/preview.html", context)


def _get_public(number: str) -> Release:
    """The public release that people call by this number: 4, or 4.1."""
    whole, _dot, correction = number.partition(".")
    first, second = read_digits(whole), read_digits(correction or "0")
    if first is None or second is None or len(number) > len("0000.0000"):
        raise Http404
    release: Release | None = Release.objects.public().filter(number=first, correction=second).first()
    if release is None or release.label != number:
        raise Http404
    return release


def _newer(release: Release | None, newest: Release | None) -> Release | None:
    """The release that has taken the place of this one, where one has."""
    return None if release is None or release == newest else newest


def _file(name: str, content: str, content_type: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": f'inline; filename="{name}"'}
    )
