"""Downloads of the files of materials."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from campaigns.materials.models import MaterialFile
from victor.access import public
from victor.analytics.counter import count_as
from victor.analytics.states import Use
from victor.files.states import MEDIA_TYPES, FileFormat


@public
@require_safe
def material(request: HttpRequest, slug: str, language: str) -> HttpResponseBase:
    """Download a material's file in one language."""
    files = MaterialFile.objects.published().select_related("material")
    file = get_object_or_404(files, material__slug=slug, language=language)
    count_as(request.META, file.material, language, Use.DOWNLOAD)
    return FileResponse(
        file.file.open(),
        as_attachment=True,
        filename=file.name,
        content_type=MEDIA_TYPES[FileFormat(file.format)],
        headers={"X-Robots-Tag": "noindex"},
    )
