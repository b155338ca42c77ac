"""PDFs of many producers, with words in every place that the format has for them and that readers do not see.

Needs ReportLab, fpdf2, img2pdf, Pillow, pikepdf, qpdf, Ghostscript and LibreOffice.
"""

from __future__ import annotations

import subprocess
import tempfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import fpdf
import img2pdf
import pikepdf
from images import drawing, exif
from marks import SEEN, mark
from pikepdf import Array, Dictionary, Name, Stream, String
from reportlab.lib.pagesizes import A5
from reportlab.pdfgen import canvas


def by_reportlab() -> Iterator[tuple[str, bytes]]:
    for number in range(1, 13):
        buffer = BytesIO()
        paper = canvas.Canvas(buffer, pagesize=A5, pageCompression=number % 2)
        paper.setFont("Helvetica", 14)
        paper.drawString(60, 480, f"The {SEEN} {number}")
        paper.rect(60, 300, 120, 60, fill=number % 4 > 2)
        if number % 3 == 2:
            paper.drawInlineImage(drawing(), 60, 180, 96, 64)
        if number > 4:
            paper.acroForm.textfield(name="name", value="Filled in", x=60, y=120, width=150, height=20)
            paper.acroForm.checkbox(name="tick", checked=True, x=60, y=90)
        paper.showPage()
        if number % 6 == 0:
            paper.drawString(60, 480, "On a second page")
            paper.showPage()
        paper.save()
        yield f"reportlab-{number}.pdf", buffer.getvalue()


def by_fpdf() -> Iterator[tuple[str, bytes]]:
    for number in (1, 2, 3):
        paper = fpdf.FPDF(format="A5")
        paper.add_page(orientation="landscape" if number == 2 else "portrait")
        paper.set_font("Times", size=16)
        paper.cell(text=f"The {SEEN}", border=1)
        if number == 3:
            paper.image(drawing(), x=20, y=40, w=40)
            paper.add_page()
            paper.cell(text="Second page")
        yield f"fpdf2-{number}.pdf", bytes(paper.output())


def by_others() -> Iterator[tuple[str, bytes]]:
    for mode in ("RGB", "L", "CMYK"):
        buffer = BytesIO()
        drawing(mode).save(buffer, "JPEG", exif=exif(1), comment=mark("picture-comment").encode())
        yield f"img2pdf-{mode}.pdf", img2pdf.convert(buffer.getvalue())
    for number, mode in enumerate(("RGB", "1", "P"), start=1):
        buffer = BytesIO()
        drawing(mode).save(buffer, "PDF")
        yield f"pillow-{number}.pdf", buffer.getvalue()


def by_programs(source: bytes) -> Iterator[tuple[str, bytes]]:
    """The same file as qpdf and Ghostscript write it."""
    with tempfile.TemporaryDirectory() as folder:
        source_path, written = Path(folder, "a.pdf"), Path(folder, "b.pdf")
        source_path.write_bytes(source)
        for name, options in {
            "objects": ["--object-streams=generate"],
            "linear": ["--linearize"],
            "plain": ["--qdf"],
            "owner": ["--encrypt", "", "owner", "256", "--print=none", "--"],
        }.items():
            subprocess.run(["qpdf", *options, source_path, written], check=True)
            yield f"qpdf-{name}.pdf", written.read_bytes()
        for name in ("pdfwrite",):
            subprocess.run(["gs", "-q", "-o", written, f"-sDEVICE={name}", "-r72", source_path], check=True)
            yield f"ghostscript-{name}.pdf", written.read_bytes()


def mark_paper(content: bytes) -> bytes:
    """Hide words all over a PDF."""
    with pikepdf.open(BytesIO(content)) as paper:
        _mark_document(paper)
        for page in paper.pages:
            _mark_page(paper, page)
        buffer = BytesIO()
        paper.save(buffer, object_stream_mode=pikepdf.ObjectStreamMode.preserve, fix_metadata_version=False)
    superseded = f"\n999 0 obj\n<</Old ({mark('superseded')})>>\nendobj\n".encode()
    return buffer.getvalue() + superseded + b"%" + mark("after-the-end").encode()


def _mark_document(paper: pikepdf.Pdf) -> None:
    for name in ("Title", "Author", "Subject", "Keywords", "Creator", "Producer", "Custom"):
        paper.docinfo[f"/{name}"] = mark(f"info-{name.lower()}")
    root = paper.Root
    root.Metadata = Stream(paper, f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{mark('xmp')}</x:xmpmeta>".encode())
    root.OpenAction = Dictionary(S=Name.JavaScript, JS=mark("script"))
    root.Lang = String(mark("language"))
    root.PieceInfo = Dictionary(Maker=Dictionary(Private=mark("piece-info")))
    root.Threads = Array([paper.make_indirect(Dictionary(I=Dictionary(Title=mark("thread"))))])
    root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=mark("page-label"))]))
    root.OutputIntents = Array([Dictionary(S=Name.GTS_PDFA1, OutputConditionIdentifier=mark("output-intent"))])
    root.Names = Dictionary(
        JavaScript=Dictionary(Names=Array([mark("script-name"), Dictionary(S=Name.JavaScript, JS="1")]))
    )
    paper.attachments["a.txt"] = pikepdf.AttachedFileSpec(
        paper,
        mark("attachment").encode(),
        filename=f"{mark('attachment-name')}.txt",
        description=mark("attachment-description"),
    )
    item = paper.make_indirect(Dictionary(Title=mark("outline"), Dest=Array([paper.pages[0].obj, Name.Fit])))
    root.Outlines = paper.make_indirect(Dictionary(Type=Name.Outlines, First=item, Last=item, Count=1))
    item.Parent = root.Outlines
    element = paper.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.Figure, Alt=mark("alternative"), T=mark("structure-title"))
    )
    root.StructTreeRoot = paper.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=element))
    element.P = root.StructTreeRoot
    layer = paper.make_indirect(
        Dictionary(
            Type=Name.OCG,
            Name=mark("layer-name"),
            Usage=Dictionary(CreatorInfo=Dictionary(Creator=mark("layer-creator"), Subtype=Name.Artwork)),
        )
    )
    root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer]), Order=Array([layer])))
    paper.trailer.ID = Array([String(mark("id")), String(mark("id"))])


