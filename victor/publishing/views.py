"""How a public page is answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from victor.analytics.counter import count_as
from victor.analytics.states import Use
from victor.languages import CODES, current_language
from victor.pagecache.environ import allow_caching
from victor.pdf import png
from victor.publishing.models import OldSlug, PublishedVersion
from victor.publishing.querysets import PublishableQuerySet


@dataclass(frozen=True)
class PageInfo:
    """What the shell must know of a page: the languages it is published in, the country it is about, and the emergency
    numbers of all countries where the page has read them."""

    published: Sequence[str] = CODES
    country: Any = None
    emergency: Sequence[Any] | None = None


def render_public(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    published: Sequence[str] = CODES,
    country: Any = None,
    emergency: Sequence[Any] | None = None,
    private: bool = False,
    counted: Model | None = None,
) -> HttpResponse:
    """Render a public page within the shell.

    `private` pages say that somebody looked for help: they are never stored by a browser or told to another site.
    Pages without a form are the same for all and kept by the page cache; readers of a `counted` thing are counted.
    """
    allow_caching(request.META)
    request.page = PageInfo(published, country, emergency)  # type: ignore[attr-defined]  # which the shell reads
    response = render(request, template, context)
    if counted:
        count_as(request.META, counted, current_language(), Use.VIEW)
    if private:
        _forbid_storing(response)
    return response


def render_personal(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """Render a page about one person: nobody keeps it, no other site is told of it, no search engine lists it."""
    request.page = PageInfo()  # type: ignore[attr-defined]  # which the shell reads
    response = render(request, template, context, status=status)
    _forbid_storing(response)
    response["X-Robots-Tag"] = "noindex"
    return response


def share_picture(title: str, summary: str) -> HttpResponse:
    """Answer with the picture that other sites show beside a link: 1200 × 630 pixels, in the active language."""
    picture = png("share", {"language": current_language(), "title": title, "summary": summary})
    return HttpResponse(picture, content_type="image/png", headers={"X-Robots-Tag": "noindex"})


def _forbid_storing(response: HttpResponse) -> None:
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"


def get_published_or_redirect(request: HttpRequest, queryset: PublishableQuerySet, slug: str) -> Any:
    """The public thing at this address; or the answer that says where it is now, or that it is gone.

    Raises:
        Http404: there never was one.
    """
    if found := queryset.published().filter(slug=slug).first():
        return found
    kind = ContentType.objects.get_for_model(queryset.model)
    old = OldSlug.objects.filter(content_type=kind, slug=slug).first()
    if old and (moved := queryset.published().filter(pk=old.object_id).first()):
        return HttpResponsePermanentRedirect(moved.get_absolute_url())
    once = queryset.filter(slug=slug).first()
    if once and PublishedVersion.objects.filter(content_type=kind, object_id=once.pk).exists():
        return render(request, "404.html", status=410)
    raise Http404
