"""Documents of office programs before any word is hidden in them. Needs LibreOffice, python-docx, openpyxl and others."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pptx
import xlsxwriter
from images import drawing, exif
from marks import SEEN, mark
from odf import draw, opendocument, style, table, text
from openpyxl.chart import BarChart, Reference
from openpyxl.drawing.image import Image as SheetImage
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

NS = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{full}:1.0"'
    for name, full in {
        **{name: name for name in ("office", "text", "table", "style", "meta", "presentation")},
        "draw": "drawing",
        "fo": "xsl-fo-compatible",
        "svg": "svg-compatible",
    }.items()
)
NS += ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3"'
META = f"<office:meta><dc:creator>{mark('creator')}</dc:creator><dc:title>{mark('title')}</dc:title></office:meta>"
TABLE = "".join(
    f"<table:table-row><table:table-cell office:value-type='string'><text:p>{SEEN} {row}</text:p></table:table-cell>"
    f"<table:table-cell office:value-type='float' office:value='{row}.5'><text:p>{row}.5</text:p></table:table-cell></table:table-row>"
    for row in range(1, 5)
)
BODIES = {
    "text": f"""<office:text><text:h text:outline-level="1">The {SEEN}</text:h><text:p>Read <text:span>this</text:span>: ą ß Ω</text:p>
      <text:list><text:list-item><text:p>One</text:p></text:list-item></text:list>
      <table:table table:name="T"><table:table-column table:number-columns-repeated="2"/>{TABLE}</table:table>
      <text:p>Page <text:page-number>1</text:page-number></text:p></office:text>""",
    "spreadsheet": f"""<office:spreadsheet><table:table table:name="{SEEN}">
      <table:table-column table:number-columns-repeated="2"/>{TABLE}</table:table></office:spreadsheet>""",
    "presentation": f"""<office:presentation><draw:page draw:master-page-name="Default"><draw:frame svg:x="2cm" svg:y="2cm"
      svg:width="18cm" svg:height="4cm"><draw:text-box><text:p>The {SEEN}</text:p></draw:text-box></draw:frame>
      <draw:rect svg:x="4cm" svg:y="8cm" svg:width="5cm" svg:height="3cm"/></draw:page></office:presentation>""",
}
SUFFIXES = {
    "text": ("odt", "docx", "pdf"),
    "spreadsheet": ("ods", "xlsx", "pdf"),
    "presentation": ("odp", "pptx", "pdf"),
}


def picture(form: str = "JPEG") -> bytes:
    """A picture with its own words."""
    buffer = BytesIO()
    options = {"exif": exif(), "comment": mark("picture-comment").encode()} if form == "JPEG" else {}
    drawing().save(buffer, form, **options)
    return buffer.getvalue()


def by_libreoffice() -> Iterator[tuple[str, bytes]]:
    """What LibreOffice makes of three plain documents."""
    for kind, suffixes in SUFFIXES.items():
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder, f"libreoffice.fod{kind[0]}" if kind != "spreadsheet" else "libreoffice.fods")
            media_type = f"application/vnd.oasis.opendocument.{kind}"
            masters = """<office:automatic-styles><style:page-layout style:name="L"/></office:automatic-styles>
              <office:master-styles><style:master-page style:name="Default" style:page-layout-name="L"/></office:master-styles>"""
            source.write_text(
                f'<?xml version="1.0"?><office:document {NS} office:mimetype="{media_type}">{META}'
                f"{masters if kind == 'presentation' else ''}<office:body>{BODIES[kind]}</office:body></office:document>"
            )
            for suffix in suffixes:
                subprocess.run(
                    ["soffice", "--headless", "--convert-to", suffix, "--outdir", folder, source],
                    check=True,
                    capture_output=True,
                )
                yield f"libreoffice-{kind}.{suffix}", Path(folder, f"libreoffice.{suffix}").read_bytes()


def by_python_docx() -> Iterator[tuple[str, bytes]]:
    for number, form in enumerate(("JPEG", "PNG", "GIF", "BMP", "TIFF", "JPEG", "PNG"), start=1):
        document = docx.Document()
        document.add_heading(f"The {SEEN}", 1)
        document.add_paragraph("Read this: ą ß Ω", style="List Bullet").add_run(" bold").bold = True
        document.add_picture(BytesIO(picture(form)), width=docx.shared.Cm(4))
        grid = document.add_table(2, 2, style="Table Grid")
        grid.cell(0, 0).text = f"{SEEN} 1"
        document.sections[0].header.paragraphs[0].text = "On top"
        yield f"python-docx-{number}-{form.lower()}.docx", _saved(document.save)


def by_openpyxl() -> Iterator[tuple[str, bytes]]:
    for number in (1, 2, 3, 4):
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = SEEN
        for row in range(1, 8):
            sheet.append([f"{SEEN} {row}", row * 1.5, row])
        sheet["A1"].font = openpyxl.styles.Font(bold=True, name="Arial")
        sheet["B2"].number_format = "#,##0.00"
        if number > 1:
            sheet.add_image(SheetImage(BytesIO(picture())), "E2")
        if number > 2:
            chart = BarChart()
            chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=7))
            sheet.add_chart(chart, "E12")
        yield f"openpyxl-{number}.xlsx", _saved(book.save)


def by_xlsxwriter() -> Iterator[tuple[str, bytes]]:
    for number in (1, 2, 3, 4):
        buffer = BytesIO()
        book = xlsxwriter.Workbook(buffer)
        sheet = book.add_worksheet(SEEN)
        sheet.write_row(0, 0, [f"{SEEN} 1", 2, 3.5], book.add_format({"bold": True, "bg_color": "#ffcc00"}))
        sheet.write_formula(1, 0, "=1+1", None, 2)
        sheet.set_column(0, 0, 20)
        if number % 2 == 0:
            sheet.insert_image("C3", "a.png", {"image_data": BytesIO(picture("PNG"))})
            sheet.merge_range("A5:C5", "Together")
        book.close()
        yield f"xlsxwriter-{number}.xlsx", buffer.getvalue()


def by_python_pptx() -> Iterator[tuple[str, bytes]]:
    for number in range(1, 7):
        deck = pptx.Presentation()
        slide = deck.slides.add_slide(deck.slide_layouts[5 if number < 5 else 0])
        slide.shapes.title.text = f"The {SEEN}"
        if number > 1:
            slide.shapes.add_picture(
                BytesIO(picture("JPEG" if number == 2 else "PNG")), Inches(1), Inches(2), Inches(2)
            )
        if number > 2:
            data = CategoryChartData()
            data.categories = ["Here", "There"]
            data.add_series("Seen", (3, 5))
            place = (Inches(4), Inches(2), Inches(4), Inches(3))
            slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *place, data)
        if number > 3:
            grid = slide.shapes.add_table(2, 2, Inches(1), Inches(5), Inches(3), Inches(1)).table
            grid.cell(0, 0).text = "In a table"
        yield f"python-pptx-{number}.pptx", _saved(deck.save)


def by_odfpy() -> Iterator[tuple[str, bytes]]:
    for number, form in enumerate(("JPEG", "PNG", "GIF", "BMP"), start=1):
        document = opendocument.OpenDocumentText()
        bold = style.Style(name="Anything", family="text")
        bold.addElement(style.TextProperties(fontweight="bold"))
        document.automaticstyles.addElement(bold)
        paragraph = text.P(text=f"The {SEEN} ")
        paragraph.addElement(text.Span(stylename=bold, text="bold"))
        document.text.addElement(paragraph)
        frame = draw.Frame(width="4cm", height="3cm", anchortype="as-char")
        name = document.addPictureFromString(picture(form), f"image/{form.lower()}")
        frame.addElement(draw.Image(href=name))
        holder = text.P()
        holder.addElement(frame)
        document.text.addElement(holder)
        yield f"odfpy-{number}.odt", _saved(document.write)
    for number in (1, 2):
        sheets = opendocument.OpenDocumentSpreadsheet()
        grid = table.Table(name=SEEN)
        for row in range(1, 3 + number):
            line = table.TableRow()
            cell = table.TableCell(valuetype="string")
            cell.addElement(text.P(text=f"{SEEN} {row}"))
            line.addElement(cell)
            grid.addElement(line)
        sheets.spreadsheet.addElement(grid)
        yield f"odfpy-{number}.ods", _saved(sheets.write)


def _saved(save: object) -> bytes:
    buffer = BytesIO()
    save(buffer)  # type: ignore[operator]
    return buffer.getvalue()


def documents() -> Iterator[tuple[str, bytes]]:
    """All of them."""
    for maker in (by_libreoffice, by_python_docx, by_openpyxl, by_xlsxwriter, by_python_pptx, by_odfpy):
        yield from maker()
