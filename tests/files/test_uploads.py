"""What is handed over is what its name says, of bearable size, and tells nothing of who made it."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from victor.files.errors import FileRefused
from victor.files.states import FileFormat, UploadFault
from victor.files.uploads import MAX_PIXELS, check_upload

CANARY = "Canary Street 7"
GPS, ARTIST, ORIENTATION = 0x8825, 0x013B, 0x0112


def file(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def picture(form: str, *, size: tuple[int, int] = (40, 20), **saved: object) -> bytes:
    written = BytesIO()
    Image.new("RGB", size, "red").save(written, form, **saved)
    return written.getvalue()


def exif_of_a_camera() -> Image.Exif:
    exif = Image.Exif()
    exif[ARTIST] = CANARY
    exif[ORIENTATION] = 6  # turned by a quarter
    exif.get_ifd(GPS)[1] = "N"
    return exif


def head_of_png(width: int, height: int) -> bytes:
    """A picture that promises so many points in a few bytes."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = b"IDAT" + zlib.compress(b"\0" * 100)
    chunks = [struct.pack(">I", len(each) - 4) + each + struct.pack(">I", zlib.crc32(each)) for each in (head, data)]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def fault_of(name: str, data: bytes) -> UploadFault:
    with pytest.raises(FileRefused) as refused:
        check_upload(file(name, data))
    return refused.value.fault


@pytest.mark.parametrize(
    ("name", "data", "known"),
    [
        ("a.pdf", b"%PDF-1.7\n", FileFormat.PDF),
        ("a.mp3", b"ID3\x04", FileFormat.MP3),
        ("a.mp4", b"\0\0\0\x20ftypisom", FileFormat.MP4),
        ("A.JPEG", picture("JPEG"), FileFormat.JPEG),
        ("a.png", picture("PNG"), FileFormat.PNG),
        ("a.webp", picture("WEBP"), FileFormat.WEBP),
        ("a.png", picture("JPEG"), FileFormat.JPEG),
        ("a.jfif", picture("JPEG"), FileFormat.JPEG),
        ("a.jpg", picture("PNG"), FileFormat.PNG),
        ("a.avif", picture("AVIF"), FileFormat.JPEG),
        ("a.bmp", picture("BMP"), FileFormat.PNG),
    ],
)
def test_knows_a_file_by_what_is_in_it(name, data, known):
    assert check_upload(file(name, data))[0] == known


@pytest.mark.parametrize(
    ("name", "data", "fault"),
    [
        ("a.pdf", b"<html><script>", UploadFault.UNKNOWN),
        ("a.exe", b"MZ\x90\0", UploadFault.UNKNOWN),
        ("a.pdf", b"", UploadFault.UNKNOWN),
        ("a.svg", b"<svg onload='alert(1)'>", UploadFault.UNKNOWN),
        ("a.pdf", picture("PNG"), UploadFault.DISGUISED),
        ("a.jpg", picture("JPEG")[:200], UploadFault.BROKEN),
        ("a.png", b"\x89PNG\r\n\x1a\nnothing", UploadFault.BROKEN),
        ("a.png", head_of_png(MAX_PIXELS, 2), UploadFault.TOO_MANY_POINTS),
        ("a.png", head_of_png(60_000, 60_000), UploadFault.TOO_MANY_POINTS),
    ],
)
def test_refuses_what_is_not_a_file_to_hand_on(name, data, fault):
    assert fault_of(name, data) == fault


def test_refuses_a_file_that_is_too_large():
    large = file("a.pdf", b"%PDF-1.7\n")
    large.size = 40 * 1024 * 1024 + 1
    with pytest.raises(FileRefused) as refused:
        check_upload(large)
    assert refused.value.fault == UploadFault.TOO_LARGE


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jpg", picture("JPEG", exif=exif_of_a_camera(), comment=CANARY)),
        ("a.webp", picture("WEBP", exif=exif_of_a_camera(), xmp=CANARY.encode())),
        ("a.png", picture("PNG", exif=exif_of_a_camera(), dpi=(72, 72))),
    ],
)
def test_takes_from_a_picture_all_that_it_tells(name, data):
    plain = check_upload(file(name, data))[1].read()
    assert CANARY.encode() in data
    assert CANARY.encode() not in plain
    with Image.open(BytesIO(plain)) as seen:
        assert seen.size == (20, 40)
        assert dict(seen.getexif()) == {}


def test_takes_from_a_picture_its_text():
    text = PngInfo()
    text.add_text("Author", CANARY)
    assert CANARY.encode() not in check_upload(file("a.png", picture("PNG", pnginfo=text)))[1].read()


def test_keeps_what_is_transparent():
    written = BytesIO()
    Image.new("RGBA", (2, 2), (255, 0, 0, 0)).save(written, "PNG")
    with Image.open(check_upload(file("a.png", written.getvalue()))[1]) as seen:
        assert seen.getpixel((0, 0)) == (255, 0, 0, 0)
