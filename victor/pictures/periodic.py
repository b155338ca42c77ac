"""What the clock does with pictures. What was missed is done at the next run."""

from __future__ import annotations

import structlog
from celery import shared_task

from victor.files.orphans import delete_orphans
from victor.pictures.models import Picture, picture_storage
from victor.pictures.tasks import make_sizes

log = structlog.get_logger(__name__)


@shared_task(name="victor.pictures.periodic.sweep")
def sweep() -> int:
    """Make the sizes that are missing, after a lost task or a broker that was down. Returns how many files."""
    return sum(_try_make_sizes(pk) for pk in Picture.objects.without_sizes().values_list("pk", flat=True))


@shared_task(name="victor.pictures.periodic.forget_files")
def forget_files() -> int:
    """Delete the files of pictures that were removed. Returns how many."""
    return delete_orphans(picture_storage(), {name for picture in Picture.objects.all() for name in picture.names()})


def _try_make_sizes(pk: int) -> int:
    try:
        return make_sizes(pk)
    except OSError:  # a picture whose file is missing does not stop the others
        log.exception("sizes not made", picture=pk)
        return 0
