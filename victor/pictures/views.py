"""Serves the sizes of pictures."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from victor.access import public
from victor.pictures.models import Picture, picture_storage
from victor.pictures.states import PictureFormat


@public
@require_safe
def size(request: HttpRequest, picture: str, width: int, form: str) -> HttpResponseBase:
    """A size of a picture, while it may be shown. Browsers store it no longer than that, and no longer than a day."""
    picture_row = get_object_or_404(Picture.objects.shown(), key=picture)
    if width not in picture_row.widths or form not in PictureFormat.values:
        raise Http404
    age = int(picture_row.consent_lifetime.total_seconds())
    return FileResponse(
        picture_storage().open(picture_row.name(width, PictureFormat(form))),
        content_type=f"image/{form}",
        headers={"Cache-Control": f"public, max-age={age}"},
    )
