"""Lists as partners keep them, and the answers that nobody finds in a file."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from desks.cases.code_lists import AgeBasis, Answer, CaseSource
from desks.cases.models import today
from desks.exchange.case_mapping import Office
from desks.imports.case_mapping import ListMapping
from desks.imports.openings import OpeningAnswers
from desks.reports.states import Risk
from tests.desks.cases.case_desks import REASON, in_days

OFFICE = Office("The Smile of the Child", "Athens", "GR")
HEADINGS = ["No.", "First name", "Surname", "Born", "m/f", "Speaks", "Passport of", "Tel", "Shoe size", "Remarks"]
ROWS: list[list[object]] = [
    ["A-17", "Ioana", "Zamfirescu", "29.02.2012", "girl", "Romanian", "Romania", "+40 712 345 678", 36, "Likes dogs"],
    ["A-18", "Oleh", "Bondar", "2010-05-04", "boy", "Surzhyk", "", "", "", ""],
]
COLUMNS = {
    "No.": "reference",
    "First name": "given",
    "Surname": "family",
    "Born": "born",
    "m/f": "sex",
    "Speaks": "language",
    "Passport of": "citizenships",
    "Tel": "phones",
    "Shoe size": "extra",
    "Remarks": "note",
}
CODES = {"sex": {"girl": "female", "boy": "male"}, "language": {"Surzhyk": "keep"}}
MAPPING = ListMapping(COLUMNS, CODES)


def csv_list(*rows: list[object]) -> bytes:
    """A list as a text file."""
    lines = [HEADINGS, *(rows or ROWS)]
    return "\n".join(";".join(str(value) for value in line) for line in lines).encode()


def xlsx_list(*rows: list[object]) -> bytes:
    """A list as a workbook."""
    book, content = Workbook(), BytesIO()
    for line in [HEADINGS, *(rows or ROWS)]:
        book.active.append([value if value != "" else None for value in line])
    book.save(content)
    return content.getvalue()


def said(**changed: Any) -> OpeningAnswers:
    """What is said of all cases of a file."""
    answers: dict[str, Any] = {
        "source": CaseSource.AUTHORITY,
        "language": "el",
        "age_basis": AgeBasis.PRESUMED,
        "unaccompanied": Answer.UNKNOWN,
        "family_may_be_involved": Answer.UNKNOWN,
        "risk": Risk.MEDIUM,
        "reason": REASON,
        "limits_task": "Tell the child",
        "limits_due_at": in_days(2),
    }
    return OpeningAnswers(**answers | changed)


def sent(**changed: object) -> dict[str, object]:
    """The same as the form sends it."""
    fields: dict[str, object] = {
        "source": "authority",
        "language": "el",
        "age_basis": "presumed",
        "unaccompanied": "unknown",
        "family_may_be_involved": "unknown",
        "risk": "medium",
        "reason": REASON,
        "limits_until": (today() + timedelta(days=2)).isoformat(),
    }
    return fields | changed


def upload(browser: Client, url: str, content: bytes, kind: str = "list") -> Any:
    """A file is sent to the page of a desk."""
    return browser.post(url, {"kind": kind, "file": SimpleUploadedFile("children", content)})


def column_answers(columns: dict[str, str] = COLUMNS) -> dict[str, str]:
    """What the page of columns sends."""
    return {f"column-{number}": columns[heading] for number, heading in enumerate(HEADINGS)}
