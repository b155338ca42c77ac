from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils import timezone

from campaigns.materials.states import MaterialKind
from victor.publishing.querysets import PublishableQuerySet


class MaterialQuerySet(PublishableQuerySet):
    """What can be asked of materials."""


class MaterialFileQuerySet(models.QuerySet):
    """What can be asked of the files of materials."""

    def published(self) -> Self:
        """Those that anybody may have today: of a public material, with alternative text, while those shown agree."""
        agreed = Q(consent_until=None) | Q(consent_until__gte=timezone.localdate())
        public = self.model._meta.get_field("material").related_model._default_manager.published()
        return self.filter(agreed, material__in=public).exclude(alternative="")

    def for_listing(self) -> Self:
        """With their materials, by kind."""
        rank = Case(*(When(material__kind=kind, then=Value(rank)) for rank, kind in enumerate(MaterialKind.values)))
        return self.published().select_related("material").order_by(rank, "material__slug", "language")
