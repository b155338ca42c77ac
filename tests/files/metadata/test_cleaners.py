"""Copies tell nothing of their makers: looked for in the bytes, unpacked wherever something is packed."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from tests.files.metadata import samples
from tests.files.metadata.samples import CANARY, SAMPLES, archive
from victor.files.metadata.copies import make_clean_copy
from victor.files.metadata.errors import NoCopy

NEEDLES = [CANARY.encode(code) for code in ("ascii", "utf-16-le", "utf-16-be")] + [CANARY.encode().hex().encode()]


def unpacked(content: bytes) -> bytes:
    """The bytes, and all that any part of them holds deflated."""
    whole = [content]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as packed:
            whole += [unpacked(packed.read(each)) for each in packed.namelist()] + [packed.comment]
    for start in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", content):
        try:
            whole.append(zlib.decompressobj().decompress(content[start.start() :]))
        except zlib.error:
            continue
    return b"\n".join(whole)


def hits(content: bytes) -> int:
    whole = unpacked(content).lower()
    return sum(whole.count(needle) for needle in NEEDLES)


@pytest.mark.parametrize("form", SAMPLES)
def test_copy_holds_none_of_the_words_that_programs_left(form, figure):
    original = SAMPLES[form]()
    assert hits(original) > 0
    left = hits(make_clean_copy(original).content)
    figure(f"canaries in a clean {form} (original: {hits(original)})", left)
    assert left == 0


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("HEIC", "image/jpeg"),
        ("PDF", "application/pdf"),
        ("MP4", "video/mp4"),
        ("ODT", "application/vnd.oasis.opendocument.text"),
        ("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_copy_is_of_the_kind_that_it_says(form, kind):
    assert make_clean_copy(SAMPLES[form]()).type == kind


def test_picture_stands_upright_without_its_note_on_it():
    with Image.open(BytesIO(make_clean_copy(samples.jpeg()).content)) as copy:
        assert copy.size == (20, 40)
        assert copy.info.keys() & {"exif", "comment", "icc_profile"} == set()


def test_pages_words_and_pictures_of_documents_stay():
    pdf = make_clean_copy(samples.pdf())
    with pikepdf.open(BytesIO(pdf.content)) as copy:
        assert len(copy.pages) == 1
        assert pdf.missing == ("comments", "objects")
        assert set(copy.Root.keys()) == {"/Type", "/Pages"}
    with zipfile.ZipFile(BytesIO(make_clean_copy(samples.docx()).content)) as copy:
        assert {b"kept", b"added"} <= set(re.findall(rb">(\w+)</w:t>", copy.read("word/document.xml")))
        assert {each.date_time for each in copy.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"docProps" not in copy.read("[Content_Types].xml") + copy.read("_rels/.rels")


def test_opendocument_begins_with_its_kind_unpacked():
    content = make_clean_copy(samples.odt()).content
    with zipfile.ZipFile(BytesIO(content)) as copy:
        first = copy.infolist()[0]
        assert first.filename == "mimetype"
        assert first.compress_type == zipfile.ZIP_STORED
        assert b"meta.xml" not in copy.read("META-INF/manifest.xml")


def test_film_keeps_its_pictures_and_its_length():
    original = samples.mp4()
    film = make_clean_copy(original)
    copy = film.content
    assert b"kept-media" in copy
    assert film.seconds == 2.0
    assert film.missing == ("tracks",)
    assert [each in copy for each in (b"\x11" * 8, b"\x22" * 8, b"\x33" * 8)] == [False] * 3


BOMB = {"word/document.xml": b"<a/>" + bytes(50_000_000)}
ENTITY = {"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}


REFUSED = {
    "empty": lambda: b"",
    "unknown": lambda: b"MZ of no known kind",
    "cut JPEG": lambda: samples.jpeg()[:200],
    "cut PDF": lambda: samples.pdf()[:300],
    "cut MP4": lambda: samples.mp4()[:-3],
    "MP4 without a film": lambda: b"\0\0\0\x08ftypisom",
    "bomb": lambda: archive(BOMB),
    "entity": lambda: archive(ENTITY),
    "broken XML": lambda: archive({"word/document.xml": b"<a>"}),
    "other archive": lambda: archive({"anything": b"else"}),
    "cut DOCX": lambda: samples.docx()[:500],
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_damaged_unknown_or_made_to_harm_has_no_copy(name):
    content = REFUSED[name]()
    with pytest.raises(NoCopy):
        make_clean_copy(content)
