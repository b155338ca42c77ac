"""A PDF keeps its pages; what it says of itself, carries along or does by itself goes."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from victor.files.metadata.errors import NoCopy

# What may stand anywhere in a PDF and tells of its makers, or acts when it is opened.
REMOVED_KEYS = ("/Metadata", "/PieceInfo", "/LastModified", "/AA", "/OpenAction", "/JS", "/AF", "/EF", "/Thumb")
REMOVED_NOTE_KEYS = ("/T", "/M", "/CreationDate", "/NM")
ACTIVE_NOTES = {"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"}


def clean_pdf(content: bytes) -> tuple[str, bytes]:
    """The pages, with nothing beside them.

    Raises:
        NoCopy: it is damaged or locked.
    """
    try:
        with pikepdf.open(BytesIO(content)) as opened:
            return "application/pdf", _write_pages(opened)
    except (pikepdf.PdfError, ValueError, RecursionError) as damage:
        raise NoCopy from damage


def _write_pages(opened: pikepdf.Pdf) -> bytes:
    """Pages are taken over into a new file, so that what no page shows is left behind."""
    for page in opened.pages:
        _clean_notes(page.obj)
    fresh = pikepdf.new()
    fresh.pages.extend(opened.pages)
    for each in fresh.objects:
        _clean_object(each)
    for name in list(fresh.Root.keys()):
        if name not in {"/Type", "/Pages"}:
            del fresh.Root[name]
    written = BytesIO()
    fresh.remove_unreferenced_resources()
    fresh.save(written, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return written.getvalue()


def _clean_notes(page: Any) -> None:
    """Notes that hold files or play something are left out; the names of those who wrote the others go."""
    notes = page.get("/Annots")
    if not isinstance(notes, Array):
        return
    kept = [note for note in notes if isinstance(note, Dictionary) and str(note.get("/Subtype")) not in ACTIVE_NOTES]
    for note in kept:
        for name in REMOVED_NOTE_KEYS:
            if name in note and note.get("/Subtype") != Name.Widget:
                del note[name]
        for name in ("/A", "/PA"):
            if name in note and str(note[name].get("/S")) not in {"/GoTo", "/URI"}:
                del note[name]
    page["/Annots"] = Array(kept)


def _clean_object(each: Any) -> None:
    if not isinstance(each, Dictionary | Stream):
        return
    for name in REMOVED_KEYS:
        if name in each:
            del each[name]
    if isinstance(each, Stream) and each.get("/Subtype") == Name.Image:
        _clean_image(each)


def _clean_image(image: Any) -> None:
    """A photograph lies in a PDF as it left the camera."""
    if image.get("/Filter") in (Name.DCTDecode, Array([Name.DCTDecode])):
        image.write(strip_jpeg_segments(image.read_raw_bytes()), filter=Name.DCTDecode)


def strip_jpeg_segments(jpeg: bytes) -> bytes:
    """A JPEG without the segments in which cameras and programs write; its points stay as they are."""
    kept, at = bytearray(jpeg[:2]), 2
    while jpeg[at : at + 1] == b"\xff" and jpeg[at + 1 : at + 2] != b"\xda":
        size = 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        telling = jpeg[at + 1] == 0xFE or (0xE1 <= jpeg[at + 1] <= 0xEF and jpeg[at + 1] != 0xEE)
        if not telling:
            kept += jpeg[at : at + size]
        at += size
    if jpeg[at : at + 2] != b"\xff\xda":
        raise NoCopy
    return bytes(kept + jpeg[at:])
