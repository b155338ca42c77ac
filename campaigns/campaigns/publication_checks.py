"""What a campaign needs before it is published."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaigns.campaigns.models import Campaign
from victor.publishing.models import Publishable
from victor.publishing.printability import missing_for_paper
from victor.publishing.publication_checks import publication_requirement


@publication_requirement
def poster_can_be_printed(obj: Publishable, language: str) -> Iterator[str | Promise]:
    """What stands on the posters of a campaign can be printed: the fonts have every sign of it."""
    if isinstance(obj, Campaign):
        texts = obj.versions.filter(language=language).values_list("fields", flat=True).first() or {}
        yield from missing_for_paper(texts.get(name, "") for name in ("title", "poster"))


@publication_requirement
def key_image_has_alternative_text(obj: Publishable, language: str) -> Iterator[str | Promise]:
    """A key image needs an alternative text in the language (WCAG 2.2: 1.1.1)."""
    if isinstance(obj, Campaign) and obj.key_image_id:
        texts = obj.versions.filter(language=language).values_list("fields", flat=True).first() or {}
        if not texts.get("key_image_alternative"):
            yield _("the alternative text of the key image")
