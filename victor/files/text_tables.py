"""Tables that people bring as text files: lines and columns, or refused with the reason. Nothing is guessed."""

from __future__ import annotations

import csv
from io import StringIO
from statistics import median

from django.utils.translation import gettext as _

from victor.files.errors import UnclearEncoding, UnreadableTable

ENCODINGS = ("cp1250", "cp1251", "cp1252", "cp1253")
SEPARATORS = ";,\t"


def read_text_table(content: bytes, *, encoding: str = "") -> list[tuple[int, list[str]]]:
    """The lines, each with its number in the file; `encoding` is what somebody has chosen.

    Raises:
        UnreadableTable: it cannot be read.
        UnclearEncoding: the letters can be read in several ways.
    """
    text = _decode(content, encoding).replace("\ufeff", "")
    if "\0" in text:
        raise UnreadableTable(_("This is neither an XLSX nor a CSV file."))
    first, _newline, rest = text.partition("\n")
    if skipped := int(first.lower().startswith("sep=")):  # as Excel says it
        separator, text = first[4:5], rest
    else:
        separator = max(SEPARATORS, key=lambda sign: _columns_by(text, sign))
    return list(enumerate(_split_lines(text, separator), 1 + skipped))


def _columns_by(text: str, separator: str) -> tuple[float, int]:
    """How many columns most lines have if this sign separates them: a title line may have signs of its own."""
    counts = [line.count(separator) for line in text.splitlines() if line.strip(f"{separator} ")]
    return (median(counts), sum(counts)) if counts else (0, 0)


def _split_lines(text: str, separator: str) -> list[list[str]]:
    if not separator or separator not in SEPARATORS:
        raise UnreadableTable(_("The columns of this file must be separated by semicolons, commas or tabs."))
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        return list(reader)
    except csv.Error as fault:
        reason = _("A quotation mark near line %(number)s stands alone. Please save the list as XLSX, and upload that.")
        raise UnreadableTable(reason % {"number": reader.line_num}) from fault


def _decode(content: bytes, encoding: str) -> str:
    """The text. UTF-8 and UTF-16 are recognised; for other encodings a person has to choose the right reading."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    try:
        return content.decode(encoding if encoding in (*ENCODINGS, "utf-16") else "utf-8")
    except UnicodeDecodeError as fault:
        readings = {} if encoding else _readings(content)
        if not readings:
            raise UnreadableTable(
                _("The characters in this file cannot be read. Please save it as XLSX or as UTF-8.")
            ) from fault
        raise UnclearEncoding(readings) from fault


def _readings(content: bytes) -> dict[str, str]:
    """The first lines with letters that English lacks, in each encoding that can read the file."""
    lines = [line for line in content.splitlines() if any(byte > 127 for byte in line)][:3]
    readings = {}
    for encoding in ENCODINGS:
        try:
            content.decode(encoding)
            readings[encoding] = "\n".join(line.decode(encoding)[:80] for line in lines)
        except UnicodeDecodeError:
            continue
    return readings
