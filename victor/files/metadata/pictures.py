"""Removes metadata from pictures: they are decoded and encoded again, turned upright."""

from __future__ import annotations

from io import BytesIO

import pillow_heif
from PIL import Image, ImageOps

from victor.files.metadata.errors import NoCopy

MAX_PIXELS = 60_000_000  # telephones take pictures of fifty million
QUALITY = 90
TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}


def clean_picture(content: bytes) -> tuple[str, bytes]:
    """The picture in its own format. HEIF, the format of iPhones, becomes JPEG, which every computer shows.

    Raises:
        NoCopy: it is damaged, or would fill the memory.
    """
    pillow_heif.register_heif_opener()
    try:
        with Image.open(BytesIO(content), formats=[*TYPES, "HEIF"]) as picture:
            return _reencode(picture)
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as damage:
        raise NoCopy from damage
    except Image.DecompressionBombWarning as bomb:
        raise NoCopy from bomb


def _reencode(picture: Image.Image) -> tuple[str, bytes]:
    if picture.width * picture.height > MAX_PIXELS:
        raise NoCopy
    codec = picture.format if picture.format in TYPES else "JPEG"
    upright = ImageOps.exif_transpose(picture)
    has_transparency = codec != "JPEG" and upright.has_transparency_data
    plain = Image.new("RGBA" if has_transparency else "RGB", upright.size)
    plain.paste(upright.convert(plain.mode))
    buffer = BytesIO()
    plain.save(buffer, codec, quality=QUALITY)
    return TYPES[codec], buffer.getvalue()
