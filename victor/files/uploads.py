"""Checks uploaded files by their content, whatever their name says, and encodes pictures again.

A picture is decoded and encoded again, so that its metadata is lost: place, author, device, preview. A process of its
own does that (`sandbox.py`). A picture whose header declares more than `MAX_PIXELS` is refused before it is decoded.
A picture gets the ending of what it is: cameras and programs often give it another one.
"""

from __future__ import annotations

import re
from pathlib import Path

from django.core.files.base import ContentFile, File

from victor.files.errors import FileRefused
from victor.files.kinds import detect_kind
from victor.files.sandbox import Answer, SandboxFailed, run_in_sandbox
from victor.files.states import FileFormat, UploadFault

MEGABYTE = 1024 * 1024
MAX_PIXELS = 40_000_000  # A4 at 600 dots an inch
HEAD_BYTES = 4096  # by which a format is recognised
SIGNATURES = {
    FileFormat.PDF: re.compile(rb"%PDF-"),
    FileFormat.MP3: re.compile(rb"ID3|\xff[\xf2\xf3\xfb]"),
    FileFormat.MP4: re.compile(rb".{4}ftyp", re.DOTALL),
}
PICTURES = {"image/jpeg", "image/png", "image/webp", "image/heic", "image/avif", "image/gif", "image/tiff", "image/bmp"}
PICTURE_FORMATS = {"image/jpeg": FileFormat.JPEG, "image/png": FileFormat.PNG, "image/webp": FileFormat.WEBP}
PICTURE_ENDINGS = {"jpg", "jpeg", "jpe", "jfif", "png", "webp", "heic", "heif", "avif", "gif", "tif", "tiff", "bmp", ""}


def max_bytes(file_format: FileFormat) -> int:
    """The largest size of a file of a format, in bytes."""
    return (200 if file_format == FileFormat.MP4 else 40) * MEGABYTE


def check_upload(file: File, *, as_it_is: bool = False) -> tuple[FileFormat, File]:
    """The format of an uploaded file, and the file as it may be published.

    `as_it_is` leaves a picture as it was sent: somebody vouches for it, for example for colours that are for print.

    Raises:
        FileRefused: its format is unknown or not that of its name, it is too large or damaged, or has too many pixels.
    """
    if _is_picture(file):
        picture_format, plain = _reencode(file)
        is_own = as_it_is and _detect_format(file) == picture_format
        return picture_format, file if is_own else plain
    file_format = _detect_format(file)
    if file_format is None:
        raise FileRefused(UploadFault.UNKNOWN)
    if _ending(file) != file_format:
        raise FileRefused(UploadFault.DISGUISED)
    if file.size > max_bytes(file_format):
        raise FileRefused(UploadFault.TOO_LARGE)
    return file_format, file


def check_picture(file: File) -> File:
    """An uploaded picture as it may be published.

    Raises:
        FileRefused: it is not a picture, or `check_upload` refuses it.
    """
    if not _is_picture(file):
        raise FileRefused(UploadFault.NOT_A_PICTURE)
    return _reencode(file)[1]


def small_png(file: File, *, width: int, height: int) -> bytes:
    """A picture as PNG, scaled down to fit the width and height in pixels.

    Raises:
        FileRefused: it is not a picture, or is damaged.
    """
    if not _is_picture(file):
        raise FileRefused(UploadFault.NOT_A_PICTURE)
    return _decode("png", file, width=width, height=height).content


def _is_picture(file: File) -> bool:
    kind = detect_kind(_head(file))
    return kind is not None and kind.type in PICTURES


def _detect_format(file: File) -> FileFormat | None:
    """The format, by the first bytes of the file."""
    head, kind = _head(file), detect_kind(_head(file))
    if kind is not None and kind.type in PICTURE_FORMATS:
        return PICTURE_FORMATS[kind.type]
    return next((file_format for file_format, signature in SIGNATURES.items() if signature.match(head)), None)


def _head(file: File) -> bytes:
    head = file.read(HEAD_BYTES)
    file.seek(0)
    return head


def _ending(file: File) -> str:
    return Path(file.name or "").suffix.lower().lstrip(".")


def _reencode(file: File) -> tuple[FileFormat, File]:
    if _ending(file) not in PICTURE_ENDINGS:
        raise FileRefused(UploadFault.DISGUISED)
    if file.size > max_bytes(FileFormat.JPEG):
        raise FileRefused(UploadFault.TOO_LARGE)
    answer = _decode("picture", file)
    file_format = PICTURE_FORMATS[str(answer.about["type"])]
    return file_format, ContentFile(answer.content, name=str(Path(file.name or "").with_suffix(f".{file_format}")))


def _decode(task: str, file: File, **options: int) -> Answer:
    """A picture as a process of its own has read it."""
    content = file.read()
    file.seek(0)
    try:
        answer = run_in_sandbox(task, content, max_pixels=MAX_PIXELS, **options)
    except SandboxFailed as failure:
        raise FileRefused(UploadFault.BROKEN) from failure
    if answer.about.get("fault"):
        raise FileRefused(UploadFault.TOO_MANY_POINTS)
    return answer
