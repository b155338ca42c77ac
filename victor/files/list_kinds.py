"""Files that are no list that can be read: which kind each is, and what to do with it."""

from __future__ import annotations

from io import BytesIO
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
HEAD_BYTES = 4096
WORKBOOK_PART = "xl/workbook.xml"
MIMETYPE_BYTES = 200
# By how a file begins, after blanks and a byte order mark.
NAMES_BY_BEGINNING = {
    b"%pdf": pgettext_lazy("kind of file", "a PDF file"),
    b"{\\rtf": pgettext_lazy("kind of file", "a text document (RTF)"),
    b"<!doctype html": pgettext_lazy("kind of file", "a web page (HTML)"),
    b"<html": pgettext_lazy("kind of file", "a web page (HTML)"),
    b"<table": pgettext_lazy("kind of file", "a web page (HTML)"),
    b"<?xml": pgettext_lazy("kind of file", "an XML file"),
    b"\x89png": pgettext_lazy("kind of file", "a picture"),
    b"\xff\xd8\xff": pgettext_lazy("kind of file", "a picture"),
    b"gif8": pgettext_lazy("kind of file", "a picture"),
    b'{"': pgettext_lazy("kind of file", "a link or a data file (JSON)"),
    b"begin:vcard": pgettext_lazy("kind of file", "a file of contacts (VCF)"),
}
# By a part that only archives of this kind have, or by how its name ends.
NAMES_BY_PART = {
    ".iwa": pgettext_lazy("kind of file", "a Numbers or Pages file"),
    "Index.zip": pgettext_lazy("kind of file", "a Numbers or Pages file"),
    "xl/workbook.bin": pgettext_lazy("kind of file", "a binary Excel file (XLSB)"),
    "word/document.xml": pgettext_lazy("kind of file", "a Word document"),
    "ppt/presentation.xml": pgettext_lazy("kind of file", "a presentation"),
}
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
SPREADSHEET = "spreadsheet"


def refusal_of(content: bytes) -> str:
    """Why a file cannot be a list, and what to do; empty where it may be one."""
    if content.startswith(OLD_EXCEL):
        return _("This is an old or password-protected Excel file. Please save it as XLSX without a password.")
    kind = _kind_of_archive(content) if content.startswith(ZIP) else _kind_by_beginning(content)
    if not kind:
        return ""
    return _(
        "This is %(kind)s. Please open the list in the program it comes from, save or export it as XLSX, and upload "
        "that file."
    ) % {"kind": kind}


def _kind_by_beginning(content: bytes) -> str:
    beginning = content[:HEAD_BYTES].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return next((str(name) for start, name in NAMES_BY_BEGINNING.items() if beginning.startswith(start)), "")


def _kind_of_archive(content: bytes) -> str:
    """The kind of an archive that can be opened and holds no workbook; empty for any other."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.namelist()
            if WORKBOOK_PART in parts or "xl/worksheets/sheet1.xml" in parts:
                return ""
            if "mimetype" in parts:
                with archive.open("mimetype") as stream:
                    return _open_document_kind(stream.read(MIMETYPE_BYTES).decode("ascii", "replace"))
    except (BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        return ""
    for mark, name in NAMES_BY_PART.items():
        if any(part.endswith(mark) for part in parts):
            return str(name)
    return pgettext("kind of file", "a ZIP archive without a workbook")


def _open_document_kind(mimetype: str) -> str:
    if not mimetype.startswith(OPEN_DOCUMENT):
        return pgettext("kind of file", "a ZIP archive without a workbook")
    if mimetype.removeprefix(OPEN_DOCUMENT).startswith(SPREADSHEET):
        return pgettext("kind of file", "a LibreOffice spreadsheet (ODS)")
    return pgettext("kind of file", "a LibreOffice document")
