"""Makes copies of files without their metadata. The format is recognised by the content."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from victor.files.metadata.errors import NoCopy
from victor.files.metadata.films import clean_film
from victor.files.metadata.office import clean_office_file
from victor.files.metadata.pdfs import clean_pdf
from victor.files.metadata.pictures import clean_picture


class CleanCopy(NamedTuple):
    """A copy without metadata: its media type and its content."""

    type: str
    content: bytes


def make_clean_copy(content: bytes) -> CleanCopy:
    """A copy of a file without its metadata.

    Raises:
        NoCopy: its format is unknown, it is damaged, or it is made to do harm.
    """
    for matches, clean in CLEANERS:
        if matches(content):
            return CleanCopy(*clean(content))
    raise NoCopy


CLEANERS: list[tuple[Callable[[bytes], bool], Callable[[bytes], tuple[str, bytes]]]] = [
    (lambda head: head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")), clean_picture),
    (lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP", clean_picture),
    (lambda head: head[4:8] == b"ftyp" and head[8:12] in {b"heic", b"heix", b"hevc", b"mif1", b"msf1"}, clean_picture),
    (lambda head: head[4:8] == b"ftyp", clean_film),
    (lambda head: head.startswith(b"%PDF-"), clean_pdf),
    (lambda head: head.startswith(b"PK\x03\x04"), clean_office_file),
]
