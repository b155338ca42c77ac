"""Writes a PDF of pictures, with words beneath them that nobody sees (ISO 32000-1). All of it is made here."""

from __future__ import annotations

import encodings.utf_16_be  # noqa: F401 - later nothing can be imported
import zlib
from collections.abc import Iterable
from io import BytesIO
from typing import NamedTuple

from PIL import Image

MAX_BYTES = 60 * 1024 * 1024
QUALITY = 88
PALE = 256  # colours, up to which nothing is lost
FONT = b"<</Type/Font/Subtype/Type0/BaseFont/Words/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>"
CID_FONT = (
    b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Words/DW 500/FontDescriptor 6 0 R"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>"
)
DESCRIPTOR = (
    b"<</Type/FontDescriptor/FontName/Words/Flags 4/FontBBox[0 0 500 1000]/ItalicAngle 0/Ascent 800/Descent -200"
    b"/CapHeight 700/StemV 80>>"
)
TO_UNICODE = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
    b"/CMapName /Words def /CMapType 2 def\n"
    b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    b"1 beginbfrange <0000> <FFFF> <0000> endbfrange\n"
    b"endcmap CMapName currentdict /CMap defineresource pop end end"
)
LETTER_WIDTH = 0.5  # of the font's size, as DW says


class Word(NamedTuple):
    """A word, and where it stands, in points from the lower left corner."""

    text: str
    x: float
    y: float
    width: float
    height: float


class Page(NamedTuple):
    """A page: its size in points, what is seen, and what is read."""

    size: tuple[float, float]
    picture: Image.Image
    words: list[Word]


def write_paper(pages: Iterable[Page]) -> bytes:
    """A PDF of these pages. Each is written before the next is drawn."""
    paper = _Paper()
    paper.add(b"<</Type/Catalog/Pages 2 0 R>>")
    paper.reserve()  # the list of pages, which is known at the end
    paper.add(FONT)
    paper.add(CID_FONT)
    paper.add_stream(b"", TO_UNICODE)
    paper.add(DESCRIPTOR)
    numbers = [_add_page(paper, page) for page in pages]
    children = b" ".join(b"%d 0 R" % number for number in numbers)
    paper.add(b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(numbers), children), number=2)
    return paper.finish()


def _add_page(paper: _Paper, page: Page) -> int:
    width, height = page.size
    picture = _add_picture(paper, page.picture)
    drawing = b"q %.3f 0 0 %.3f 0 0 cm /P Do Q\n" % (width, height) + b"".join(_set_word(word) for word in page.words)
    contents = paper.add_stream(b"", drawing)
    return paper.add(
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %.3f %.3f]/Contents %d 0 R"
        b"/Resources<</XObject<</P %d 0 R>>/Font<</F 3 0 R>>>>>>" % (width, height, contents, picture)
    )


def _set_word(word: Word) -> bytes:
    size = max(word.height, 1.0)
    stretch = 100 * word.width / (LETTER_WIDTH * size * len(word.text))
    code = word.text.encode("utf-16-be").hex().encode()
    place = (stretch, size, word.x, word.y + 0.2 * size)
    return b"BT 3 Tr %.2f Tz /F %.2f Tf 1 0 0 1 %.2f %.2f Tm <%b> Tj ET\n" % (*place, code)


def _add_picture(paper: _Paper, picture: Image.Image) -> int:
    """Text and drawings without loss; photographs as JPEG."""
    head = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8" % picture.size
    colours = picture.getcolors(PALE)
    if colours is None:
        buffer = BytesIO()
        picture.save(buffer, "JPEG", quality=QUALITY, subsampling=0)
        return paper.add_stream(head + b"/ColorSpace/DeviceRGB/Filter/DCTDecode", buffer.getvalue(), is_packed=True)
    palette = [colour for _count, colour in colours if isinstance(colour, tuple)]
    if all(len(set(colour)) == 1 for colour in palette):
        return paper.add_stream(head + b"/ColorSpace/DeviceGray", picture.getchannel(0).tobytes())
    indexed = picture.quantize(PALE, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    if indexed.convert("RGB").tobytes() != picture.tobytes():
        return paper.add_stream(head + b"/ColorSpace/DeviceRGB", picture.tobytes())
    table = bytes(indexed.getpalette() or [])
    space = b"/ColorSpace[/Indexed/DeviceRGB %d<%b>]" % (len(table) // 3 - 1, table.hex().encode())
    return paper.add_stream(head + space, indexed.tobytes())


class _Paper:
    """Objects of a PDF, one after the other, with their offsets."""

    def __init__(self) -> None:
        self.buffer = BytesIO()
        self.buffer.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        self.offsets: list[int] = []

    def reserve(self) -> int:
        """The number of an object that is written later."""
        self.offsets.append(0)
        return len(self.offsets)

    def add(self, value: bytes, *, number: int | None = None) -> int:
        """Write an object. Returns its number."""
        number = number or self.reserve()
        self.offsets[number - 1] = self.buffer.tell()
        self.buffer.write(b"%d 0 obj\n%b\nendobj\n" % (number, value))
        if self.buffer.tell() > MAX_BYTES:
            raise MemoryError
        return number

    def add_stream(self, head: bytes, content: bytes, *, is_packed: bool = False) -> int:
        """Write a stream, packed unless it is already."""
        packed = content if is_packed else zlib.compress(content, 6)
        filters = b"" if is_packed else b"/Filter/FlateDecode"
        return self.add(b"<<%b%b/Length %d>>\nstream\n%b\nendstream" % (head, filters, len(packed), packed))

    def finish(self) -> bytes:
        """The whole file."""
        start = self.buffer.tell()
        self.buffer.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(self.offsets) + 1))
        for offset in self.offsets:
            self.buffer.write(b"%010d 00000 n \n" % offset)
        self.buffer.write(
            b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(self.offsets) + 1, start)
        )
        return self.buffer.getvalue()
