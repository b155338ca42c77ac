"""PO files: texts with their states, limits and notes. Nothing but the bytes that were sent is opened."""

from __future__ import annotations

import re
from collections.abc import Iterable

import polib

from victor.language_tags import is_same_language
from victor.publishing.errors import UnreadableFile
from victor.publishing.states import ExchangeFault, TextState
from victor.publishing.translation_units import TranslationUnit, parse_unit

FUZZY = {TextState.OUTDATED, TextState.MACHINE}
CHARSET = re.compile(rb"charset=([\w.-]+)")
FIRST_LINE = "#\n"  # with an end of a line in it a text is never taken for the name of a file


def write_po(units: Iterable[TranslationUnit], language: str) -> bytes:
    """A file in PO. An outdated translation is fuzzy, with the English text that it follows."""
    file = polib.POFile(wrapwidth=0)
    file.metadata = {"Language": language, "MIME-Version": "1.0", "Content-Type": "text/plain; charset=UTF-8"}
    for unit in units:
        entry = polib.POEntry(msgctxt=unit.name, msgid=unit.source, msgstr=unit.target, comment=unit.note)
        if unit.target and unit.state in FUZZY:
            entry.flags.append("fuzzy")
            entry.previous_msgid = unit.previous or None
        file.append(entry)
    return str(file).encode()


def read_po(data: bytes, language: str) -> list[TranslationUnit]:
    """The units of a file. What is obsolete in it is left out.

    Raises:
        UnreadableFile: it is no PO file, or for another language.
    """
    try:
        file = polib.pofile(FIRST_LINE + _one_line_each(_decode(data)))
    except OSError as error:
        line = re.search(r"line (\d+)", str(error))
        raise UnreadableFile(int(line[1]) - 1 if line else 0, ExchangeFault.FORMAT) from error
    named = file.metadata.get("Language")
    if named and not is_same_language(named, language):
        raise UnreadableFile(1, ExchangeFault.LANGUAGE)
    entries = [entry for entry in file if not entry.obsolete]
    if not entries and not file.metadata:
        raise UnreadableFile(1, ExchangeFault.FORMAT)
    return [
        parse_unit(
            entry.msgctxt or "",
            entry.msgid,
            entry.msgstr,
            entry.linenum - 1,
            is_unfinished=entry.fuzzy,
            is_finished=bool(entry.msgstr) and not entry.fuzzy,
        )
        for entry in entries
    ]


def _decode(data: bytes) -> str:
    """The text of a file, in the encoding that its first bytes or its header name."""
    charset = CHARSET.search(data)
    encoding = charset[1].decode() if charset else "utf-8"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    if data.startswith(b"\xef\xbb\xbf") or encoding.lower() in ("utf-8", "utf8", "charset"):
        encoding = "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFile(data[: error.start].count(b"\n") + 1, ExchangeFault.FORMAT) from error
    except (LookupError, ValueError) as error:  # no encoding of texts
        raise UnreadableFile(1, ExchangeFault.FORMAT) from error


def _one_line_each(text: str) -> str:
    """Only ends of lines end a line: the library would also break it at other signs."""
    return re.sub("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", " ", re.sub("\r\n?", "\n", text))
