"""Paper: a PDF, or a picture of one page, from a Typst template in `templates/pdf/` and data.

Words go in as data, so that nothing in them is taken for markup. The fonts set Latin, Greek and Cyrillic; a letter
that they lack makes the document fail instead of leaving a hole. What is made once is kept by its content, unless it
is about a person.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import segno
import typst
from django.conf import settings
from django.core.cache import cache

TEMPLATES = settings.BASE_DIR / "templates" / "pdf"
FONTS = Path(__file__).resolve().parent / "fonts"
EMBLEM = settings.BASE_DIR / "victor" / "static" / "victor" / "img" / "eu-emblem.svg"
CACHE_SECONDS = 7 * 24 * 60 * 60  # seconds
POINTS_AN_INCH = 72
BYTE_ORDER_MARK = "\ufeff"
HOLES = ("could not be displayed", "disallowed codepoint")  # as Typst says it


class Unprintable(Exception):
    """The fonts lack a letter, no PDF may hold it, or words that have to stand on the paper lack."""


def pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """A tagged PDF (PDF/UA-1) with its fonts inside.

    Raises:
        Unprintable: the fonts lack a letter.
    """
    with _raise_unprintable():
        return _render_cached(template, data, "pdf")


def personal_pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """The same about a person: made anew each time, and kept nowhere.

    Raises:
        Unprintable: the fonts lack a letter.
    """
    with _raise_unprintable():
        return _compile(_source(template), _as_json(data), "pdf")


def is_printable(words: str) -> bool:
    """Whether the fonts have all that these words are written with, wherever they stand."""
    if BYTE_ORDER_MARK in words:  # refused or not by what else is in the line
        return False
    try:
        personal_pdf("words", {"words": words})
    except Unprintable:
        return False
    return True


def png(template: str, data: Mapping[str, Any]) -> bytes:
    """A picture of the document's one page, a pixel a point."""
    return _render_cached(template, data, "png")


def qr_code(address: str) -> str:
    """A QR code as SVG of any size, readable when a corner of the paper is torn."""
    drawn = {"border": 4, "dark": "#16243a", "light": "#fff", "omitsize": True}
    code: str = segno.make(address, error="m", micro=False).svg_inline(**drawn)
    return code.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def emblem() -> str:
    """The emblem of the European Union as SVG."""
    return EMBLEM.read_text()


@contextmanager
def _raise_unprintable() -> Iterator[None]:
    try:
        yield
    except typst.TypstError as error:
        if any(hole in str(error) for hole in HOLES):
            raise Unprintable from error
        raise


def _source(template: str) -> Path:
    return TEMPLATES / f"{template}.typ"


def _as_json(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


def _render_cached(template: str, data: Mapping[str, Any], form: Literal["pdf", "png"]) -> bytes:
    source, said = _source(template), _as_json(data)
    content = "\0".join([form, source.read_text(), said])
    key = f"document:{hashlib.sha256(content.encode()).hexdigest()}"
    made: bytes | None = cache.get(key)
    if made is None:
        made = _compile(source, said, form)
        cache.set(key, made, CACHE_SECONDS)
    return made


def _compile(source: Path, said: str, form: Literal["pdf", "png"]) -> bytes:
    compiled = typst.compile(
        str(source),
        format=form,
        ppi=POINTS_AN_INCH if form == "png" else None,
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": said},
        pdf_standards=["ua-1"] if form == "pdf" else [],
    )
    assert isinstance(compiled, bytes)  # noqa: S101 - one page, or a PDF of several
    return compiled
