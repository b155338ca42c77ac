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
    """Where pictures and their sizes are kept."""
    return storages["pictures"]


def new_key() -> str:
    """128 bits that nobody guesses."""
    return secrets.token_urlsafe(16)


def named_by_key(picture: Picture, name: str) -> str:
    """A name that tells nothing: what a file was called where it came from is nobody's business."""
    return f"{picture.key}.{name.rpartition('.')[2].lower()}"


class Picture(models.Model):
    """A picture, written anew without its metadata, and the sizes that a worker makes of it once.

    Seen by nobody before its sizes are made, nor after the day up to which those who can be recognised have agreed.
    What it shows is said where it is used, in the language of that place.
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
        """The widths of its sizes; it is never made wider than it is."""
        return [width for width in WIDTHS if width <= self.width] or [self.width]

    @property
    def has_sizes(self) -> bool:
        """Whether the worker has made them."""
        return self.sizes_made_at is not None

    @property
    def has_consent(self) -> bool:
        """Whether those shown in it agree today."""
        return self.consent_until is None or self.consent_until >= timezone.localdate()

    @property
    def is_shown(self) -> bool:
        """Whether anybody may see it today."""
        return self.has_sizes and self.has_consent

    @property
    def consent_lifetime(self) -> timedelta:
        """How long from now those shown in it agree; a day at most is looked ahead."""
        if self.consent_until is None:
            return DAY
        end = timezone.make_aware(datetime.combine(self.consent_until + DAY, time.min))
        return min(end - timezone.now(), DAY)

    def height_at(self, width: int) -> int:
        """How high it is at this width."""
        return max(1, round(self.height * width / self.width))

    def name(self, width: int, form: PictureFormat) -> str:
        """What the file of a size is called."""
        return f"{self.key}-{width}.{form.value}"

    def names(self) -> list[str]:
        """All files that belong to it."""
        return [str(self.file.name), *(self.name(width, form) for width in self.widths for form in PictureFormat)]

    def address(self, width: int, form: PictureFormat = PictureFormat.WEBP) -> str:
        """Where browsers ask for a size."""
        return reverse("picture", args=[self.key, width, form.value])

    def addresses(self, form: PictureFormat) -> str:
        """All sizes of a format, as `srcset` wants them."""
        return ", ".join(f"{self.address(width, form)} {width}w" for width in self.widths)

    @property
    def source(self) -> str:
        """The address of the size for browsers that choose none."""
        return self.address(max([width for width in self.widths if width <= DEFAULT_WIDTH] or self.widths))
