"""Copies of PDF files: pictures of their pages, with the words that can be seen on them beneath.

Nothing of the file itself is in the copy, so nothing of it has to be known: no scripts, names, attachments, layers,
fonts, comments. What forms and notes show is drawn as the eye sees it. A word is taken along, for those who search,
copy or listen, only if the page looks different without it.
"""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_double, c_int
from math import sqrt
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops, ImagePalette, JpegImagePlugin  # noqa: F401 - later nothing can be imported

from victor.files.metadata.errors import NoCopy
from victor.files.metadata.made import Made
from victor.files.metadata.paper import Page, Word, write_paper

MAX_PAGES, MAX_CHARS = 400, 40_000
ALL_PIXELS, MAX_PIXELS = 150_000_000, 20_000_000
FINEST, COARSEST = 200.0, 72.0  # dots an inch
POINTS = 72.0  # an inch
VISIBLE = 24  # difference of a colour, of 255
MAX_DEPTH = 6
NOTE_KINDS = {
    pdfium.FPDF_ANNOT_TEXT,
    pdfium.FPDF_ANNOT_HIGHLIGHT,
    pdfium.FPDF_ANNOT_UNDERLINE,
    pdfium.FPDF_ANNOT_SQUIGGLY,
    pdfium.FPDF_ANNOT_STRIKEOUT,
    pdfium.FPDF_ANNOT_POPUP,
}
LINK_KINDS = {pdfium.FPDF_ANNOT_LINK}
OBJECT_KINDS = {
    pdfium.FPDF_ANNOT_FILEATTACHMENT,
    pdfium.FPDF_ANNOT_SOUND,
    pdfium.FPDF_ANNOT_MOVIE,
    pdfium.FPDF_ANNOT_RICHMEDIA,
    pdfium.FPDF_ANNOT_SCREEN,
    pdfium.FPDF_ANNOT_THREED,
}
LEFT_OUT = ((NOTE_KINDS, "comments"), (LINK_KINDS, "links"), (OBJECT_KINDS, "objects"))

Image._initialized = 2  # what is needed is imported above


class Char(NamedTuple):
    """A letter on a page, and the pixels that it fills: left, top, right, bottom."""

    letter: str
    box: tuple[int, int, int, int]


def clean_pdf(content: bytes) -> Made:
    """The pages as they look.

    Raises:
        NoCopy: it is damaged, locked with a password, or has too many pages.
    """
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as damage:
        raise NoCopy from damage
    if document.get_formtype():
        document.init_forms()
    if not 0 < len(document) <= MAX_PAGES:
        raise NoCopy
    missing = {"objects"} if pdfium.FPDFDoc_GetAttachmentCount(document) > 0 else set()
    try:
        scale = _scale([document.get_page_size(number) for number in range(len(document))])
        pages = (_draw(document, number, scale, missing) for number in range(len(document)))
        copy = write_paper(pages)
    except pypdfium2.PdfiumError as damage:
        raise NoCopy from damage
    return Made("application/pdf", copy, missing=tuple(sorted(missing)))


def _scale(sizes: list[tuple[float, float]]) -> float:
    """Pixels a point: as fine as time and memory allow, and the same for all pages."""
    areas = [width * height for width, height in sizes]
    if min(areas) <= 0:
        raise NoCopy
    scale = min(FINEST / POINTS, sqrt(ALL_PIXELS / sum(areas)), sqrt(MAX_PIXELS / max(areas)))
    if scale < COARSEST / POINTS and max(areas) < MAX_PIXELS:
        raise NoCopy
    return scale


def _draw(document: pypdfium2.PdfDocument, number: int, scale: float, missing: set[str]) -> Page:
    page = document[number]
    try:
        missing.update(_left_out(page))
        picture = _render(page, scale)
        pdfium.FPDFPage_Flatten(
            page, pdfium.FLAT_NORMALDISPLAY
        )  # what fields and notes show becomes text like any other
    finally:
        page.close()
    page = document[number]
    try:
        return Page(page.get_size(), picture, _words(page, picture, scale))
    finally:
        page.close()


def _render(page: pypdfium2.PdfPage, scale: float) -> Image.Image:
    """What the eye sees of a page, filled forms and notes included."""
    bitmap = page.render(scale=scale, may_draw_forms=True, draw_annots=True, rev_byteorder=True)
    try:
        return bitmap.to_pil().convert("RGB")
    finally:
        bitmap.close()


