"""Makes copies of files without their metadata. The format is recognised by the content.

Runs in the sandbox's process only: what these modules read is hostile. They are imported when they are needed, because
a process is started for each file.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from victor.files.kinds import OFFICE, OPEN_DOCUMENT, detect_kind
from victor.files.metadata.errors import NoCopy
from victor.files.metadata.made import Made

__all__ = ["NoCopy", "clean_file", "load_readers"]

PICTURES, FILMS = "pictures.clean_picture", "films.clean_film"
CLEANERS = {
    **dict.fromkeys(
        (f"image/{name}" for name in ("jpeg", "png", "webp", "heic", "avif", "gif", "tiff", "bmp")), PICTURES
    ),
    **dict.fromkeys(["video/mp4", "video/quicktime", "audio/mp4"], FILMS),
    "application/pdf": "pdfs.clean_pdf",
    **dict.fromkeys([f"{OFFICE}wordprocessingml.document", f"{OFFICE}spreadsheetml.sheet"], "office.clean_office_file"),
    **dict.fromkeys(
        [f"{OPEN_DOCUMENT}text", f"{OPEN_DOCUMENT}spreadsheet", f"{OPEN_DOCUMENT}presentation"],
        "office.clean_office_file",
    ),
}


def clean_file(content: bytes) -> tuple[dict[str, object], bytes]:
    """What the copy is, and the copy.

    Raises:
        NoCopy: its format is none of ours, it is damaged, locked, or made to do harm.
    """
    kind = detect_kind(content)
    if kind is None or kind.type not in CLEANERS:
        raise NoCopy
    module, name = CLEANERS[kind.type].split(".")
    copy = Made(*getattr(_import_reader(module), name)(content))
    return {"type": copy.type, "seconds": copy.seconds, "missing": copy.missing}, copy.content


def load_readers(content: bytes) -> None:
    """Import what `clean_file` will need for this file: later nothing can be opened."""
    kind = detect_kind(content)
    if kind is not None and kind.type in CLEANERS:
        _import_reader(CLEANERS[kind.type].split(".")[0])


def _import_reader(module: str) -> ModuleType:
    return import_module(f"victor.files.metadata.{module}")
