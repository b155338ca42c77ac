"""Files for translators' own programs, and back: XLIFF 2.0, XLIFF 1.2 and PO.

A text is named by its object, the revision of the translation that was exported, the English version beside it, and its
field. So what comes back is never taken for the translation of a newer text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from victor.publishing.errors import UnreadableFile
from victor.publishing.po_files import read_po, write_po
from victor.publishing.states import ExchangeFault
from victor.publishing.translation_units import TranslationUnit, refuse_foreign_file
from victor.publishing.xliff import read_xliff, write_xliff_1, write_xliff_2

MAX_BYTES = 10 * 1024 * 1024
# How an XML file begins, in the encodings that need no declaration.
XML_STARTS = (b"<", b"\xff\xfe<\x00", b"\xfe\xff\x00<", b"<\x00", b"\x00<")


@dataclass(frozen=True)
class ExchangeFormat:
    """A file format. `write` makes a file of units in a language."""

    name: str
    suffix: str
    write: Callable[[Iterable[TranslationUnit], str], bytes]


FORMATS = {
    "xliff2": ExchangeFormat("XLIFF 2.0", ".xlf", write_xliff_2),
    "xliff1": ExchangeFormat("XLIFF 1.2", ".xlf", write_xliff_1),
    "po": ExchangeFormat("PO", ".po", write_po),
}


def write_exchange(units: Iterable[TranslationUnit], *, file_format: str, language: str) -> bytes:
    """The file for a translator's program. `file_format` is a key of `FORMATS`."""
    return FORMATS[file_format].write(units, language)


def read_exchange(data: bytes, *, language: str) -> list[TranslationUnit]:
    """Read a translator's file in any of the formats.

    Raises:
        UnreadableFile: it has none of the formats, is for another language, declares entities, or nothing is ours.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableFile(0, ExchangeFault.TOO_LARGE)
    is_xml = data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(XML_STARTS)
    units = read_xliff(data, language) if is_xml else read_po(data, language)
    refuse_foreign_file(units)
    return units
