"""Files that people hand over: known by what is in them, whatever their name says, and pictures made anew.

A picture is decoded and written again, so that nothing is left of what cameras and programs put into it (place,
author, device, preview). One whose head promises more points than `MOST_POINTS` is refused before it is decoded.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import pgettext_lazy
from PIL import Image, ImageOps

MEGABYTE = 1024 * 1024
MOST_POINTS = 40_000_000  # A4 at 600 dots an inch
HEAD = 16  # bytes by which a format is known
QUALITY = 90
GRACE = timedelta(days=1)  # for a file whose row is being written


class Format(TextChoices):
    """What the site can hand on; the value is the ending of the file's name."""

    PDF = "pdf", "PDF"
    JPEG = "jpg", "JPEG"
    PNG = "png", "PNG"
    WEBP = "webp", "WebP"
    MP3 = "mp3", "MP3"
    MP4 = "mp4", "MP4"


class Fault(TextChoices):
    """Why a file is refused."""

    UNKNOWN = "unknown", pgettext_lazy("fault of a file", "This is not a PDF, JPEG, PNG, WebP, MP3 or MP4 file.")
    DISGUISED = "disguised", pgettext_lazy("fault of a file", "The file is not what its name says.")
    TOO_LARGE = (
        "too_large",
        pgettext_lazy("fault of a file", "The file is too large: films may have 200 MB, others 40."),
    )
    NOT_A_PICTURE = "no_picture", pgettext_lazy("fault of a file", "This is not a JPEG, PNG or WebP picture.")
    TOO_MANY_POINTS = "points", pgettext_lazy("fault of a file", "The picture has more than 40 million points.")
    BROKEN = "broken", pgettext_lazy("fault of a file", "The picture is damaged and cannot be read.")


class Refused(Exception):
    """A file is not taken: why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


SIGNATURES = {
    Format.PDF: re.compile(rb"%PDF-"),
    Format.JPEG: re.compile(rb"\xff\xd8\xff"),
    Format.PNG: re.compile(rb"\x89PNG\r\n\x1a\n"),
    Format.WEBP: re.compile(rb"RIFF.{4}WEBP", re.DOTALL),
    Format.MP3: re.compile(rb"ID3|\xff[\xf2\xf3\xfb]"),
    Format.MP4: re.compile(rb".{4}ftyp", re.DOTALL),
}
PICTURES = {Format.JPEG: "JPEG", Format.PNG: "PNG", Format.WEBP: "WEBP"}
MEDIA_TYPES = {
    Format.PDF: "application/pdf",
    Format.JPEG: "image/jpeg",
    Format.PNG: "image/png",
    Format.WEBP: "image/webp",
    Format.MP3: "audio/mpeg",
    Format.MP4: "video/mp4",
}


def most_bytes(known: Format) -> int:
    """How large a file of a format may be."""
    return (200 if known == Format.MP4 else 40) * MEGABYTE


def checked(file: Any) -> tuple[Format, File]:
    """The format of an uploaded file, and the file as it may be handed on.

    Raises:
        Refused: it is of another format, not what its name says, too large, damaged, or a picture of too many points.
    """
    known = _known(file)
    if known is None:
        raise Refused(Fault.UNKNOWN)
    if Path(file.name).suffix.lower().lstrip(".").replace("jpeg", "jpg") != known:
        raise Refused(Fault.DISGUISED)
    if file.size > most_bytes(known):
        raise Refused(Fault.TOO_LARGE)
    return known, _made_anew(file, known) if known in PICTURES else file


def checked_picture(file: Any) -> File:
    """An uploaded picture as it may be handed on.

    Raises:
        Refused: it is no picture, or `checked` refuses it.
    """
    if _known(file) not in PICTURES:
        raise Refused(Fault.NOT_A_PICTURE)
    return checked(file)[1]


def small_png(file: Any, *, width: int, height: int) -> bytes:
    """A picture of ours as PNG, no larger than that.

    Raises:
        Refused: it is no picture, or damaged.
    """
    known = _known(file)
    if known not in PICTURES:
        raise Refused(Fault.NOT_A_PICTURE)
    picture, written = _decoded(file, PICTURES[known]), BytesIO()
    picture.thumbnail((width, height))
    picture.save(written, "PNG")
    return written.getvalue()


def forget(storage: Storage, named: Collection[str]) -> int:
    """Delete the files of a storage that nothing names any more; return how many."""
    latest = timezone.now() - GRACE
    _folders, files = storage.listdir("") if storage.exists("") else ([], [])
    left = [name for name in files if name not in named and storage.get_modified_time(name) < latest]
    for name in left:
        storage.delete(name)
    return len(left)


def _known(file: Any) -> Format | None:
    """The format that a file's first bytes tell."""
    head = file.read(HEAD)
    file.seek(0)
    return next((each for each, signature in SIGNATURES.items() if signature.match(head)), None)


def _made_anew(file: Any, known: Format) -> File:
    written = BytesIO()
    _decoded(file, PICTURES[known]).save(written, PICTURES[known], quality=QUALITY)
    return ContentFile(written.getvalue(), name=file.name)


def _decoded(file: Any, form: str) -> Image.Image:
    """The picture, upright, with its points and nothing else."""
    try:
        with Image.open(file, formats=[form]) as picture:
            if picture.width * picture.height > MOST_POINTS:
                raise Refused(Fault.TOO_MANY_POINTS)
            upright = ImageOps.exif_transpose(picture)
            plain = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise Refused(Fault.TOO_MANY_POINTS) from bomb
    except (OSError, SyntaxError, ValueError) as damage:
        raise Refused(Fault.BROKEN) from damage
    plain.info.clear()
    return plain
