"""Desks, for activities of grants that were done in them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.utils.translation import gettext_lazy as _

from desks.desk.models import Desk
from victor.linked_work import MAX_CHOICES, Work, finds_work


@finds_work("desk", _("Desk"))
def desks(keys: Collection[str] | None) -> Iterator[Work]:
    """Published desks."""
    rows = Desk.objects.published().select_related("country")
    rows = rows.order_by("pk")[:MAX_CHOICES] if keys is None else rows.filter(slug__in=keys)
    for desk in rows:
        yield Work(desk.slug, desk.name, desk.get_absolute_url())
