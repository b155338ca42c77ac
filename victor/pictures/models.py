"""Pictures, their sizes and their consent."""

from __future__ import annotations

import secrets
from datetime import datetime, time, timedelta

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from victor.pagecache.triggers import NOTIFY_PAGE_CACHE
from victor.pictures.querysets import PictureQuerySet
from victor.pictures.states import WIDTHS, PictureFormat

DAY = timedelta(days=1)
CENTRE = 50
DEFAULT_WIDTH = 960


def picture_storage() -> Storage:
    """The storage of pictures and their sizes."""
    return storages["pictures"]


def new_key() -> str:
    """A random key of 128 bits."""
    return secrets.token_urlsafe(16)


def named_by_key(picture: Picture, name: str) -> str:
    """The name of a file: its key. The name that it was uploaded with is not stored."""
    return f"{picture.key}.{name.rpartition('.')[2].lower()}"


class Picture(models.Model):
    """A picture without its metadata, and the sizes that a worker makes of it once.

    It is not shown before its sizes are made, nor after the last day for which the people in it have agreed. Its
    alternative text is written where it is used, in the language of that page.
    """

    stored_name = "pictures.picture"

    key = models.CharField(max_length=22, unique=True, default=new_key, editable=False)
    file = models.ImageField(
        _("file"), storage=picture_storage, upload_to=named_by_key, width_field="width", height_field="height"
    )
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    focal_x = models.PositiveSmallIntegerField(_("focal point, from the left"), default=CENTRE)
    focal_y = models.PositiveSmallIntegerField(_("focal point, from the top"), default=CENTRE)
    description = models.CharField(
        _("description"), max_length=120, help_text=_("For colleagues, to find it again; visitors do not see it")
    )
    credit = models.CharField(_("author"), max_length=120, help_text=_("Author and licence"))
    consent_until = models.DateField(
        _("consent valid until"),
        null=True,
        blank=True,
        help_text=_("Last day covered by the consent of the people shown. Leave empty if nobody can be recognised."),
    )
    sizes_made_at = models.DateTimeField(_("versions created"), null=True, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now, editable=False)

    objects = PictureQuerySet.as_manager()

    class Meta:
        triggers = [NOTIFY_PAGE_CACHE]
        ordering = ["-uploaded_at", "-pk"]
        verbose_name = _("image")
        verbose_name_plural = _("images")
        constraints = [
            models.CheckConstraint(condition=Q(focal_x__lte=100, focal_y__lte=100), name="pictures_picture_focus")
        ]
        indexes = [models.Index("uploaded_at", condition=Q(sizes_made_at=None), name="pictures_picture_waiting")]

    def __str__(self) -> str:
        return self.description

    @property
    def widths(self) -> list[int]:
        """The widths of its sizes. It is never enlarged."""
        return [width for width in WIDTHS if width <= self.width] or [self.width]

    @property
    def has_sizes(self) -> bool:
        """Whether the worker has made its sizes."""
        return self.sizes_made_at is not None

    @property
    def has_consent(self) -> bool:
        """Whether the people in it agree today."""
        return self.consent_until is None or self.consent_until >= timezone.localdate()

    @property
    def is_shown(self) -> bool:
        """Whether it may be shown today."""
        return self.has_sizes and self.has_consent

    @property
    def consent_lifetime(self) -> timedelta:
        """How long from now the people in it agree, at most a day."""
        if self.consent_until is None:
            return DAY
        end = timezone.make_aware(datetime.combine(self.consent_until + DAY, time.min))
        return min(end - timezone.now(), DAY)

    def height_at(self, width: int) -> int:
        """Its height at this width, in pixels."""
        return max(1, round(self.height * width / self.width))

    def name(self, width: int, file_format: PictureFormat) -> str:
        """The name of the file of a size."""
        return f"{self.key}-{width}.{file_format.value}"

    def names(self) -> list[str]:
        """The names of all its files."""
        return [
            str(self.file.name),
            *(self.name(width, file_format) for width in self.widths for file_format in PictureFormat),
        ]

    def address(self, width: int, file_format: PictureFormat = PictureFormat.WEBP) -> str:
        """The address of a size."""
        return reverse("picture", args=[self.key, width, file_format.value])

    def addresses(self, file_format: PictureFormat) -> str:
        """All sizes of a format, as the attribute `srcset` has them."""
        return ", ".join(f"{self.address(width, file_format)} {width}w" for width in self.widths)

    @property
    def source(self) -> str:
        """The address of the size for browsers without `srcset`."""
        return self.address(max([width for width in self.widths if width <= DEFAULT_WIDTH] or self.widths))
