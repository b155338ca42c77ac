"""Pictures of every format, with words in every place that it has for them. Needs Pillow, pillow-heif, ffmpeg, exiftool."""

from __future__ import annotations

import struct
import subprocess
import tempfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import product
from pathlib import Path

import pillow_heif
from marks import mark
from PIL import Image, ImageCms, ImageDraw
from PIL.PngImagePlugin import PngInfo

pillow_heif.register_heif_opener()
EXIF_TEXTS = {
    0x010E: "exif-description",
    0x010F: "exif-maker",
    0x0110: "exif-model",
    0x0131: "exif-software",
    0x013B: "exif-artist",
    0x8298: "exif-copyright",
    0x9C9D: "exif-xp-author",
    0x013C: "exif-host",
}
XMP = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">{}</r:RDF></x:xmpmeta>'


def drawing(mode: str = "RGB", size: tuple[int, int] = (96, 64)) -> Image.Image:
    """A picture of some colours."""
    picture = Image.radial_gradient("L").resize(size).convert("RGB")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((8, 8, 40, 30), fill="navy")
    draw.ellipse((50, 20, 90, 60), fill="orange")
    draw.text((12, 44), "Lantern", fill="white")
    return picture.convert(mode)


def deep(size: tuple[int, int]) -> Image.Image:
    """Greys of sixteen bits, as scanners write them."""
    return drawing("L", size).convert("I").point(lambda grey: grey * 256).convert("I;16")


def exif(turned: int = 6) -> Image.Exif:
    """Words in all fields that take some, a place, and a small picture."""
    about = Image.Exif()
    for number, place in EXIF_TEXTS.items():
        about[number] = mark(place).encode("utf-16-le") if number == 0x9C9D else mark(place)
    about[0x0112] = turned
    about.get_ifd(0x8769).update({0x9286: b"ASCII\0\0\0" + mark("exif-comment").encode(), 0xA430: mark("exif-owner")})
    about.get_ifd(0x8769).update({0xA433: mark("exif-lens"), 0x927C: mark("exif-maker-note").encode()})
    about.get_ifd(0x8825).update({1: "N", 2: (37.0, 58.0, 0.0), 0x1B: mark("gps-method").encode(), 0x1D: "2026:03:01"})
    return about


def xmp() -> bytes:
    return XMP.format(f"<r:Description>{mark('xmp')}</r:Description>").encode()