def _mark_page(paper: pikepdf.Pdf, page: pikepdf.Page) -> None:
    page.obj.Metadata = Stream(paper, mark("page-xmp").encode())
    page.obj.PieceInfo = Dictionary(Maker=Dictionary(Private=mark("page-piece-info")))
    page.obj.AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS=mark("page-script")))
    if "/Resources" not in page.obj:
        page.obj.Resources = Dictionary()
    resources = page.obj.Resources
    for name in ("XObject", "Font", "Properties"):
        if f"/{name}" not in resources:
            resources[f"/{name}"] = Dictionary()
    resources.XObject[Name.Hid] = _picture(paper)
    resources.XObject[Name.Twice] = _twice_packed(paper)
    descriptor = Dictionary(Type=Name.FontDescriptor, FontName=Name.Helvetica, FontFamily=mark("font-family"), Flags=32)
    resources.Font[Name.Hid] = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, FontDescriptor=descriptor
    )
    resources.Properties[Name.Lay] = paper.Root.OCProperties.OCGs[0]
    width, height = float(page.mediabox[2]), float(page.mediabox[3])
    hidden = f"""
% {mark("content-comment")}
q /OC /Lay BDC BT /Hid 12 Tf 30 30 Td ({mark("hidden-layer")}) Tj ET EMC Q
q BT 3 Tr /Hid 12 Tf 30 60 Td ({mark("invisible-text")}) Tj ET Q
q BT /Hid 12 Tf {width + 200} {height + 200} Td ({mark("outside-text")}) Tj ET Q
q 1 g 28 3 300 11 re f BT /Hid 8 Tf 30 5 Td ({mark("white-text")}) Tj ET Q
q BT /Hid 8 Tf 30 16 Td ({mark("covered-text")}) Tj ET 1 g 28 12 300 14 re f Q
/Span <</ActualText ({mark("actual-text")})>> BDC EMC
q 0.01 0 0 0.01 2 2 cm /Hid Do Q q 0.01 0 0 0.01 3 2 cm /Twice Do Q
q 0.01 0 0 0.01 4 2 cm """.encode()
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(b"\nQ\n" + hidden + _inline_picture() + b" Q")
    _mark_notes(paper, page)


def _jpeg() -> bytes:
    buffer = BytesIO()
    drawing(size=(16, 16)).save(buffer, "JPEG", exif=exif(1), comment=mark("jpeg-comment").encode())
    return buffer.getvalue()


def _picture(paper: pikepdf.Pdf) -> Stream:
    picture = Stream(paper, b"")
    picture.write(_jpeg(), filter=Name.DCTDecode)
    picture.Type, picture.Subtype, picture.Width, picture.Height = Name.XObject, Name.Image, 16, 16
    picture.BitsPerComponent, picture.ColorSpace = 8, Name.DeviceRGB
    picture.Metadata = Stream(paper, mark("picture-xmp").encode())
    return paper.make_indirect(picture)


def _twice_packed(paper: pikepdf.Pdf) -> Stream:
    picture = Stream(paper, b"")
    picture.write(zlib.compress(_jpeg()), filter=Array([Name.FlateDecode, Name.DCTDecode]))
    picture.Type, picture.Subtype, picture.Width, picture.Height = Name.XObject, Name.Image, 16, 16
    picture.BitsPerComponent, picture.ColorSpace = 8, Name.DeviceRGB
    return paper.make_indirect(picture)


def _inline_picture() -> bytes:
    data = _jpeg().hex().encode() + b">"
    return b"BI /W 16 /H 16 /BPC 8 /CS /RGB /F [/AHx /DCT] ID " + data + b" EI"


def _mark_notes(paper: pikepdf.Pdf, page: pikepdf.Page) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([300, 500, 318, 518]), Contents=mark("note"), F=4)
    note.T, note.Subj, note.RC, note.NM = (
        mark("note-author"),
        mark("note-subject"),
        mark("note-rich"),
        mark("note-name"),
    )
    popup = Dictionary(
        Type=Name.Annot, Subtype=Name.Popup, Rect=Array([0, 0, 9, 9]), T=mark("popup-author"), Contents=mark("popup")
    )
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([60, 480, 160, 500]), Border=Array([0, 0, 0]))
    link.A = Dictionary(S=Name.URI, URI=f"file:///C:/Users/{mark('link')}.pdf")
    notes = page.obj.get("/Annots", Array([]))
    for field in notes:
        if field.get("/Subtype") == Name.Widget:
            field.TU, field.TM = mark("field-tooltip"), mark("field-export")
    page.obj.Annots = Array([*notes, *(paper.make_indirect(item) for item in (note, popup, link))])


def papers(of_libreoffice: list[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """All of them, marked."""
    plain = [*by_reportlab(), *by_fpdf(), *by_others(), *of_libreoffice]
    yield from ((name, mark_paper(content)) for name, content in plain)
    for name, content in by_programs(mark_paper(plain[0][1])):
        yield name, content if "owner" in name else content + b"\n%" + mark("after-the-end").encode()
