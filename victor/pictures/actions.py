"""What can happen to pictures."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.core.files.base import File
from django.db import transaction

from victor.access import System, require
from victor.audit.actions import record
from victor.pictures.errors import InUse
from victor.pictures.models import Picture
from victor.pictures.uses import uses_of
from victor.pictures.worker import request_sizes

Focus = tuple[int, int]


@transaction.atomic
def add_picture(
    file: File, *, description: str, credit: str, focus: Focus, consent_until: date | None = None, by: Any
) -> Picture:
    """Take in a picture that `victor.uploads` has checked; a worker makes its sizes."""
    require(by, "publishing.write")
    picture = Picture(description=description, credit=credit, consent_until=consent_until)
    picture.focal_x, picture.focal_y = focus
    picture.uploaded_by = None if isinstance(by, System) else by
    picture.file = file
    picture.save()
    record("picture.added", picture, by=by)
    transaction.on_commit(partial(request_sizes, picture.pk))
    return picture


@transaction.atomic
def change_focus(picture: Picture, focus: Focus, *, by: Any) -> None:
    """Say which part of a picture stays where only a part of it has room."""
    require(by, "publishing.write")
    picture.focal_x, picture.focal_y = focus
    picture.save(update_fields=["focal_x", "focal_y"])
    record("picture.focused", picture, by=by, x=focus[0], y=focus[1])


@transaction.atomic
def remove_picture(picture: Picture, *, by: Any) -> None:
    """Forget a picture that nothing shows; its files are deleted by the clock.

    Raises:
        InUse: something shows it, or a draft does.
    """
    require(by, "publishing.write")
    picture = Picture.objects.select_for_update().get(pk=picture.pk)
    if uses := uses_of([picture])[picture]:
        raise InUse(uses)
    record("picture.removed", picture, by=by)
    picture.delete()
