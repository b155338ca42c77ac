"""Files with words in every place where programs leave some; made here, read by nobody's library but as bytes."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO

import pikepdf
import pillow_heif
from PIL import Image
from PIL.PngImagePlugin import PngInfo

CANARY = "canary-5813"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _exif() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010E] = exif[0x013B] = exif[0x8298] = CANARY
    exif[0x0112] = 6
    return exif


def jpeg() -> bytes:
    written = BytesIO()
    Image.new("RGB", (40, 20), "navy").save(written, "JPEG", exif=_exif(), comment=CANARY.encode())
    return written.getvalue()


def png() -> bytes:
    about = PngInfo()
    about.add_text("Author", CANARY)
    about.add_itxt("XML:com.adobe.xmp", CANARY, zip=True)
    written = BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 90, 90)).save(written, "PNG", pnginfo=about, exif=_exif())
    return written.getvalue()


def heic() -> bytes:
    pillow_heif.register_heif_opener()
    written = BytesIO()
    Image.new("RGB", (64, 64), "navy").save(written, "HEIF", exif=_exif(), xmp=CANARY.encode())
    return written.getvalue()


def pdf() -> bytes:
    made = pikepdf.new()
    made.add_blank_page(page_size=(200, 200))
    page, written = made.pages[0], BytesIO()
    with made.open_metadata() as about:
        about["dc:creator"] = [CANARY]
    made.docinfo["/Author"] = CANARY
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=CANARY)
    made.attachments["a.txt"] = pikepdf.AttachedFileSpec(made, CANARY.encode(), filename=f"{CANARY}.txt")
    photograph = pikepdf.Stream(made, jpeg())
    photograph.stream_dict = pikepdf.Dictionary(
        Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=40, Height=20, BitsPerComponent=8
    )
    photograph.ColorSpace, photograph.Filter = pikepdf.Name.DeviceRGB, pikepdf.Name.DCTDecode
    photograph.Metadata = pikepdf.Stream(made, CANARY.encode())
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=made.make_indirect(photograph)))
    page.Contents = pikepdf.Stream(made, b"q 40 0 0 20 0 0 cm /Im0 Do Q")
    page.PieceInfo = pikepdf.Dictionary(Maker=pikepdf.Dictionary(Private=CANARY))
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, T=CANARY, Contents="kept")
    note.Rect = pikepdf.Array([0, 0, 9, 9])
    page.Annots = pikepdf.Array([note])
    made.save(written)
    return written.getvalue()


def archive(parts: dict[str, str | bytes]) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
        packed.comment = CANARY.encode()
    return written.getvalue()


def docx() -> bytes:
    document = f"""<w:document {W}><!-- {CANARY} --><w:body><w:p w:rsidR="00{CANARY}"><w:r><w:t>kept</w:t></w:r>
      <w:ins w:id="1" w:author="{CANARY}" w:date="2026-01-01T00:00:00Z"><w:r><w:t>added</w:t></w:r></w:ins></w:p>
      </w:body></w:document>"""
    types = f"""<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>
      <Override PartName="/docProps/core.xml" ContentType="x"/>
      <Override PartName="/word/document.xml" ContentType="y"/></Types>"""
    relations = f"""<Relationships xmlns="{PACKAGE}/relationships">
      <Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>
      <Relationship Id="r2" Type="x/core-properties" Target="docProps/core.xml"/></Relationships>"""
    of_document = f"""<Relationships xmlns="{PACKAGE}/relationships">
      <Relationship Id="r3" Type="{OFFICE}/image" Target="media/image1.jpeg"/>
      <Relationship Id="r4" Type="x" Target="file:///C:/Users/{CANARY}" TargetMode="External"/></Relationships>"""
    return archive(
        {
            "[Content_Types].xml": types,
            "_rels/.rels": relations,
            "docProps/core.xml": f"<c>{CANARY}</c>",
            "docProps/thumbnail.jpeg": jpeg(),
            "word/document.xml": document,
            "word/_rels/document.xml.rels": of_document,
            "word/comments.xml": f'<w:comments {W}><w:comment w:author="{CANARY}" w:initials="{CANARY}"/></w:comments>',
            "word/people.xml": f'<w:people {W} name="{CANARY}"/>',
            "word/settings.xml": f'<w:settings {W}><w:rsids><w:rsid w:val="{CANARY}"/></w:rsids></w:settings>',
            "word/media/image1.jpeg": jpeg(),
            "word/vbaProject.bin": CANARY,
        }
    )


def xlsx() -> bytes:
    s = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return archive(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
            "_rels/.rels": f"""<Relationships xmlns="{PACKAGE}/relationships">
              <Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>""",
            "xl/workbook.xml": f"""<workbook {s} xmlns:r="{OFFICE}"><fileSharing userName="{CANARY}"/>
              <sheets><sheet name="kept" sheetId="1" r:id="{CANARY}"/></sheets></workbook>""",
            "xl/_rels/workbook.xml.rels": f"""<Relationships xmlns="{PACKAGE}/relationships">
              <Relationship Id="{CANARY}" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>""",
            "xl/worksheets/sheet1.xml": f"""<worksheet {s}><sheetData><row r="1">
              <c r="A1"><v>7</v></c></row></sheetData></worksheet>""",
            "xl/comments1.xml": f"<comments {s}><authors><author>{CANARY}</author></authors></comments>",
            "xl/persons/person.xml": f"<p>{CANARY}</p>",
            "docProps/app.xml": f"<a>{CANARY}</a>",
        }
    )


def odt() -> bytes:
    office = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )
    manifest = 'xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    entries = "".join(f'<m:file-entry m:full-path="{name}"/>' for name in ("/", "content.xml", "meta.xml"))
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"""<office:document-content {office}><office:body><office:text><t:p>kept<office:annotation>
              <dc:creator>{CANARY}</dc:creator></office:annotation></t:p></office:text></office:body>
              </office:document-content>""",
            "meta.xml": f"<m>{CANARY}</m>",
            "settings.xml": f"<s>{CANARY}</s>",
            "Thumbnails/thumbnail.png": png(),
            "META-INF/manifest.xml": f"<m:manifest {manifest}>{entries}</m:manifest>",
        }
    )


def box(name: bytes, *contents: bytes) -> bytes:
    inside = b"".join(contents)
    return struct.pack(">I4s", 8 + len(inside), name) + inside


def track(kind: bytes, offset: int, size: int) -> bytes:
    full = bytes(4)
    tables = box(b"stsz", full, struct.pack(">III", 0, 1, size)), box(b"stco", full, struct.pack(">II", 1, offset))
    runs = box(b"stsc", full, struct.pack(">IIII", 1, 1, 1, 1))
    seen = bytes(6) + b"\0\1" + bytes(16) + struct.pack(">HH", 40, 20) + bytes(50)
    described = box(b"avc1", seen, box(b"uuid", CANARY.encode()))
    codec = box(b"stsd", full, struct.pack(">I", 1), described)
    handler = box(b"hdlr", full, bytes(4), kind, bytes(12), CANARY.encode() + b"\0")
    mdia = box(
        b"mdia",
        box(b"mdhd", full, b"\x11" * 8, struct.pack(">III", 1000, 2000, 0)),
        handler,
        box(b"minf", box(b"stbl", codec, *tables, runs)),
    )
    return box(b"trak", box(b"tkhd", full, b"\x22" * 8, bytes(72)), mdia, box(b"udta", CANARY.encode()))


def mp4() -> bytes:
    head = box(b"ftyp", b"isom", bytes(4), b"isom")
    media, where = b"kept-media", CANARY.encode()
    start = len(head) + 8
    moov = box(
        b"moov",
        box(b"mvhd", bytes(4), b"\x33" * 8, bytes(88)),
        track(b"vide", start, len(media)),
        track(b"meta", start + len(media), len(where)),
        box(b"udta", box(b"meta", CANARY.encode())),
    )
    return head + box(b"mdat", media, where) + moov + box(b"uuid", CANARY.encode()) + box(b"free", CANARY.encode())


SAMPLES = {"JPEG": jpeg, "PNG": png, "HEIC": heic, "PDF": pdf, "DOCX": docx, "XLSX": xlsx, "ODT": odt, "MP4": mp4}
