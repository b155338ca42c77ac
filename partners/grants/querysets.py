"""Questions about the funder's notices."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone


class FunderNoticeQuerySet(models.QuerySet):
    """Funder's notices."""

    def in_force(self) -> Self:
        """Notices that are in force today, the newest first."""
        today = timezone.localdate()
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=today), valid_from__lte=today).order_by("-valid_from")
