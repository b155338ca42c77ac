"""Files that people hand over: known by what is in them, whatever their name says, and pictures made anew.

A picture is decoded and written again, so that nothing is left of what cameras and programs put into it (place,
author, device, preview). One whose head promises more points than `MOST_POINTS` is refused before it is decoded.
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile, File
from PIL import Image, ImageOps

from victor.files.errors import FileRefused
from victor.files.states import FileFormat, UploadFault

MEGABYTE = 1024 * 1024
MAX_PIXELS = 40_000_000  # A4 at 600 dots an inch
HEAD_BYTES = 16  # bytes by which a format is known
QUALITY = 90
SIGNATURES = {
    FileFormat.PDF: re.compile(rb"%PDF-"),
    FileFormat.JPEG: re.compile(rb"\xff\xd8\xff"),
    FileFormat.PNG: re.compile(rb"\x89PNG\r\n\x1a\n"),
    FileFormat.WEBP: re.compile(rb"RIFF.{4}WEBP", re.DOTALL),
    FileFormat.MP3: re.compile(rb"ID3|\xff[\xf2\xf3\xfb]"),
    FileFormat.MP4: re.compile(rb".{4}ftyp", re.DOTALL),
}
PICTURE_FORMATS = {FileFormat.JPEG: "JPEG", FileFormat.PNG: "PNG", FileFormat.WEBP: "WEBP"}


def max_bytes(known: FileFormat) -> int:
    """How large a file of a format may be."""
    return (200 if known == FileFormat.MP4 else 40) * MEGABYTE


def check_upload(file: Any) -> tuple[FileFormat, File]:
    """The format of an uploaded file, and the file as it may be handed on.

    Raises:
        Refused: it is of another format, not what its name says, too large, damaged, or a picture of too many points.
    """
    known = _detect_format(file)
    if known is None:
        raise FileRefused(UploadFault.UNKNOWN)
    if Path(file.name).suffix.lower().lstrip(".").replace("jpeg", "jpg") != known:
        raise FileRefused(UploadFault.DISGUISED)
    if file.size > max_bytes(known):
        raise FileRefused(UploadFault.TOO_LARGE)
    return known, _reencode(file, known) if known in PICTURE_FORMATS else file


def check_picture(file: Any) -> File:
    """An uploaded picture as it may be handed on.

    Raises:
        Refused: it is no picture, or `checked` refuses it.
    """
    if _detect_format(file) not in PICTURE_FORMATS:
        raise FileRefused(UploadFault.NOT_A_PICTURE)
    return check_upload(file)[1]


def small_png(file: Any, *, width: int, height: int) -> bytes:
    """A picture of ours as PNG, no larger than that.

    Raises:
        Refused: it is no picture, or damaged.
    """
    known = _detect_format(file)
    if known not in PICTURE_FORMATS:
        raise FileRefused(UploadFault.NOT_A_PICTURE)
    picture, written = _decode(file, PICTURE_FORMATS[known]), BytesIO()
    picture.thumbnail((width, height))
    picture.save(written, "PNG")
    return written.getvalue()


def _detect_format(file: Any) -> FileFormat | None:
    """The format that a file's first bytes tell."""
    head = file.read(HEAD_BYTES)
    file.seek(0)
    return next((each for each, signature in SIGNATURES.items() if signature.match(head)), None)


def _reencode(file: Any, known: FileFormat) -> File:
    written = BytesIO()
    _decode(file, PICTURE_FORMATS[known]).save(written, PICTURE_FORMATS[known], quality=QUALITY)
    return ContentFile(written.getvalue(), name=file.name)


def _decode(file: Any, form: str) -> Image.Image:
    """The picture, upright, with its points and nothing else."""
    try:
        with Image.open(file, formats=[form]) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise FileRefused(UploadFault.TOO_MANY_POINTS)
            upright = ImageOps.exif_transpose(picture)
            plain = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise FileRefused(UploadFault.TOO_MANY_POINTS) from bomb
    except (OSError, SyntaxError, ValueError) as damage:
        raise FileRefused(UploadFault.BROKEN) from damage
    plain.info.clear()
    return plain
