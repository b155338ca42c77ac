"""Removes metadata, attachments and actions from PDF files. The pages stay."""

from __future__ import annotations

from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

from victor.files.metadata.errors import NoCopy

# Keys anywhere in a PDF that say who made it, or that act when it is opened.
REMOVED_KEYS = ("/Metadata", "/PieceInfo", "/LastModified", "/AA", "/OpenAction", "/JS", "/AF", "/EF", "/Thumb")
REMOVED_NOTE_KEYS = ("/T", "/M", "/CreationDate", "/NM")
ACTIVE_NOTES = {"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"}


def clean_pdf(content: bytes) -> tuple[str, bytes]:
    """The pages, without anything else.

    Raises:
        NoCopy: it is damaged or locked.
    """
    try:
        with pikepdf.open(BytesIO(content)) as document:
            return "application/pdf", _write_pages(document)
    except (pikepdf.PdfError, ValueError, RecursionError) as damage:
        raise NoCopy from damage


def _write_pages(document: pikepdf.Pdf) -> bytes:
    """Copy the pages into a new file, so that what no page shows is left out."""
    for page in document.pages:
        _clean_notes(page.obj)
    fresh = pikepdf.new()
    fresh.pages.extend(document.pages)
    for item in fresh.objects:
        _clean_object(item)
    for name in list(fresh.Root.keys()):
        if name not in {"/Type", "/Pages"}:
            del fresh.Root[name]
    buffer = BytesIO()
    fresh.remove_unreferenced_resources()
    fresh.save(buffer, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return buffer.getvalue()


def _clean_notes(page: Object) -> None:
    """Remove notes that contain files or play something, and the names of the authors of all others."""
    notes = page.get("/Annots")
    if not isinstance(notes, Array):
        return
    remaining = [
        note for note in notes if isinstance(note, Dictionary) and str(note.get("/Subtype")) not in ACTIVE_NOTES
    ]
    for note in remaining:
        for name in REMOVED_NOTE_KEYS:
            if name in note and note.get("/Subtype") != Name.Widget:
                del note[name]
        for name in ("/A", "/PA"):
            if name in note and str(note[name].get("/S")) not in {"/GoTo", "/URI"}:
                del note[name]
    page["/Annots"] = Array(remaining)


def _clean_object(item: Object) -> None:
    if not isinstance(item, Dictionary | Stream):
        return
    for name in REMOVED_KEYS:
        if name in item:
            del item[name]
    if isinstance(item, Stream) and item.get("/Subtype") == Name.Image:
        _clean_image(item)


def _clean_image(image: Stream) -> None:
    """Remove the metadata of a JPEG, which a PDF contains as the camera has made it."""
    if image.get("/Filter") in (Name.DCTDecode, Array([Name.DCTDecode])):
        image.write(strip_jpeg_segments(image.read_raw_bytes()), filter=Name.DCTDecode)


def strip_jpeg_segments(jpeg: bytes) -> bytes:
    """A JPEG without APPn segments and comments, except APP14, which says how colours are encoded (ITU T.81)."""
    stripped, at = bytearray(jpeg[:2]), 2
    while jpeg[at : at + 1] == b"\xff" and jpeg[at + 1 : at + 2] != b"\xda":
        size = 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        is_metadata = jpeg[at + 1] == 0xFE or (0xE1 <= jpeg[at + 1] <= 0xEF and jpeg[at + 1] != 0xEE)
        if not is_metadata:
            stripped += jpeg[at : at + size]
        at += size
    if jpeg[at : at + 2] != b"\xff\xda":
        raise NoCopy
    return bytes(stripped + jpeg[at:])
