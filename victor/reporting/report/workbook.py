"""The report as an Excel workbook: a sheet for each part. Numbers are numbers; what is not shown is words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from victor.files.workbooks import Row, write_workbook
from victor.reporting.report.contents import Part

if TYPE_CHECKING:
    from victor.reporting.releases.models import Release

MAX_TITLE = 31  # characters, as Excel has it
FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


def write_report(release: Release, parts: Sequence[Part]) -> bytes:
    """The workbook of all parts."""
    sheets: dict[str, list[Row]] = {}
    for part in parts:
        sheets[sheet_title(part.title, sheets)] = list(_rows(release, part))
    return write_workbook(sheets, column_width=28)


def sheet_title(title: str, taken: dict[str, list[Row]]) -> str:
    """A name that Excel takes, and that no other sheet has."""
    short = FORBIDDEN.sub(" ", title)[:MAX_TITLE].strip()
    return short if short not in taken else f"{short[: MAX_TITLE - 3].strip()} {len(taken) + 1}"


def _rows(release: Release, part: Part) -> Iterator[Row]:
    yield [part.title, _("Release %(number)s") % {"number": release.label}]
    yield from ([sentence] for sentence in part.sentences)
    for table in part.tables:
        yield []
        yield [table.title]
        yield table.head
        yield from table.rows