def profile(name: str) -> bytes:
    """A profile of colours that carries words."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile(name)).tobytes() + mark("profile").encode()


def jpegs() -> Iterator[tuple[str, bytes]]:
    """JPEG as cameras, scanners and programs write it."""
    for number, mode in enumerate(("RGB", "L", "CMYK"), start=1):
        for turned in (1, 3, 6, 8):
            buffer = BytesIO()
            options = {"exif": exif(turned), "comment": mark("comment").encode(), "xmp": xmp()}
            if mode == "RGB":
                options["icc_profile"] = profile("sRGB")
            drawing(mode).save(buffer, "JPEG", **options)
            yield f"pillow-{number}-{turned}.jpg", buffer.getvalue() + mark("trailer").encode()
    buffer = BytesIO()
    drawing().save(buffer, "JPEG", exif=exif(), progressive=True)
    thumbnail = b"\xff\xe0" + struct.pack(">H", 8 + 40) + b"JFXX\0\x10" + mark("jfxx").encode().ljust(40, b"\0")
    parts = b"".join(
        b"\xff" + bytes([kind]) + struct.pack(">H", 2 + len(text)) + text
        for kind, text in ((0xE4, mark("app4").encode()), (0xED, b"Photoshop 3.0\0" + mark("iptc").encode()))
    )
    yield "pillow-segments.jpg", buffer.getvalue()[:2] + thumbnail + parts + buffer.getvalue()[2:]
    buffer = BytesIO()
    drawing().save(buffer, "MPO", save_all=True, append_images=[drawing("L").convert("RGB")], exif=exif())
    yield "pillow-two-pictures.jpg", buffer.getvalue()


def pngs() -> Iterator[tuple[str, bytes]]:
    modes = ("RGB", "RGBA", "L", "P", "1", "I;16", "LA")
    for number, (mode, size) in enumerate(product(modes, ((96, 64), (64, 96))), start=1):
        about = PngInfo()
        about.add_text("Author", mark("text"))
        about.add_text("Comment", mark("packed-text"), zip=True)
        about.add_itxt("XML:com.adobe.xmp", xmp().decode(), zip=True)
        about.add(b"prVt", mark("private-chunk").encode())
        buffer = BytesIO()
        source = deep(size) if mode == "I;16" else drawing(mode, size)
        source.save(
            buffer, "PNG", pnginfo=about, exif=exif(), **({"icc_profile": profile("sRGB")} if mode == "RGB" else {})
        )
        yield f"pillow-{number}.png", buffer.getvalue() + mark("trailer").encode()
    buffer = BytesIO()
    drawing().save(buffer, "PNG", save_all=True, append_images=[drawing("L").convert("RGB")], duration=200)
    yield "pillow-moving.png", _with_chunk(buffer.getvalue(), b"tEXt", b"Title\0" + mark("text").encode())
    yield "gamma.png", _with_chunk(_png(drawing()), b"gAMA", struct.pack(">I", 100_000), mark("trailer").encode())


def _png(picture: Image.Image) -> bytes:
    buffer = BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def _with_chunk(png: bytes, kind: bytes, content: bytes, end: bytes = b"") -> bytes:
    chunk = struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
    return png[:33] + chunk + png[33:] + end


def others() -> Iterator[tuple[str, bytes]]:
    """WebP, HEIC, AVIF, GIF, TIFF and BMP."""
    second = drawing("L").convert("RGB")
    shots: list[tuple[str, str, dict[str, object]]] = [
        ("pillow.webp", "WEBP", {"exif": exif(), "xmp": xmp(), "icc_profile": profile("sRGB")}),
        ("pillow-lossless.webp", "WEBP", {"exif": exif(), "xmp": xmp(), "lossless": True}),
        ("pillow-moving.webp", "WEBP", {"save_all": True, "append_images": [second], "exif": exif(), "xmp": xmp()}),
        ("libheif.heic", "HEIF", {"exif": exif(), "xmp": xmp()}),
        ("libheif-two.heic", "HEIF", {"exif": exif(), "xmp": xmp(), "save_all": True, "append_images": [second]}),
        ("pillow.avif", "AVIF", {"exif": exif(), "xmp": xmp()}),
        ("pillow-moving.avif", "AVIF", {"xmp": xmp(), "save_all": True, "append_images": [second]}),
        ("pillow.gif", "GIF", {"comment": mark("comment").encode()}),
        (
            "pillow-moving.gif",
            "GIF",
            {"comment": mark("comment").encode(), "save_all": True, "append_images": [second]},
        ),
    ]
    for name, form, options in shots:
        buffer = BytesIO()
        drawing().save(buffer, form, **options)
        yield name, buffer.getvalue() + (mark("trailer").encode() if form in {"GIF"} else b"")
    tags = {
        270: mark("description"),
        305: mark("software"),
        315: mark("artist"),
        33432: mark("copyright"),
        316: mark("host"),
    }
    for mode in ("RGB", "L", "1", "CMYK", "I;16", "RGBA"):
        source = deep((96, 64)) if mode == "I;16" else drawing(mode)
        for packing in ("raw", "tiff_lzw"):
            buffer = BytesIO()
            source.save(buffer, "TIFF", tiffinfo=tags, compression=packing)
            yield f"pillow-{mode.replace(';', '')}-{packing}.tif", buffer.getvalue() + mark("trailer").encode()
    buffer = BytesIO()
    drawing().save(buffer, "TIFF", tiffinfo=tags, save_all=True, append_images=[second], compression="tiff_deflate")
    yield "pillow-pages.tif", buffer.getvalue()
    for mode in ("RGB", "L", "P", "1"):
        buffer = BytesIO()
        drawing(mode).save(buffer, "BMP")
        yield f"pillow-{mode}.bmp", buffer.getvalue() + mark("trailer").encode()


def by_exiftool() -> Iterator[tuple[str, bytes]]:
    """What exiftool writes into pictures that ffmpeg has made."""
    fields = [
        "Artist",
        "Copyright",
        "ImageDescription",
        "XMP:Creator",
        "XMP:Title",
        "IPTC:By-line",
        "IPTC:Caption-Abstract",
    ]
    fields += ["XMP-photoshop:City", "XMP-iptcExt:PersonInImage", "UserComment", "GPSAreaInformation", "Comment"]
    with tempfile.TemporaryDirectory() as folder:
        for suffix in ("jpg", "png", "tif", "webp", "gif"):
            path = Path(folder, f"exiftool.{suffix}")
            subprocess.run(
                ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=s=96x64:d=0.1", "-frames:v", "1", path],
                check=True,
            )
            arguments = [f"-{field}={mark('exiftool-' + field.split(':')[-1].lower())}" for field in fields]
            subprocess.run(["exiftool", "-q", "-m", "-overwrite_original", *arguments, path], check=False)
            yield path.name, path.read_bytes()


def pictures() -> Iterator[tuple[str, bytes]]:
    """All of them."""
    for maker in (jpegs, pngs, others, by_exiftool):
        yield from maker()
