"""Checks uploaded files by their content, whatever their name says, and encodes pictures again.

A picture is decoded and encoded again, so that its metadata is lost: place, author, device, preview. A picture whose
header declares more than `MAX_PIXELS` is refused before it is decoded.
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import IO, cast

from django.core.files.base import ContentFile, File
from PIL import Image, ImageOps

from victor.files.errors import FileRefused
from victor.files.states import FileFormat, UploadFault

MEGABYTE = 1024 * 1024
MAX_PIXELS = 40_000_000  # A4 at 600 dots an inch
HEAD_BYTES = 16  # by which a format is recognised
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


def max_bytes(file_format: FileFormat) -> int:
    """The largest size of a file of a format, in bytes."""
    return (200 if file_format == FileFormat.MP4 else 40) * MEGABYTE


def check_upload(file: File) -> tuple[FileFormat, File]:
    """The format of an uploaded file, and the file as it may be published.

    Raises:
        FileRefused: its format is unknown or not that of its name, it is too large or damaged, or has too many pixels.
    """
    file_format = _detect_format(file)
    if file_format is None:
        raise FileRefused(UploadFault.UNKNOWN)
    if Path(file.name or "").suffix.lower().lstrip(".").replace("jpeg", "jpg") != file_format:
        raise FileRefused(UploadFault.DISGUISED)
    if file.size > max_bytes(file_format):
        raise FileRefused(UploadFault.TOO_LARGE)
    return file_format, _reencode(file, file_format) if file_format in PICTURE_FORMATS else file


def check_picture(file: File) -> File:
    """An uploaded picture as it may be published.

    Raises:
        FileRefused: it is not a picture, or `check_upload` refuses it.
    """
    if _detect_format(file) not in PICTURE_FORMATS:
        raise FileRefused(UploadFault.NOT_A_PICTURE)
    return check_upload(file)[1]


def small_png(file: File, *, width: int, height: int) -> bytes:
    """A picture as PNG, scaled down to fit the width and height in pixels.

    Raises:
        FileRefused: it is not a picture, or is damaged.
    """
    file_format = _detect_format(file)
    if file_format not in PICTURE_FORMATS:
        raise FileRefused(UploadFault.NOT_A_PICTURE)
    picture, buffer = _decode(file, PICTURE_FORMATS[file_format]), BytesIO()
    picture.thumbnail((width, height))
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def _detect_format(file: File) -> FileFormat | None:
    """The format, by the first bytes of the file."""
    head = file.read(HEAD_BYTES)
    file.seek(0)
    return next((file_format for file_format, signature in SIGNATURES.items() if signature.match(head)), None)


def _reencode(file: File, file_format: FileFormat) -> File:
    codec, buffer = PICTURE_FORMATS[file_format], BytesIO()
    _decode(file, codec).save(buffer, codec, quality=QUALITY)
    return ContentFile(buffer.getvalue(), name=file.name)


def _decode(file: File, codec: str) -> Image.Image:
    """The picture, turned upright, with its pixels and nothing else."""
    try:
        with Image.open(cast("IO[bytes]", file), formats=[codec]) as picture:
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
