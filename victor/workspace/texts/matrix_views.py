"""The door of what is to be written, and of all texts × eight languages."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from victor.access import SignedInRequest, requires
from victor.languages import CODES
from victor.todo.presenters import lines_of
from victor.workspace.texts.matrix import (
    MatrixFilters,
    languages_to_write,
    matrix_rows,
    preset_language,
    texts_to_write,
)

PAGE_LENGTH = 100


@requires("publishing.write")
@require_safe
def matrix(request: SignedInRequest) -> HttpResponse:
    """What is to be written in my language, of all kinds; or every text × eight languages, narrowed by the address."""
    if language := preset_language(request.user, request.GET):
        work = languages_to_write(request.user)
        page = Paginator(texts_to_write(language), PAGE_LENGTH).get_page(request.GET.get("page"))
        context: dict[str, object] = {"language": language, "work": work, "page_obj": page, "lines": lines_of(page, {})}
        return render(request, "workspace/texts/to_write.html", context)
    filters = MatrixFilters.read(request.GET)
    page = Paginator(filters.apply(request.user), PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "page_obj": page,
        "rows": matrix_rows(page),
        "codes": CODES,
    }
    return render(request, "workspace/texts/texts.html", context)
