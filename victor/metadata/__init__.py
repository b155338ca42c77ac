"""Copies of files without what they tell of their makers: pure functions from bytes to bytes.

A copy holds what one sees or hears. Who made it, where, when and with what is gone: from the head of the file, from
pictures inside it and from the names of its parts. Where that cannot be promised there is no copy.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from victor.metadata.errors import NoCopy
from victor.metadata.films import film
from victor.metadata.office import office
from victor.metadata.pdfs import pdf
from victor.metadata.pictures import picture

__all__ = ["Copy", "NoCopy", "cleaned"]


class Copy(NamedTuple):
    """A copy: what it is, and its content."""

    type: str
    content: bytes


def cleaned(content: bytes) -> Copy:
    """The copy of a file, known by what is in it.

    Raises:
        NoCopy: it is of no known format, damaged, or made to do harm.
    """
    for starts, clean in KNOWN:
        if starts(content):
            return Copy(*clean(content))
    raise NoCopy


KNOWN: list[tuple[Callable[[bytes], bool], Callable[[bytes], tuple[str, bytes]]]] = [
    (lambda head: head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")), picture),
    (lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP", picture),
    (lambda head: head[4:8] == b"ftyp" and head[8:12] in {b"heic", b"heix", b"hevc", b"mif1", b"msf1"}, picture),
    (lambda head: head[4:8] == b"ftyp", film),
    (lambda head: head.startswith(b"%PDF-"), pdf),
    (lambda head: head.startswith(b"PK\x03\x04"), office),
]
