"""The task that makes the sizes of a picture."""

from __future__ import annotations

from io import BytesIO

from celery import shared_task
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from PIL import Image

from victor.pictures.models import Picture, picture_storage
from victor.pictures.states import QUALITY, PictureFormat


@shared_task(name="victor.pictures.tasks.make_sizes")
@transaction.atomic
def make_sizes(pk: int) -> int:
    """Make a picture's sizes, unless they exist or another worker is making them. Returns how many files.

    Files of a worker that was killed are overwritten. The lock is that of this one row, for which nobody else waits.
    """
    waiting = Picture.objects.without_sizes().select_for_update(skip_locked=True, no_key=True)
    picture = waiting.filter(pk=pk).first()
    if picture is None:
        return 0
    with picture.file.open() as file, Image.open(file) as original:
        original.load()
        for width in picture.widths:
            _write_size(picture, original, width)
    picture.sizes_made_at = timezone.now()
    picture.save(update_fields=["sizes_made_at"])
    return len(picture.widths) * len(PictureFormat)


def _write_size(picture: Picture, original: Image.Image, width: int) -> None:
    size = original.resize((width, picture.height_at(width)), Image.Resampling.LANCZOS)
    for file_format in PictureFormat:
        buffer = BytesIO()
        size.save(buffer, file_format.name, quality=QUALITY[file_format])
        picture_storage().save(picture.name(width, file_format), ContentFile(buffer.getvalue()))
