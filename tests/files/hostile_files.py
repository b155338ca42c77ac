"""Small files that would take gigabytes or minutes of whoever reads them without bounds."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

from tests.files.metadata.samples import archive, box

CHUNKS = 60_000
RELATIONS = "http://schemas.openxmlformats.org"


def film_of_many_chunks() -> bytes:
    """Each chunk has one sample of a track that is not played, and a row of its own in the table of runs."""
    full, numbers = bytes(4), range(1, CHUNKS + 1)
    runs = box(b"stsc", full, struct.pack(">I", CHUNKS), *(struct.pack(">III", number, 1, 1) for number in numbers))
    offsets = box(b"stco", full, struct.pack(f">I{CHUNKS}I", CHUNKS, *([8] * CHUNKS)))
    sizes = box(b"stsz", full, struct.pack(">II", 1, CHUNKS))
    described = box(b"stsd", full, struct.pack(">I", 1), box(b"avc1", bytes(78)))
    media = box(b"mdhd", full, bytes(8), struct.pack(">III", 1000, 2000, 0))
    handler = box(b"hdlr", full, bytes(4), b"vide", bytes(13))
    track = box(b"mdia", media, handler, box(b"minf", box(b"stbl", described, sizes, offsets, runs)))
    head = box(b"mvhd", bytes(100)), box(b"trak", box(b"tkhd", bytes(84)), track)
    return box(b"ftyp", b"isom", bytes(4)) + box(b"moov", *head) + box(b"mdat", bytes(CHUNKS))


def word_file(document: bytes) -> bytes:
    relation = f"{RELATIONS}/officeDocument/2006/relationships/officeDocument"
    relations = f"""<Relationships xmlns="{RELATIONS}/package/2006/relationships">
      <Relationship Id="r1" Type="{relation}" Target="word/document.xml"/></Relationships>"""
    return archive({"_rels/.rels": relations, "word/document.xml": document})


def word_of_elements(megabytes: int) -> bytes:
    main = f"{RELATIONS}/wordprocessingml/2006/main"
    return word_file(f'<w:document xmlns:w="{main}">'.encode() + b"<a/>" * (megabytes * 250_000) + b"</w:document>")


def billion_laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{step} "{f"&l{step - 1};" * 10}">' for step in range(1, 10))
    return word_file(f'<!DOCTYPE d [<!ENTITY l0 "ha">{entities}]><d>&l9;</d>'.encode())


def nested_zips() -> bytes:
    inner = bytes(20_000_000)
    for _ in range(4):
        written = BytesIO()
        with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
            for number in range(10):
                packed.writestr(f"word/document{number}.xml", inner)
        inner = written.getvalue()
    return inner


def png_of(width: int, height: int) -> bytes:
    row = zlib.compressobj(9)
    data = b"".join([*(row.compress(bytes(1 + 3 * width)) for _ in range(height)), row.flush()])
    chunks = [b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0), b"IDAT" + data, b"IEND"]
    parts = (struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk)) for chunk in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def pdf_of_blanks(megabytes: int) -> bytes:
    packer = zlib.compressobj(9)
    stream = b"".join([*(packer.compress(b" " * 1_000_000) for _ in range(megabytes)), packer.flush()])
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(stream), stream),
    ]
    body = b"".join(b"%d 0 obj\n%b\nendobj\n" % (number, item) for number, item in enumerate(objects, start=1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R/Size 5>>"


HOSTILE: dict[str, Callable[[], bytes]] = {
    "film of 60,000 chunks": film_of_many_chunks,
    "Word, 40 MB of elements": lambda: word_of_elements(40),
    "Word, 15 MB of elements": lambda: word_of_elements(15),
    "billion laughs": billion_laughs,
    "zips in zips": nested_zips,
    "PNG of 60 million points": lambda: png_of(10_000, 6_000),
    "PNG of 400 million points": lambda: png_of(20_000, 20_000),
    "PDF, 1 GB of blanks": lambda: pdf_of_blanks(1000),
}
