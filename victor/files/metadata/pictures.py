"""Pictures are decoded and written anew: nothing stays but their points, upright."""

from __future__ import annotations

from io import BytesIO

import pillow_heif
from PIL import Image, ImageOps

from victor.files.metadata.errors import NoCopy

MAX_PIXELS = 60_000_000  # telephones take pictures of fifty million
QUALITY = 90
TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}


def clean_picture(content: bytes) -> tuple[str, bytes]:
    """The picture in its own format; what iPhones take becomes a JPEG, which every computer shows.

    Raises:
        NoCopy: it is damaged, or would fill the memory.
    """
    pillow_heif.register_heif_opener()
    try:
        with Image.open(BytesIO(content), formats=[*TYPES, "HEIF"]) as opened:
            return _reencode(opened)
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as damage:
        raise NoCopy from damage
    except Image.DecompressionBombWarning as bomb:
        raise NoCopy from bomb


def _reencode(opened: Image.Image) -> tuple[str, bytes]:
    if opened.width * opened.height > MAX_PIXELS:
        raise NoCopy
    form = opened.format if opened.format in TYPES else "JPEG"
    upright = ImageOps.exif_transpose(opened)
    keeps = form != "JPEG" and upright.has_transparency_data
    plain = Image.new("RGBA" if keeps else "RGB", upright.size)
    plain.paste(upright.convert(plain.mode))
    written = BytesIO()
    plain.save(written, form, quality=QUALITY)
    return TYPES[form], written.getvalue()
