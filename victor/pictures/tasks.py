"""The sizes of a picture, made once."""

from __future__ import annotations

from io import BytesIO

import structlog
from celery import shared_task
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError
from PIL import Image

from victor.pictures.models import Picture, pictures
from victor.pictures.states import QUALITY, Form

log = structlog.get_logger(__name__)


def ask_for_sizes(pk: int) -> None:
    """Queue the making of a picture's sizes, or leave it to the sweep."""
    try:
        make_sizes.delay(pk)
    except OperationalError:
        log.warning("broker unreachable, the sizes wait for the sweep", picture=pk)


@shared_task(name="victor.pictures.tasks.make_sizes")
@transaction.atomic
def make_sizes(pk: int) -> int:
    """Make a picture's sizes unless they are made, or somebody else is making them; return how many files.

    What a worker that was killed has left is written over.
    """
    waiting = Picture.objects.without_sizes().select_for_update(skip_locked=True, no_key=True)
    picture = waiting.filter(pk=pk).first()
    if picture is None:
        return 0
    with picture.file.open() as file, Image.open(file) as original:
        original.load()
        for width in picture.widths:
            _write(picture, original, width)
    picture.sizes_made_at = timezone.now()
    picture.save(update_fields=["sizes_made_at"])
    return len(picture.widths) * len(Form)


def _write(picture: Picture, original: Image.Image, width: int) -> None:
    size = original.resize((width, picture.height_at(width)), Image.Resampling.LANCZOS)
    for form in Form:
        written = BytesIO()
        size.save(written, form.name, quality=QUALITY[form])
        pictures().save(picture.name(width, form), ContentFile(written.getvalue()))
