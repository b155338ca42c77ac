"""Declares which texts show a picture, so that nobody removes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Exists, F, OuterRef, Q, Subquery, TextField
from django.db.models.functions import Cast

from victor.pictures.models import Picture
from victor.pictures.uses import Finding, PictureUse, finder
from victor.publishing.models import LanguageVersion, PublishedVersion

SAME_TEXT = {name: OuterRef(name) for name in ("content_type", "object_id", "language")}


@finder
def texts_with(pictures: Sequence[Picture]) -> Iterator[Finding]:
    """Drafts and public texts that show one of the pictures, each once."""
    has_picture = Q(text__regex="|".join(picture.key for picture in pictures))  # letters, digits, - and _ only
    public = Exists(LanguageVersion.objects.filter(**SAME_TEXT, published_at__isnull=False))
    newest = Subquery(PublishedVersion.objects.filter(**SAME_TEXT).order_by("-number").values("number")[:1])
    drafts = LanguageVersion.objects.annotate(text=Cast("fields", TextField())).filter(has_picture)
    published = PublishedVersion.objects.annotate(text=Cast("fields", TextField()), newest=newest)
    uses: dict[Finding, None] = {}
    for draft in drafts:
        uses |= dict.fromkeys(_findings(pictures, draft, draft.text))
    for version in published.filter(has_picture, public, number=F("newest")):
        uses |= dict.fromkeys(_findings(pictures, version, version.text))
    yield from uses


def _findings(pictures: Sequence[Picture], version: LanguageVersion | PublishedVersion, text: str) -> Iterator[Finding]:
    for picture in pictures:
        if picture.key in text:
            yield picture, PictureUse(version.object, version.language)
