"""Decodes pictures to their points and encodes them again: nothing else that was in the file stays.

Runs in the sandbox's process only. A picture comes out as the eye sees it: upright, in sRGB, with eight bits a colour.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

import pillow_heif
from PIL import Image, ImageCms, ImageOps, ImageSequence, UnidentifiedImageError

from victor.files.metadata.errors import NoCopy

# Imported for what they register: later nothing can be opened, so Pillow cannot look for its plugins itself.
from PIL import (  # isort: skip
    AvifImagePlugin,  # noqa: F401
    BmpImagePlugin,  # noqa: F401
    GifImagePlugin,  # noqa: F401
    ImagePalette,  # noqa: F401
    JpegImagePlugin,  # noqa: F401
    Jpeg2KImagePlugin,  # noqa: F401
    MpoImagePlugin,  # noqa: F401
    PngImagePlugin,  # noqa: F401
    TiffImagePlugin,  # noqa: F401
    WebPImagePlugin,  # noqa: F401
)

MAX_PIXELS = 60_000_000  # telephones take pictures of fifty million
MAX_FRAMES, MAX_ALL_PIXELS = 1000, 100_000_000
QUALITY = 92
QUALITY_OF_WEBP = 96  # it has half as many points of colour
FORMATS = ["JPEG", "PNG", "WEBP", "HEIF", "AVIF", "GIF", "TIFF", "BMP"]
TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "TIFF": "image/tiff"}
MODES = {"1", "L", "LA", "P", "PA", "RGB", "RGBA", "CMYK", "YCbCr", "I;16", "I;16L", "I;16B", "I"}
SRGB_GAMMA = 1 / 2.2
DAMAGE = (OSError, SyntaxError, ValueError, EOFError, KeyError, TypeError, IndexError, OverflowError, MemoryError)

Image.MAX_IMAGE_PIXELS = None  # `open_picture` counts them itself
Image._initialized = 2  # all that may be read is registered above
pillow_heif.register_heif_opener()
pillow_heif.options.DECODE_THREADS = 1
_SRGB = ImageCms.createProfile("sRGB")


class TooManyPixels(NoCopy):
    """A picture that would fill the memory."""


class Encoded(NamedTuple):
    """A picture that was encoded again: its media type and its content."""

    type: str
    content: bytes


def load_readers(_content: bytes) -> None:
    """Everything is imported above."""


def open_picture(content: bytes, *, max_pixels: int = MAX_PIXELS) -> Image.Image:
    """A picture that is not too large. Its points are not decoded yet.

    Raises:
        TooManyPixels: they would fill the memory.
        NoCopy: it is no picture, or is damaged.
    """
    try:
        picture = Image.open(BytesIO(content), formats=FORMATS)
    except (UnidentifiedImageError, *DAMAGE) as damage:
        raise NoCopy from damage
    if picture.width * picture.height > max_pixels:
        raise TooManyPixels
    if picture.mode not in MODES:
        raise NoCopy
    return picture


def plain_points(picture: Image.Image, *, upright: bool = True) -> Image.Image:
    """What the eye sees of a picture: upright, in sRGB, in one of the modes 1, L, RGB and RGBA; and nothing else.

    Office programs show a picture in a document as it lies in the file, not upright.

    Raises:
        NoCopy: it is damaged.
    """
    try:
        picture.load()
        turned = ImageOps.exif_transpose(picture) if upright else picture
        plain = _to_srgb(turned)
        plain.info.clear()
        plain.getexif().clear()
    except (ImageCms.PyCMSError, *DAMAGE) as damage:
        raise NoCopy from damage
    return plain


def _to_srgb(picture: Image.Image) -> Image.Image:
    profile, gamma = picture.info.get("icc_profile"), picture.info.get("gamma")
    has_srgb_mark = "srgb" in picture.info
    even = _to_eight_bits(picture)
    if profile and (converted := _apply_profile(even, profile)):
        return converted
    if even.mode in {"1", "L", "RGB", "RGBA"}:
        plain = even.copy() if even is picture else even
    else:
        plain = even.convert("RGBA" if even.has_transparency_data else "RGB")
    if "transparency" in plain.info:
        plain = plain.convert("RGBA")
    return _apply_gamma(plain, gamma) if gamma and not has_srgb_mark else plain


def _to_eight_bits(picture: Image.Image) -> Image.Image:
    """Scanners write greys of sixteen bits."""
    if not picture.mode.startswith("I"):
        if picture.mode in {"P", "PA"} or "transparency" in picture.info:
            return picture.convert("RGBA" if picture.has_transparency_data else "RGB")
        return picture
    wide = picture.convert("I")
    is_wide = max(map(int, wide.getextrema())) > 0xFF  # type: ignore[arg-type]  # mode I: two numbers
    return wide.point(lambda grey: grey * (1 / 256)).convert("L") if is_wide else wide.convert("L")


def _apply_profile(picture: Image.Image, profile: bytes) -> Image.Image | None:
    """The picture in sRGB. None where the profile is not one, or is for another kind of colours."""
    mode = "RGBA" if picture.mode in {"RGBA", "LA"} else "RGB"
    source = picture if picture.mode in {"L", "CMYK", mode} else picture.convert(mode)
    try:
        camera_profile = ImageCms.ImageCmsProfile(BytesIO(profile))
        if camera_profile.profile.xcolor_space.strip() != {"L": "GRAY", "CMYK": "CMYK"}.get(source.mode, "RGB"):
            return None
        return ImageCms.profileToProfile(source, camera_profile, _SRGB, outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None


def _apply_gamma(picture: Image.Image, gamma: float) -> Image.Image:
    """A PNG may say how its colours were measured (gAMA)."""
    if not 0.01 < gamma < 10 or abs(gamma - SRGB_GAMMA) < 0.02 or picture.mode == "1":
        return picture
    table = [round(255 * (step / 255) ** (SRGB_GAMMA / gamma)) for step in range(256)]
    straight = list(range(256))
    return picture.point(table if picture.mode == "L" else table * 3 + (straight if picture.mode == "RGBA" else []))


def write_picture(picture: Image.Image, codec: str, **options: object) -> Encoded:
    """A picture that `plain_points` has made, in a format of `TYPES`."""
    buffer = BytesIO()
    if codec == "JPEG":
        options |= {"quality": QUALITY, "subsampling": 0}
        picture = _on_white(picture)
    elif codec == "WEBP":
        options = {"quality": QUALITY_OF_WEBP} | options
        picture = picture.convert("RGB") if picture.mode in {"1", "L"} else picture
    picture.save(buffer, codec, **options)
    return Encoded(TYPES[codec], buffer.getvalue())


def _on_white(picture: Image.Image) -> Image.Image:
    """A JPEG has nothing transparent in it."""
    if picture.mode != "RGBA":
        return picture.convert("L") if picture.mode == "1" else picture
    white = Image.new("RGB", picture.size, "white")
    white.paste(picture, mask=picture.getchannel("A"))
    return white


def plain_frames(picture: Image.Image) -> Iterator[Image.Image]:
    """Each picture of a film or a stack of pages, as `plain_points` makes it."""
    if getattr(picture, "n_frames", 1) > MAX_FRAMES:
        raise TooManyPixels
    total = 0
    for frame in ImageSequence.Iterator(picture):
        total += frame.width * frame.height
        if total > MAX_ALL_PIXELS:
            raise TooManyPixels
        yield plain_points(frame)


def encode_picture(content: bytes, *, max_pixels: int) -> tuple[dict[str, object], bytes]:
    """A picture for publication: JPEG, PNG and WebP stay what they are; what telephones and scanners write becomes one.

    Raises:
        NoCopy: it is no picture, or is damaged.
    """
    try:
        with open_picture(content, max_pixels=max_pixels) as picture:
            codec = codec_for(picture)
            density = _density(picture)
            encoded = write_picture(plain_points(picture), codec, **density)
    except TooManyPixels:
        return {"fault": "points"}, b""
    return {"type": encoded.type}, encoded.content


def codec_for(picture: Image.Image) -> str:
    """JPEG, PNG or WebP: the picture's own, or the one that loses nothing that the eye sees."""
    if picture.format in {"JPEG", "PNG", "WEBP"}:
        return str(picture.format)
    if picture.format in {"MPO", "HEIF", "AVIF"} and not picture.has_transparency_data:
        return "JPEG"
    return "PNG"


def _density(picture: Image.Image) -> dict[str, tuple[int, int]]:
    """Points an inch, for those who print it."""
    density = picture.info.get("dpi")
    if picture.format not in {"JPEG", "PNG"} or not isinstance(density, tuple) or len(density) != 2:
        return {}
    return {"dpi": (round(density[0]), round(density[1]))} if all(1 <= points <= 10_000 for points in density) else {}


def encode_png(content: bytes, *, width: int, height: int, max_pixels: int) -> tuple[dict[str, object], bytes]:
    """A picture as PNG, scaled down to fit the width and height.

    Raises:
        NoCopy: it is no picture, or is damaged.
    """
    try:
        with open_picture(content, max_pixels=max_pixels) as picture:
            plain = plain_points(picture)
    except TooManyPixels:
        return {"fault": "points"}, b""
    plain.thumbnail((width, height))
    encoded = write_picture(plain, "PNG")
    return {"type": encoded.type}, encoded.content
