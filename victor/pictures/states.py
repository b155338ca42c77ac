"""Formats and widths of the sizes of a picture, and their addresses."""

from __future__ import annotations

import re

from django.db.models import TextChoices

WIDTHS = (320, 640, 960, 1280, 1920)
STEPS = (0, 25, 50, 75, 100)  # of the focal point, in per cent. Each has a class in key-image.css
ADDRESS = re.compile(r"/pictures/([A-Za-z0-9_-]{22})/\d{2,4}\.(?:avif|webp)")


class PictureFormat(TextChoices):
    """The format of a size. The value is the suffix of its name."""

    AVIF = "avif", "AVIF"
    WEBP = "webp", "WebP"


QUALITY = {PictureFormat.AVIF: 60, PictureFormat.WEBP: 80}
