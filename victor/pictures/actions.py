"""Actions on pictures: add, change the focal point, remove."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.core.files.base import File
from django.db import transaction

from victor.access import Actor, require
from victor.accounts.models import User
from victor.audit.actions import record
from victor.pictures.errors import InUse
from victor.pictures.models import Picture
from victor.pictures.uses import uses_of
from victor.pictures.worker import request_sizes
from victor.stored_names import stored_reference

Focus = tuple[int, int]


@transaction.atomic
def add_picture(
    file: File, *, description: str, credit: str, focus: Focus, consent_until: date | None = None, by: Actor
) -> Picture:
    """Save a picture that `victor.files.uploads` has checked. A worker makes its sizes."""
    require(by, "publishing.write")
    picture = Picture(description=description, credit=credit, consent_until=consent_until)
    picture.focal_x, picture.focal_y = focus
    picture.uploaded_by = by if isinstance(by, User) else None
    picture.file = file
    picture.save()
    record("picture.added", picture, by=by)
    transaction.on_commit(partial(request_sizes, picture.pk))
    return picture


@transaction.atomic
def change_focus(picture: Picture, focus: Focus, *, by: Actor) -> None:
    """Set the focal point: the part of a picture that stays visible where it is cropped. In per cent."""
    picture = Picture.objects.select_for_update().get(pk=picture.pk)
    require(by, "publishing.write")
    picture.focal_x, picture.focal_y = focus
    picture.save(update_fields=["focal_x", "focal_y"])
    record("picture.focused", picture, by=by, x=focus[0], y=focus[1])


@transaction.atomic
def remove_picture(picture: Picture, *, by: Actor) -> None:
    """Delete a picture that nothing shows. The clock deletes its files.

    Raises:
        InUse: a public page or a draft shows it.
    """
    picture = Picture.objects.select_for_update().get(pk=picture.pk)
    require(by, "publishing.write")
    if uses := uses_of([picture])[picture]:
        raise InUse(uses)
    reference = stored_reference(picture)
    picture.delete()
    record("picture.removed", reference, by=by)
