from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from victor.publishing.languages import columns
from victor.publishing.querysets import PublishableQuerySet


class FunderNoticeQuerySet(models.QuerySet):
    """What can be asked of funder's notices."""

    def in_force(self) -> Self:
        """Those that hold today, the newest first."""
        today = timezone.localdate()
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=today), valid_from__lte=today).order_by("-valid_from")


class PageQuerySet(PublishableQuerySet):
    """What can be asked of pages."""

    def for_menus(self) -> Self:
        """Those that a menu names, with their titles only."""
        return self.published().exclude(menu="").with_only("slug", "menu", "position", *columns("title"))
