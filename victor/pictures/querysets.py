from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

MAX_TO_CHOOSE = 24


class PictureQuerySet(models.QuerySet):
    """What can be asked of pictures."""

    def shown(self) -> Self:
        """Those that anybody may see today: their sizes are made, and those shown in them agree."""
        agreed = Q(consent_until=None) | Q(consent_until__gte=timezone.localdate())
        return self.filter(agreed, sizes_made_at__isnull=False)

    def to_choose(self) -> Self:
        """The newest of those that can be put into a text."""
        return self.shown()[:MAX_TO_CHOOSE]

    def without_sizes(self) -> Self:
        """Those that wait for the worker, the longest waiting first."""
        return self.filter(sizes_made_at=None).order_by("uploaded_at", "pk")

    def described_as(self, words: str) -> Self:
        """Those whose description or maker has all of these words."""
        found = self
        for word in words.split():
            found = found.filter(Q(description__icontains=word) | Q(credit__icontains=word))
        return found