def _left_out(page: pypdfium2.PdfPage) -> Iterator[str]:
    """What a click on the page would show, and the copy will not."""
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), 1000)):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        kind = pdfium.FPDFAnnot_GetSubtype(note)
        pdfium.FPDFPage_CloseAnnot(note)
        yield from (word for kinds, word in LEFT_OUT if kind in kinds)


def _words(page: pypdfium2.PdfPage, picture: Image.Image, scale: float) -> list[Word]:
    """The words that can be seen: the page is drawn once more without its text, and where nothing changes, none was."""
    chars = list(_chars(page, picture.size))
    if not any(char.letter.strip() for char in chars):
        return []
    for item in _text_objects(page):
        pdfium.FPDFPageObj_SetIsActive(item, False)  # noqa: FBT003 - a function of C
    difference = ImageChops.difference(picture, _render(page, scale)).convert("L")
    ink = difference.point(lambda step: 255 if step > VISIBLE else 0)
    return list(_joined(chars, ink, scale, picture.height))


def _text_objects(page: pypdfium2.PdfPage) -> Iterator[pdfium.FPDF_PAGEOBJECT]:
    """All pieces of text, those in drawings within drawings too."""
    todo = [(pdfium.FPDFPage_GetObject(page, index), 0) for index in range(pdfium.FPDFPage_CountObjects(page))]
    while todo:
        item, depth = todo.pop()
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            yield item
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
            count = pdfium.FPDFFormObj_CountObjects(item)
            todo += [(pdfium.FPDFFormObj_GetObject(item, index), depth + 1) for index in range(count)]


def _chars(page: pypdfium2.PdfPage, size: tuple[int, int]) -> Iterator[Char]:
    text = page.get_textpage()
    try:
        for index in range(min(text.count_chars(), MAX_CHARS)):
            code = pdfium.FPDFText_GetUnicode(text, index)
            if code and not 0xD800 <= code < 0xE000 and code <= 0xFFFF:
                yield Char(chr(code), _box(page, text, index, size))
    finally:
        text.close()


def _box(
    page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, index: int, size: tuple[int, int]
) -> tuple[int, int, int, int]:
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    pdfium.FPDFText_GetCharBox(text, index, byref(left), byref(right), byref(bottom), byref(top))
    corners = [_pixel(page, size, x.value, y.value) for x, y in ((left, top), (right, bottom))]
    across, down = sorted(x for x, _y in corners), sorted(y for _x, y in corners)
    return across[0], down[0], across[1] + 1, down[1] + 1


def _pixel(page: pypdfium2.PdfPage, size: tuple[int, int], x: float, y: float) -> tuple[int, int]:
    across, down = c_int(), c_int()
    pdfium.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, byref(across), byref(down))
    return across.value, down.value


def _joined(chars: list[Char], ink: Image.Image, scale: float, height: int) -> Iterator[Word]:
    """Letters that stand side by side as one word, in points from the lower left corner."""
    letters: list[Char] = []
    for char in chars:
        if letters and (not char.letter.strip() or not _continues(letters[-1], char)):
            yield _word(letters, scale, height)
            letters = []
        if char.letter.strip() and _is_visible(char.box, ink):
            letters.append(char)
    if letters:
        yield _word(letters, scale, height)


def _continues(before: Char, char: Char) -> bool:
    tall = before.box[3] - before.box[1] + 4
    return abs(char.box[3] - before.box[3]) < tall and -tall < char.box[0] - before.box[2] < tall


def _is_visible(box: tuple[int, int, int, int], ink: Image.Image) -> bool:
    left, top, right, bottom = max(0, box[0]), max(0, box[1]), min(ink.width, box[2]), min(ink.height, box[3])
    return left < right and top < bottom and ink.crop((left, top, right, bottom)).getbbox() is not None


def _word(letters: list[Char], scale: float, height: int) -> Word:
    text = "".join(char.letter for char in letters)
    left, right = min(char.box[0] for char in letters), max(char.box[2] for char in letters)
    top, bottom = min(char.box[1] for char in letters), max(char.box[3] for char in letters)
    return Word(text, left / scale, (height - bottom) / scale, (right - left) / scale, (bottom - top) / scale)
