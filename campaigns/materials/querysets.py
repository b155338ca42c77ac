"""Queries of materials and their files."""

from __future__ import annotations

from typing import Self

from django.apps import apps
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils import timezone

from campaigns.materials.states import MaterialKind
from victor.publishing.querysets import PublishableQuerySet


class MaterialQuerySet(PublishableQuerySet):
    """Queries of materials."""


class MaterialFileQuerySet(models.QuerySet):
    """Queries of the files of materials."""

    def published(self) -> Self:
        """Files that are public today: of a published material, with alternative text, while the people shown agree."""
        agreed = Q(consent_until=None) | Q(consent_until__gte=timezone.localdate())
        published = apps.get_model("campaigns", "Material").objects.published()
        return self.filter(agreed, material__in=published).exclude(alternative="")

    def for_listing(self) -> Self:
        """Public files with their materials, by kind."""
        rank = Case(*(When(material__kind=kind, then=Value(rank)) for rank, kind in enumerate(MaterialKind.values)))
        return self.published().select_related("material").order_by(rank, "material__slug", "language")
