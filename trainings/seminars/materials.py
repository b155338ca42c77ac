"""The files of a session, and where they are stored."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from trainings.seminars.models import Session
from trainings.seminars.querysets import SessionMaterialQuerySet
from victor.files.states import FileFormat
from victor.pagecache.triggers import NOTIFY_PAGE_CACHE


def material_storage() -> Storage:
    """The storage for the files of sessions."""
    return storages["seminars"]


def anonymous_file_name(material: SessionMaterial, name: str) -> str:
    """A random name in the storage: the name that a file had on somebody's computer may say too much."""
    return f"{uuid4().hex}.{material.format}"


class SessionMaterial(models.Model):
    """A file for the participants of a session, or for everybody. `name` is what people download it as."""

    stored_name = "trainings.sessionmaterial"

    session = models.ForeignKey(Session, models.CASCADE, related_name="materials", verbose_name=_("session"))
    language = models.CharField(_("language"), max_length=7, choices=settings.CONTENT_LANGUAGES)
    name = models.CharField(_("name"), max_length=120, help_text=_("In the language of the file"))
    file = models.FileField(_("file"), storage=material_storage, upload_to=anonymous_file_name)
    format = models.CharField(_("format"), max_length=4, choices=FileFormat, editable=False)
    size = models.PositiveIntegerField(_("size in bytes"), editable=False)
    public = models.BooleanField(
        _("for everyone"), default=False, help_text=_("If not ticked: only for people who have a place")
    )

    objects = SessionMaterialQuerySet.as_manager()

    class Meta:
        triggers = [NOTIFY_PAGE_CACHE]
        ordering = ["session", "language", "name"]
        verbose_name = _("material of a session")
        verbose_name_plural = _("materials of a session")

    def __str__(self) -> str:
        return self.name
