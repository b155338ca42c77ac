"""What can happen to pages besides what can happen to any text (see `victor.publishing.actions`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from victor.access import System
from victor.languages import CODES
from victor.pages.models import Page
from victor.publishing.bundled_texts import publish_bundled


@transaction.atomic
def load_page(written: Mapping[str, Any], *, position: int, by: System) -> Page:
    """Make a page of the project's own texts and publish it in every language, the source first."""
    place = {"menu": written.get("menu", ""), "position": position}
    page, _made = Page.objects.update_or_create(slug=written["slug"], defaults=place)
    for language in CODES:
        texts = {name: written[name][language] for name in ("title", "summary", "body")}
        publish_bundled(page, language, texts, by=by)
    return page
