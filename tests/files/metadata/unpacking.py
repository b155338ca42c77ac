"""Unpacks whatever is packed in a file, in whatever is packed in that: where a word could hide."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
import zipfile
import zlib
from collections.abc import Iterator
from email import message_from_bytes
from io import BytesIO

MAX_DEPTH = 4
DEFLATED = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
BASE64 = re.compile(rb"[A-Za-z0-9+/\r\n]{24,}={0,2}")
HEX = re.compile(rb"(?:[0-9A-Fa-f]{2}\s*){8,}")
STREAM = re.compile(rb"stream\r?\n")


def unpacked(content: bytes, depth: int = 0) -> Iterator[bytes]:
    """The bytes, and all that any part of them has in it."""
    yield content
    if depth < MAX_DEPTH:
        for inner in _inner(content):
            yield from unpacked(inner, depth + 1)


def _inner(content: bytes) -> Iterator[bytes]:
    if b"PK\x03\x04" in content[:4096]:
        yield from _in_archive(content)
    for start in DEFLATED.finditer(content):
        yield from _inflated(content[start.start() :], zlib.MAX_WBITS)
    if content.startswith(b"\x1f\x8b"):
        yield from _inflated(content, 31)
    if b"%PDF" in content[:1024]:  # streams of every packing
        yield from (bytes.fromhex(match.decode()) for match in _hex_strings(content))
    if b"Content-Transfer-Encoding" in content[:4096] or b"base64" in content:
        yield from _in_mail(content)
    if b"\0" in content[:64] and len(content) < 100_000:
        yield content.replace(b"\0", b"")  # UTF-16 and UTF-32 of Latin letters


def _in_archive(content: bytes) -> Iterator[bytes]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            for entry in packed.infolist():
                yield entry.filename.encode() + entry.comment + entry.extra
                yield packed.read(entry)
            yield packed.comment
    except (zipfile.BadZipFile, RuntimeError):
        return


def _inflated(content: bytes, bits: int) -> Iterator[bytes]:
    try:
        inflated = zlib.decompressobj(bits).decompress(content, 50_000_000)
    except zlib.error:
        return
    if len(inflated) > 8:
        yield inflated


def _hex_strings(content: bytes) -> Iterator[bytes]:
    for match in HEX.finditer(content):
        digits = b"".join(match[0].split())
        yield digits[: len(digits) // 2 * 2]


def _in_mail(content: bytes) -> Iterator[bytes]:
    yield quopri.decodestring(content)
    for part in message_from_bytes(content).walk():
        payload = part.get_payload(decode=True)
        if payload and payload != content:
            yield payload
    for match in BASE64.finditer(content):
        try:
            yield base64.b64decode(b"".join(match[0].split()), validate=True)
        except binascii.Error:
            continue


def forms_of(word: str) -> list[bytes]:
    """A word as bytes: in several alphabets, in hexadecimal digits, and in base64 wherever it begins."""
    plain = [word.encode(code) for code in ("ascii", "utf-16-le", "utf-16-be", "utf-32-le")]
    forms = [*plain, *(form.hex().encode() for form in plain[:3])]
    return [form.lower() for form in forms]


def count(content: bytes, word: str) -> int:
    """How often a word is in a file, however deep."""
    forms = forms_of(word)
    return sum(layer.lower().count(form) for layer in unpacked(content) for form in forms)
