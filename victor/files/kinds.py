"""Knows what a file is by what is in it, whatever its name says. Nothing is unpacked or decoded for it."""

from __future__ import annotations

import re
from typing import NamedTuple

HEAD_BYTES = 4096


class Kind(NamedTuple):
    """A kind of file: its media type, the ending of its name, and how it is called."""

    type: str
    suffix: str
    label: str


OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
KINDS = {
    kind.type: kind
    for kind in (
        Kind("image/jpeg", "jpg", "JPEG"),
        Kind("image/png", "png", "PNG"),
        Kind("image/webp", "webp", "WebP"),
        Kind("image/heic", "heic", "HEIC"),
        Kind("image/avif", "avif", "AVIF"),
        Kind("image/gif", "gif", "GIF"),
        Kind("image/tiff", "tif", "TIFF"),
        Kind("image/bmp", "bmp", "BMP"),
        Kind("application/pdf", "pdf", "PDF"),
        Kind(f"{OFFICE}wordprocessingml.document", "docx", "Word (DOCX)"),
        Kind(f"{OFFICE}spreadsheetml.sheet", "xlsx", "Excel (XLSX)"),
        Kind(f"{OFFICE}presentationml.presentation", "pptx", "PowerPoint (PPTX)"),
        Kind(f"{OPEN_DOCUMENT}text", "odt", "OpenDocument (ODT)"),
        Kind(f"{OPEN_DOCUMENT}spreadsheet", "ods", "OpenDocument (ODS)"),
        Kind(f"{OPEN_DOCUMENT}presentation", "odp", "OpenDocument (ODP)"),
        Kind("video/mp4", "mp4", "MP4"),
        Kind("video/quicktime", "mov", "QuickTime (MOV)"),
        Kind("video/webm", "webm", "WebM"),
        Kind("video/x-matroska", "mkv", "Matroska (MKV)"),
        Kind("audio/mp4", "m4a", "M4A"),
        Kind("audio/mpeg", "mp3", "MP3"),
        Kind("audio/ogg", "ogg", "Ogg"),
        Kind("audio/opus", "opus", "Opus"),
        Kind("audio/wav", "wav", "WAV"),
        Kind("audio/flac", "flac", "FLAC"),
        Kind("audio/amr", "amr", "AMR"),
        Kind("text/plain", "txt", "TXT"),
        Kind("text/html", "html", "HTML"),
        Kind("image/svg+xml", "svg", "SVG"),
        Kind("application/xml", "xml", "XML"),
        Kind("application/rtf", "rtf", "RTF"),
        Kind("message/rfc822", "eml", "EML"),
        Kind("application/vnd.ms-outlook", "msg", "Outlook (MSG)"),
        Kind("application/x-ole-storage", "doc", "Office 97–2003"),
        Kind("application/zip", "zip", "ZIP"),
        Kind("application/x-msdownload", "exe", "EXE"),
        Kind("application/x-rar", "rar", "RAR"),
        Kind("application/x-7z-compressed", "7z", "7z"),
    )
}
SIGNATURES = [
    (re.compile(pattern, re.DOTALL), media_type)
    for pattern, media_type in (
        (rb"\xff\xd8\xff", "image/jpeg"),
        (rb"\x89PNG\r\n\x1a\n", "image/png"),
        (rb"RIFF.{4}WEBP", "image/webp"),
        (rb"RIFF.{4}WAVE", "audio/wav"),
        (rb".{4}ftypavi[fs]", "image/avif"),
        (rb".{4}ftyp(hei[cxms]|hev[cxms]|mif1|msf1)", "image/heic"),
        (rb".{4}ftypM4[AB] ", "audio/mp4"),
        (rb".{4}ftypqt  ", "video/quicktime"),
        (rb".{4}ftyp", "video/mp4"),
        (rb".{4}(moov|wide|mdat|pnot)", "video/quicktime"),
        (rb"GIF8[79]a", "image/gif"),
        (rb"II\*\0|MM\0\*", "image/tiff"),
        (rb"BM.{4}\0\0\0\0", "image/bmp"),
        (rb"\x1aE\xdf\xa3.{0,64}\x42\x82.{1,8}webm", "video/webm"),
        (rb"\x1aE\xdf\xa3", "video/x-matroska"),
        (rb"OggS.{24}.{1,64}OpusHead", "audio/opus"),
        (rb"OggS", "audio/ogg"),
        (rb"ID3|\xff[\xf2\xf3\xfa\xfb]", "audio/mpeg"),
        (rb"fLaC", "audio/flac"),
        (rb"MZ", "application/x-msdownload"),
        (rb"#!AMR", "audio/amr"),
        (rb"\{\\rtf", "application/rtf"),
        (rb"Rar!\x1a", "application/x-rar"),
        (rb"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    )
]
PDF_HEAD = 1024  # readers find the first line of a PDF after this much of something else
PACKED = re.compile(rb"PK(\x03\x04|\x05\x06)")
PARTS = {
    b"word/document": f"{OFFICE}wordprocessingml.document",
    b"xl/workbook": f"{OFFICE}spreadsheetml.sheet",
    b"ppt/presentation": f"{OFFICE}presentationml.presentation",
}
OPEN_DOCUMENT_HEAD = re.compile(rb"PK\x03\x04.{22}\x08\0..mimetype.{0,64}?(application/vnd\.oasis\.[a-z.]+)", re.DOTALL)
OLE_HEAD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OUTLOOK = "__substg1.0_".encode("utf-16-le")
MAIL_LINE = re.compile(rb"([A-Za-z][A-Za-z0-9-]*):[ \t]?[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*")
MAIL_HEADERS = {b"from", b"to", b"date", b"subject", b"received", b"message-id", b"mime-version", b"return-path"}
MARKUP = {rb"<!doctype html|<html": "text/html", rb"<svg": "image/svg+xml", rb"<\?xml|<": "application/xml"}
CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")


def detect_kind(content: bytes) -> Kind | None:
    """What a file is, or None."""
    media_type = _media_type(content)
    return KINDS[media_type] if media_type else None


def _media_type(content: bytes) -> str | None:
    for signature, media_type in SIGNATURES:
        if signature.match(content[:HEAD_BYTES]):
            return media_type
    if b"%PDF-" in content[:PDF_HEAD]:
        return "application/pdf"
    if PACKED.match(content):
        return _packed_type(content)
    if content.startswith(OLE_HEAD):
        return "application/vnd.ms-outlook" if OUTLOOK in content else "application/x-ole-storage"
    return _text_type(content) if content else None


def _packed_type(content: bytes) -> str:
    if match := OPEN_DOCUMENT_HEAD.match(content[:HEAD_BYTES]):
        declared = match[1].decode()
        return declared if declared in KINDS else "application/zip"
    if b"content.xml" in content and b"META-INF/manifest.xml" in content:
        return f"{OPEN_DOCUMENT}text"
    # The list of parts stands at the end; a part itself may be packed and may hold such a name by chance.
    return next((media_type for name, media_type in PARTS.items() if name in content), "application/zip")


def _text_type(content: bytes) -> str | None:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "text/plain" if len(content) % 2 == 0 else None
    if CONTROLS.search(content):
        return None
    start = content[:HEAD_BYTES].removeprefix(b"\xef\xbb\xbf").lstrip()
    if _is_mail(start):
        return "message/rfc822"
    kinds = (kind for pattern, kind in MARKUP.items() if re.match(pattern, start, re.IGNORECASE))
    return next(kinds, "text/plain")


def _is_mail(start: bytes) -> bool:
    """Whether it begins with lines of a mail's head, at least two of which only mails have."""
    names, at = set(), 0
    while match := MAIL_LINE.match(start, at):
        names.add(match[1].lower())
        at = match.end()
    return len(names & MAIL_HEADERS) > 1
