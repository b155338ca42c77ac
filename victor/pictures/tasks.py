"""The task that makes the sizes of a picture."""

from __future__ import annotations

from io import BytesIO

from celery import shared_task
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from victor.pictures.models import Picture, picture_storage
from victor.pictures.states import QUALITY, PictureFormat
from victor.task_queue import only_worker

SIZES_LOCK = 0x70696374  # "pict"


@shared_task(name="victor.pictures.tasks.make_sizes")
def make_sizes(pk: int) -> int:
    """Make a picture's sizes, unless they exist or another worker is making them. Returns how many files.

    Files of a worker that was killed are overwritten. No row is locked while the picture is decoded: who changes or
    removes it need not wait.
    """
    with only_worker(SIZES_LOCK, pk) as is_only:
        picture = Picture.objects.without_sizes().filter(pk=pk).first() if is_only else None
        if picture is None:
            return 0
        with picture.file.open() as file, Image.open(file) as original:
            original.load()
            for width in picture.widths:
                _write_size(picture, original, width)
        Picture.objects.filter(pk=pk).update(sizes_made_at=timezone.now())
        return len(picture.widths) * len(PictureFormat)


def _write_size(picture: Picture, original: Image.Image, width: int) -> None:
    size = original.resize((width, picture.height_at(width)), Image.Resampling.LANCZOS)
    for file_format in PictureFormat:
        buffer = BytesIO()
        size.save(buffer, file_format.name, quality=QUALITY[file_format])
        picture_storage().save(picture.name(width, file_format), ContentFile(buffer.getvalue()))
