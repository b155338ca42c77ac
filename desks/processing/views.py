"""The register of processing, as a page and as a PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from desks.processing.presenters import (
    periods,
    plain_tables,
    receipts,
    register_pdf,
    rights_of_roles,
    structure_columns,
)
from victor.access import SignedInRequest, requires
from victor.files.downloads import PDF, answer_with_file

if TYPE_CHECKING:
    from django.http import HttpResponse


@requires("desks.view_processing")
@require_safe
def register(request: SignedInRequest) -> HttpResponse:
    """What is processed of cases, why, how long it is kept, who may do what, and what goes out."""
    context = {
        "tables": plain_tables(),
        "structure": structure_columns(),
        "periods": periods(),
        "receipts": receipts(),
        "roles": rights_of_roles(),
        "today": timezone.localdate(),
    }
    return render(request, "desks/processing/register.html", context)


@requires("desks.view_processing")
@require_safe
def register_file(request: SignedInRequest) -> HttpResponse:
    """The same as a PDF, in the reader's language."""
    return answer_with_file("register.pdf", register_pdf(), PDF)
