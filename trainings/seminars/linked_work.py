"""Seminars, for activities of grants that were done in them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.utils.translation import gettext_lazy as _

from trainings.seminars.models import Seminar
from victor.languages import local_text
from victor.linked_work import MAX_CHOICES, Work, finds_work


@finds_work("seminar", _("Seminar"))
def seminars(keys: Collection[str] | None) -> Iterator[Work]:
    """Published seminars: drafts are for their trainers."""
    rows = Seminar.objects.published()
    rows = rows.order_by("-starts")[:MAX_CHOICES] if keys is None else rows.filter(slug__in=keys)
    for seminar in rows:
        yield Work(seminar.slug, local_text(seminar, "title").text or seminar.slug, seminar.get_absolute_url())
