"""What is sealed of a file that waits, and the cases that would be opened of it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from desks.exchange.case_mapping import content_of, kept_of
from desks.exchange.errors import UnknownCell
from desks.exchange.standard_files import ReadFile, read_file
from desks.exchange.standard_rows import Part, StandardCase
from desks.imports.case_mapping import IncomingCase, ListMapping, read_row, unmapped_words
from desks.imports.errors import NotMapped, RefusedFile
from desks.imports.spreadsheets import MAX_ROWS, ListRow, OwnList, read_list, require_list
from desks.imports.states import ImportKind
from victor.files.list_kinds import ZIP

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TypeAlias

    from desks.exchange.case_mapping import Office
    from desks.exchange.errors import FileFault

    Content: TypeAlias = Mapping[str, Any]  # JSON, of the shape that `content_to_seal` chooses

File = ReadFile | OwnList


def read_upload(kind: ImportKind, content: bytes) -> File:
    """What a file says. It is read in memory, and stored nowhere.

    Raises:
        UnreadableFile: it cannot be read, or a cell of it; with what is wrong where.
    """
    if kind == ImportKind.LIST:
        return read_list(content)
    if content.startswith(ZIP) or not content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{"):
        require_list(content)  # a workbook, or something else that is neither
    read = read_file(content)
    if len(read.cases) > MAX_ROWS:
        raise RefusedFile(_("The list has more than 500 rows. Please upload it in parts."))
    return read


def count_of(file: File) -> int:
    """How many children it tells of."""
    return len(file.rows if isinstance(file, OwnList) else file.cases)


def content_to_seal(file: File) -> dict[str, object]:
    """A file as it is sealed."""
    if isinstance(file, OwnList):
        return {"letters": file.letters, "rows": [[row.number, row.cells] for row in file.rows]}
    cases = [{"reference": case.reference, "values": case.values, "parts": case.parts} for case in file.cases]
    return {"cases": cases, "unknown": [asdict(cell) for cell in file.unknown]}


def file_of(kind: str, content: Content) -> File:
    """A file as it was sealed."""
    if kind == ImportKind.LIST:
        return OwnList(content["letters"], [ListRow(number, cells) for number, cells in content["rows"]])
    cases = [
        StandardCase(case["reference"], case["values"], {Part(name): rows for name, rows in case["parts"].items()})
        for case in content["cases"]
    ]
    return ReadFile(cases, [UnknownCell(**cell) for cell in content["unknown"]])


def incoming_cases(file: File, mapping: ListMapping, *, language: str, office: Office) -> list[IncomingCase]:
    """What would be opened, in the order of the file. `language`: where the file names none of ours.

    Raises:
        NotMapped: of a column or a word nobody has said what it means.
    """
    if isinstance(file, OwnList):
        if not is_mapped(file, mapping):
            raise NotMapped
        return [read_row(row, file, mapping, language=language, office=office) for row in file.rows]
    cases = []
    for number, case in enumerate(file.cases, 1):
        content = content_of(case, language=language, office=office)
        cases.append(IncomingCase(number, case.reference, content, kept_of(case, content)))
    return cases


def is_mapped(file: File, mapping: ListMapping) -> bool:
    """Whether each column and each coded word of a list has its meaning. A file of the standard needs none."""
    if not isinstance(file, OwnList):
        return True
    return set(file.letters) <= set(mapping.columns) and not unmapped_words(file, mapping)


def faults_in(file: File, cases: list[IncomingCase]) -> list[FileFault]:
    """What of a file has no field here, cell by cell, in the reader's language."""
    unknown = [] if isinstance(file, OwnList) else [cell.fault for cell in file.unknown]
    return [*unknown, *(fault for case in cases for fault in case.faults)]
