"""How a public page is answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from victor.publishing.languages import CODES


@dataclass(frozen=True)
class Page:
    """What the shell must know of a page: the languages it is published in, and the country it is about."""

    published: Sequence[str] = CODES
    country: Any = None


def show(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    published: Sequence[str] = CODES,
    country: Any = None,
    private: bool = False,
) -> HttpResponse:
    """Render a public page within the shell.

    `private` pages say that somebody looked for help: they are never stored by a browser or told to another site.
    """
    request.page = Page(published, country)  # type: ignore[attr-defined]
    response = render(request, template, context)
    if private:
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
    return response
