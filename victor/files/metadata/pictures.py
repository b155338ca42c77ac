"""Copies of pictures: only their points are in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from victor.files.decoding import codec_for, open_picture, plain_frames, plain_points, write_picture
from victor.files.metadata.made import Made

if TYPE_CHECKING:
    from PIL import Image

MOVING = {"GIF", "WEBP", "PNG", "AVIF"}
SMALL = 200_000  # points, which are soon encoded without loss
STEP = 100  # milliseconds between pictures that do not say


def clean_picture(content: bytes) -> Made:
    """The picture in its own format where browsers show it, else as JPEG or PNG. Films of pictures become WebP.

    Raises:
        NoCopy: it is damaged, or would fill the memory.
    """
    with open_picture(content) as picture:
        count = getattr(picture, "n_frames", 1)
        if count > 1 and picture.format in MOVING:
            return _copy_moving(picture)
        if count > 1 and picture.format == "TIFF":
            return _copy_pages(picture)
        # Colours of WebP suffer from being encoded twice.
        is_light = b"VP8L" in content or picture.width * picture.height < SMALL
        how = {"lossless": True, "method": 1} if picture.format == "WEBP" and is_light else {}
        encoded = write_picture(plain_points(picture), codec_for(picture), **how)
        # Telephones put a second picture beside the first: its depths, or the same a moment later.
        return Made(encoded.type, encoded.content, missing=("pictures",) if count > 1 else ())


def _copy_moving(picture: Image.Image) -> Made:
    """All pictures of a film without sound, without loss."""
    frames, durations = [], []
    for frame in plain_frames(picture):
        frames.append(frame.convert("RGBA"))
        durations.append(int(picture.info.get("duration") or STEP))
    how = {"duration": durations, "loop": int(picture.info.get("loop", 1)), "lossless": True, "method": 0}
    encoded = write_picture(frames[0], "WEBP", save_all=True, append_images=frames[1:], **how)
    return Made(encoded.type, encoded.content, seconds=sum(durations) / 1000)


def _copy_pages(picture: Image.Image) -> Made:
    """All pages of a scan."""
    first, *others = plain_frames(picture)
    encoded = write_picture(first, "TIFF", save_all=True, append_images=others, compression="tiff_deflate")
    return Made(encoded.type, encoded.content)
