"""Which texts show a picture, so that nobody removes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery, TextField
from django.db.models.functions import Cast

from victor.pictures.models import Picture
from victor.pictures.uses import Finding, PictureUse, finder
from victor.publishing.models import LanguageVersion, PublishedVersion

SAME = {name: OuterRef(name) for name in ("content_type", "object_id", "language")}


@finder
def texts_with(pictures: Sequence[Picture]) -> Iterator[Finding]:
    """Texts in work, and those that are public, once each."""
    holding = Q(text__regex="|".join(picture.key for picture in pictures))  # letters, digits, - and _ only
    public = Exists(LanguageVersion.objects.filter(**SAME, published_at__isnull=False))
    newest = Subquery(PublishedVersion.objects.filter(**SAME).order_by("-number").values("number")[:1])
    in_work = LanguageVersion.objects.annotate(text=Cast("fields", TextField())).filter(holding)
    shown = PublishedVersion.objects.annotate(text=Cast("fields", TextField()), newest=newest)
    found: dict[Finding, None] = {}
    for version in [*in_work, *shown.filter(holding, public, number=F("newest"))]:
        found |= dict.fromkeys(_findings(pictures, version))
    yield from found


def _findings(pictures: Sequence[Picture], version: Any) -> Iterator[Finding]:
    for picture in pictures:
        if picture.key in version.text:
            yield picture, PictureUse(version.object, version.language)
