"""What can happen to pages besides what can happen to any text (see `victor.publishing.actions`)."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from django.db import transaction

from victor.access import System
from victor.languages import CODES
from victor.pages.models import Page
from victor.publishing.bundled_texts import publish_bundled


class PageData(TypedDict):
    """A page of the project's own texts, as its file holds it: each text by language."""

    slug: str
    menu: NotRequired[str]
    title: dict[str, str]
    summary: dict[str, str]
    body: dict[str, str]


@transaction.atomic
def load_page(data: PageData, *, position: int, by: System) -> Page:
    """Make a page of the project's own texts and publish it in every language, the source first."""
    position_in_menu = {"menu": data.get("menu", ""), "position": position}
    page, _created = Page.objects.update_or_create(slug=data["slug"], defaults=position_in_menu)
    by_name = {"title": data["title"], "summary": data["summary"], "body": data["body"]}
    for language in CODES:
        publish_bundled(page, language, {name: texts[language] for name, texts in by_name.items()}, by=by)
    return page
