"""PDF files, and pictures of one page, from a Typst template in `templates/pdf/` and data.

Texts are passed as data, so that nothing in them is read as markup. The fonts have Latin, Greek and Cyrillic letters. A
missing letter makes the document fail instead of leaving a gap. Documents are cached by their content, unless they are
about a person.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import segno
import typst
from django.conf import settings
from django.core.cache import cache

from victor.glyphs import signs_without_glyph

TEMPLATES = settings.BASE_DIR / "templates" / "pdf"
FONTS = Path(__file__).resolve().parent / "fonts"
EMBLEM = settings.BASE_DIR / "victor" / "static" / "victor" / "img" / "eu-emblem.svg"
CACHE_SECONDS = 7 * 24 * 60 * 60  # seconds
POINTS_AN_INCH = 72
BYTE_ORDER_MARK = "\ufeff"
MISSING_LETTER = ("could not be displayed", "disallowed codepoint")  # texts of Typst's errors


class Unprintable(Exception):
    """The fonts lack a letter, PDF does not allow it, or a required text is missing."""


def pdf(template: str, data: Mapping[str, object]) -> bytes:
    """A tagged PDF (PDF/UA-1) with its fonts inside.

    Raises:
        Unprintable: the fonts lack a letter.
    """
    with _raise_unprintable():
        return _render_cached(template, data, "pdf")


def personal_pdf(template: str, data: Mapping[str, object]) -> bytes:
    """A PDF about a person. It is made each time and never stored.

    Raises:
        Unprintable: the fonts lack a letter.
    """
    with _raise_unprintable():
        return _compile(_source(template), _as_json(data), "pdf")


def is_printable(words: str) -> bool:
    """Whether the fonts have all letters of a text."""
    if BYTE_ORDER_MARK in words:  # Typst refuses it depending on the rest of the line
        return False
    try:
        personal_pdf("words", {"words": words})
    except Unprintable:
        return False
    return True


def printable(text: str) -> str:
    """The text without signs that cannot be printed: for what stands beside the words of a paper, such as a name."""
    lacking = signs_without_glyph(text)
    return "".join(sign for sign in text if sign not in lacking).strip()


def png(template: str, data: Mapping[str, object]) -> bytes:
    """A picture of the document's only page, one pixel for each point."""
    return _render_cached(template, data, "png")


def qr_code(address: str) -> str:
    """A QR code as SVG of any size, readable when a corner of the paper is torn."""
    style = {"border": 4, "dark": "#16243a", "light": "#fff", "omitsize": True}
    code: str = segno.make(address, error="m", micro=False).svg_inline(**style)
    return code.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def emblem() -> str:
    """The emblem of the European Union as SVG."""
    return EMBLEM.read_text()


@contextmanager
def _raise_unprintable() -> Iterator[None]:
    try:
        yield
    except typst.TypstError as error:
        if any(text in str(error) for text in MISSING_LETTER):
            raise Unprintable from error
        raise


def _source(template: str) -> Path:
    return TEMPLATES / f"{template}.typ"


def _as_json(data: Mapping[str, object]) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


def _render_cached(template: str, data: Mapping[str, object], file_format: Literal["pdf", "png"]) -> bytes:
    source, json_data = _source(template), _as_json(data)
    content = "\0".join([file_format, source.read_text(), json_data])
    key = f"document:{hashlib.sha256(content.encode()).hexdigest()}"
    document: bytes | None = cache.get(key)
    if document is None:
        document = _compile(source, json_data, file_format)
        cache.set(key, document, CACHE_SECONDS)
    return document


def _compile(source: Path, json_data: str, file_format: Literal["pdf", "png"]) -> bytes:
    compiled = typst.compile(
        str(source),
        format=file_format,
        ppi=POINTS_AN_INCH if file_format == "png" else None,
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json_data},
        pdf_standards=["ua-1"] if file_format == "pdf" else [],
    )
    if not isinstance(compiled, bytes):
        raise TypeError("a picture of a document has one page")
    return compiled
