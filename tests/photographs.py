"""Photographs as cameras write them, for tests of what becomes of them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from victor.access import System
from victor.files.uploads import check_picture
from victor.pictures.actions import add_picture
from victor.pictures.models import Picture
from victor.pictures.tasks import make_sizes

CANARY = "Canary Street 7"
GPS, ARTIST = 0x8825, 0x013B


def photograph(*, size: tuple[int, int] = (400, 200), form: str = "JPEG") -> bytes:
    """A picture that tells where it was taken and by whom."""
    exif = Image.Exif()
    exif[ARTIST] = CANARY
    exif.get_ifd(GPS).update({1: "N", 2: (37.0, 58.0, 0.0)})
    written = BytesIO()
    Image.radial_gradient("L").resize(size).convert("RGB").save(written, form, exif=exif)
    return written.getvalue()


def upload(name: str = "IMG_0001.jpg", **given: Any) -> SimpleUploadedFile:
    """What a browser sends."""
    return SimpleUploadedFile(name, photograph(**given))


def waiting_picture(*, by: Any = System("test"), size: tuple[int, int] = (400, 200), **given: Any) -> Picture:  # noqa: B008 - it never changes
    """A picture whose sizes nobody has made yet."""
    fields = {"description": "A bridge", "credit": "VICTOR, CC BY 4.0", "focus": (50, 50)} | given
    return add_picture(check_picture(upload(size=size)), by=by, **fields)


def ready_picture(*, named: dict[str, Any] | None = None, **given: Any) -> Picture:
    """A picture as visitors see it; `named` is what its row and its addresses carry."""
    picture = waiting_picture(**given)
    if named:
        Picture.objects.filter(pk=picture.pk).update(**named)
        picture = Picture.objects.get(**named)
    make_sizes(picture.pk)
    picture.refresh_from_db()
    return picture
