"""The register of processing, as a page and as a PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from desks.processing.presenters import register_content, register_pdf
from victor.access import SignedInRequest, requires
from victor.files.downloads import PDF, answer_with_file

if TYPE_CHECKING:
    from django.http import HttpResponse


@requires("desks.view_processing")
@require_safe
def register(request: SignedInRequest) -> HttpResponse:
    """What is processed of cases, why, how long it is kept, who may do what, and what goes out."""
    return render(request, "desks/processing/register.html", {"register": register_content()})


@requires("desks.view_processing")
@require_safe
def register_file(request: SignedInRequest) -> HttpResponse:
    """The same as a PDF, in the reader's language."""
    return answer_with_file("register.pdf", register_pdf(), PDF)
