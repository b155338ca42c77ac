"""Questions about pictures."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

MAX_TO_CHOOSE = 24


class PictureQuerySet(models.QuerySet):
    """Pictures."""

    def shown(self) -> Self:
        """Pictures that may be shown today: their sizes are made, and the people in them agree."""
        agreed = Q(consent_until=None) | Q(consent_until__gte=timezone.localdate())
        return self.filter(agreed, sizes_made_at__isnull=False)

    def to_choose(self) -> Self:
        """The newest pictures that can be put into a text."""
        return self.shown()[:MAX_TO_CHOOSE]

    def without_sizes(self) -> Self:
        """Pictures that wait for the worker, those that wait longest first."""
        return self.filter(sizes_made_at=None).order_by("uploaded_at", "pk")

    def described_as(self, words: str) -> Self:
        """Pictures whose description or credit has all of these words."""
        pictures = self
        for word in words.split():
            pictures = pictures.filter(Q(description__icontains=word) | Q(credit__icontains=word))
        return pictures
