"""How the site answers with a public page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Page
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from victor.analytics.counter import count_as
from victor.analytics.states import Use
from victor.languages import CODES, current_language
from victor.pagecache.environ import allow_caching
from victor.pdf import png
from victor.publishing.errors import PageGone, PageMoved
from victor.publishing.models import OldSlug, PublishedVersion
from victor.publishing.querysets import PublishableQuerySet

PAGE_INFO = "victor.page_info"  # a mark in the WSGI environment


@dataclass(frozen=True)
class PageInfo:
    """What the layout needs to know of a page.

    The languages it is published in, the country it is about, the emergency numbers of all countries where the view has
    loaded them, and which page of a list it is.
    """

    published: Sequence[str] = CODES
    country: Model | None = None
    emergency: Sequence[Model] | None = None
    number: int = 1


def render_public(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    published: Sequence[str] = CODES,
    country: Model | None = None,
    emergency: Sequence[Model] | None = None,
) -> HttpResponse:
    """Render a public page in the layout. A page without a form is the same for all, so the page cache may store it."""
    allow_caching(request.META)
    list_page: Page | None = (context or {}).get("page_obj")
    page = PageInfo(published, country, emergency, list_page.number if list_page else 1)
    return _render_in_layout(request, template, context, page)


def render_discreet(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object] | None = None,
    *,
    published: Sequence[str] = CODES,
    country: Model | None = None,
    for_all: bool = True,
) -> HttpResponse:
    """Render a public page that shows that somebody looked for help.

    No browser stores it and no other site learns of it. The page cache of the server may store it where it is the same
    `for_all`.
    """
    if for_all:
        allow_caching(request.META)
    response = _render_in_layout(request, template, context, PageInfo(published, country))
    _forbid_storing(response)
    return response


def render_personal(
    request: HttpRequest, template: str, context: Mapping[str, object] | None = None, *, status: int = 200
) -> HttpResponse:
    """Render a page about one person: nothing stores it, no other site learns of it, no search engine lists it."""
    response = _render_in_layout(request, template, context, PageInfo(), status=status)
    _forbid_storing(response)
    response["X-Robots-Tag"] = "noindex"
    return response


def share_picture(title: str, summary: str) -> HttpResponse:
    """Answer with the picture that other sites show beside a link: 1200 × 630 pixels, in the active language."""
    picture = png("share", {"language": current_language(), "title": title, "summary": summary})
    return HttpResponse(picture, content_type="image/png", headers={"X-Robots-Tag": "noindex"})


def count_view(request: HttpRequest, obj: Model) -> None:
    """Count the answer to this request as a view of `obj`, in the active language."""
    count_as(request.META, obj, current_language(), Use.VIEW)


def get_published(queryset: PublishableQuerySet, slug: str) -> Any:
    """The public object at this address. The type is that of the queryset's model, which Django does not tell.

    Raises:
        PageMoved: it has another address now.
        PageGone: it was public once.
        Http404: there never was one.
    """
    if obj := queryset.published().filter(slug=slug).first():
        return obj
    content_type = ContentType.objects.get_for_model(queryset.model)
    old = OldSlug.objects.filter(content_type=content_type, slug=slug).first()
    if old and (moved := queryset.published().filter(pk=old.object_id).first()):
        raise PageMoved(moved.get_absolute_url())
    unpublished = queryset.filter(slug=slug).first()
    if unpublished:
        versions = PublishedVersion.objects.filter(content_type=content_type, object_id=unpublished.pk)
        if versions.exists():
            raise PageGone
    raise Http404


def _render_in_layout(
    request: HttpRequest, template: str, context: Mapping[str, object] | None, page: PageInfo, *, status: int = 200
) -> HttpResponse:
    request.META[PAGE_INFO] = page  # the roof's context processor reads it
    return render(request, template, context, status=status)


def _forbid_storing(response: HttpResponse) -> None:
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
