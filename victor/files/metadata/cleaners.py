"""Makes copies of files without their metadata. The format is recognised by the content.

Runs in the sandbox's process only: what these modules read is hostile. They are imported when they are needed, because
a process is started for each file.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from victor.files.kinds import KINDS, OFFICE, OPEN_DOCUMENT, Kind, detect_kind
from victor.files.metadata.errors import NoCopy
from victor.files.metadata.made import Made

PICTURE_TYPES = ("jpeg", "png", "webp", "heic", "avif", "gif", "tiff", "bmp")
OFFICE_TYPES = ("wordprocessingml.document", "spreadsheetml.sheet", "presentationml.presentation")
__all__ = ["NoCopy", "clean_file", "load_readers"]

CLEANERS = {
    **{f"image/{name}": "pictures.clean_picture" for name in PICTURE_TYPES},
    **dict.fromkeys(["video/mp4", "video/quicktime", "audio/mp4"], "films.clean_film"),
    "video/webm": "webm.clean_webm",
    "application/pdf": "pdfs.clean_pdf",
    **{f"{OFFICE}{name}": "office.clean_office_file" for name in OFFICE_TYPES},
    **{f"{OPEN_DOCUMENT}{name}": "office.clean_office_file" for name in ("text", "spreadsheet", "presentation")},
    "audio/mpeg": "sound.clean_mp3",
    **dict.fromkeys(["audio/ogg", "audio/opus"], "sound.clean_ogg"),
    "audio/wav": "sound.clean_wav",
    "audio/flac": "sound.clean_flac",
    "audio/amr": "sound.clean_amr",
    "text/plain": "texts.copy_text",
}
MAIL = "message/rfc822"
IN_MAILS = ("pictures", "pdfs", "office", "sound", "films", "webm", "texts")


def clean_file(content: bytes) -> tuple[dict[str, object], bytes]:
    """What the copy is, and the copy.

    Raises:
        NoCopy: its format is none of ours, it is damaged, locked, or made to do harm.
    """
    kind = detect_kind(content)
    if kind is None:
        raise NoCopy
    copy = (
        _import_reader("texts").clean_mail(content, _clean_attachment) if kind.type == MAIL else _clean(content, kind)
    )
    return {"type": copy.type, "seconds": copy.seconds, "missing": copy.missing}, copy.content


def _clean(content: bytes, kind: Kind) -> Made:
    if kind.type not in CLEANERS:
        raise NoCopy
    module, name = CLEANERS[kind.type].split(".")
    return Made(*getattr(_import_reader(module), name)(content))


def _clean_attachment(content: bytes) -> tuple[Made, str]:
    """A copy of what is attached to a mail, and the ending of its name."""
    kind = detect_kind(content)
    if kind is None:
        raise NoCopy
    copy = _clean(content, kind)
    return copy, KINDS[copy.type].suffix


def load_readers(content: bytes) -> None:
    """Import what `clean_file` will need for this file: later nothing can be opened."""
    kind = detect_kind(content)
    if kind is None:
        return
    names = IN_MAILS if kind.type == MAIL else [CLEANERS[kind.type].split(".")[0]] if kind.type in CLEANERS else []
    for name in names:
        _import_reader(name)


def _import_reader(module: str) -> ModuleType:
    return import_module(f"victor.files.metadata.{module}")
