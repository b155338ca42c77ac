"""Materials and their files."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.materials.querysets import MaterialFileQuerySet, MaterialQuerySet
from campaigns.materials.states import Licence, MaterialKind
from victor.files.states import FileFormat
from victor.languages import no_empty_texts
from victor.pagecache.triggers import NOTIFY_PAGE_CACHE
from victor.publishing.models import Publishable


class Material(Publishable):
    """Something to print, play or show, with a file for each language."""

    stored_name = "campaigns.material"

    campaign = models.ForeignKey(
        "campaigns.Campaign", models.PROTECT, related_name="materials", verbose_name=_("campaign")
    )
    kind = models.CharField(_("kind"), max_length=9, choices=MaterialKind)
    title = models.CharField(_("title"), max_length=120, null=True, blank=True)
    summary = models.CharField(_("summary"), max_length=300, null=True, blank=True)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        triggers = [NOTIFY_PAGE_CACHE]
        ordering = ["campaign", "slug"]
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        constraints = [no_empty_texts("campaigns_material_texts", "title", "summary")]

    def get_absolute_url(self) -> str:
        return self.campaign.get_absolute_url()


def material_storage() -> Storage:
    """The storage of the files of materials."""
    return storages["materials"]


def random_file_name(file: MaterialFile, name: str) -> str:
    """A random name: the original name of a file may say something about its author."""
    return f"{uuid4().hex}.{file.format}"


class MaterialFile(models.Model):
    """The newest version of a material in one language.

    It is public once it has an alternative text, up to and including the day until which the people shown have agreed.
    """

    stored_name = "campaigns.materialfile"

    material = models.ForeignKey(Material, models.CASCADE, related_name="files", verbose_name=_("material"))
    language = models.CharField(_("language"), max_length=7, choices=settings.CONTENT_LANGUAGES)
    file = models.FileField(_("file"), storage=material_storage, upload_to=random_file_name)
    format = models.CharField(_("format"), max_length=4, choices=FileFormat, editable=False)
    size = models.PositiveIntegerField(_("size in bytes"), editable=False)
    version = models.PositiveSmallIntegerField(_("version"), default=0, editable=False)
    licence = models.CharField(_("licence"), max_length=8, choices=Licence, default=Licence.BY_ND)
    alternative = models.TextField(
        _("alternative text"), blank=True, help_text=_("Text alternative for people who cannot see or hear it")
    )
    consent_until = models.DateField(
        _("consent valid until"),
        null=True,
        blank=True,
        help_text=_("Last day covered by the consent of the people shown. Leave empty if nobody can be recognised."),
    )

    objects = MaterialFileQuerySet.as_manager()

    class Meta:
        triggers = [NOTIFY_PAGE_CACHE]
        ordering = ["material", "language"]
        verbose_name = _("file of a material")
        verbose_name_plural = _("files of a material")
        constraints = [models.UniqueConstraint(fields=["material", "language"], name="campaigns_materialfile_once")]

    def __str__(self) -> str:
        return f"{self.material} ({self.language})"

    @property
    def name(self) -> str:
        """The name of the download: `leaflet-el-v2.pdf`."""
        return f"{self.material.slug}-{self.language}-v{self.version}.{self.format}"
