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
def load_page(data: Mapping[str, Any], *, position: int, by: System) -> Page:
    """Make a page of the project's own texts and publish it in every language, the source first."""
    position_in_menu = {"menu": data.get("menu", ""), "position": position}
    page, _created = Page.objects.update_or_create(slug=data["slug"], defaults=position_in_menu)
    for language in CODES:
        texts = {name: data[name][language] for name in ("title", "summary", "body")}
        publish_bundled(page, language, texts, by=by)
    return page
