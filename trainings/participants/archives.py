"""Unpacks workbooks within bounds: what would grow is refused, and cells with nothing in them are left out."""

from __future__ import annotations

import re
from contextlib import suppress
from io import BytesIO
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _
from openpyxl.utils import range_boundaries

from victor.files.errors import UnreadableTable

MAX_UNPACKED = 6 * 1024 * 1024
MAX_FORMATTED = 48 * 1024 * 1024  # bytes with cells that have borders and nothing in them, which are left out
MAX_SPANNED_CELLS = 1500  # cells that are merged or linked: a spreadsheet makes links of addresses by itself
END_OF_SHEET = (16384, 1048576)
DECLARATION_PATTERN = re.compile(rb"<!(DOCTYPE|ENTITY)")
EMPTY_CELL_PATTERN = re.compile(rb"<(?:\w+:)?c(?:\s[^<>]*)?(?:/>|(?<!/)>\s*</(?:\w+:)?c>)")
EMPTY_ROW_PATTERN = re.compile(rb"<(?:\w+:)?row(?:\s[^<>]*)?(?:/>|(?<!/)>\s*</(?:\w+:)?row>)")


def unpack_filled_cells(content: bytes) -> BytesIO:
    """The workbook without cells that have a format and nothing in them: only what is in cells counts.

    As much is unpacked as is allowed and no more, whatever the file says of its size, and looked through for what would
    grow.
    """
    left, unpacked, spans, filled = MAX_UNPACKED, MAX_FORMATTED, SpannedCells(), BytesIO()
    try:
        with ZipFile(BytesIO(content)) as parts, ZipFile(filled, "w") as rewritten:
            for part in parts.infolist():
                with parts.open(part) as stream:
                    read = stream.read(unpacked + 1)
                unpacked -= len(read)
                read = EMPTY_ROW_PATTERN.sub(b"", EMPTY_CELL_PATTERN.sub(b"", read))
                left -= len(read)
                if left < 0 or unpacked < 0:
                    raise UnreadableTable(_("The unpacked file is too large for a list of names."))
                if DECLARATION_PATTERN.search(read) or DECLARATION_PATTERN.search(read.replace(b"\0", b"")):
                    raise UnreadableTable(_("The file is damaged and cannot be read."))
                spans.count_spans(read)
                rewritten.writestr(part.filename, read)
    except (BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as fault:
        raise UnreadableTable(_("The file is damaged and cannot be read.")) from fault
    filled.seek(0)
    return filled


class SpannedCells:
    """Counts the cells of merged cells and links, of which the reader of workbooks makes one each, in all parts: any
    may be a sheet. Nothing is kept of what is looked through."""

    def __init__(self) -> None:
        self.cells = 0

    def count_spans(self, part: bytes) -> None:
        """Refuse more than a list needs.

        Raises:
            UnreadableTable: there are more.
        """
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._meet
        with suppress(expat.ExpatError, LookupError):  # no XML: as a sheet it is refused before a cell is made
            parser.ParseFile(BytesIO(part))

    def _meet(self, name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] not in ("mergeCell", "hyperlink") or "ref" not in attributes:
            return
        left, top, right, bottom = range_boundaries(attributes["ref"])
        width = abs((right or END_OF_SHEET[0]) - (left or 1)) + 1
        height = abs((bottom or END_OF_SHEET[1]) - (top or 1)) + 1
        self.cells += width * height
        if self.cells > MAX_SPANNED_CELLS:
            reason = _("Too many cells are merged or linked for a list of names: %(cells)s")
            raise UnreadableTable(reason % {"cells": attributes["ref"]})
