"""Atom feeds (RFC 4287) in the active language.

The id of an entry is made of the number of what it is about and the language: it stays when the address, the title or
the host changes.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NotRequired, TypedDict

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from victor.languages import interface_language, language_tag
from victor.signs import clean_signs

CONTENT_TYPE = Atom1Feed.content_type
IDS = uuid.UUID("6c1f0a52-3d0e-4f7b-9a55-0b8a2f6f7c11")  # never changes: readers of feeds know entries by their ids
NO_CHANGE = datetime(2026, 1, 1, tzinfo=UTC)  # when a feed without entries was changed


class FeedItem(TypedDict):
    """An item of a feed. `reference` is the stored name of what it is about, with its number. `link` is a path."""

    reference: str
    link: str
    title: str
    description: str
    updateddate: datetime
    pubdate: NotRequired[datetime]


class AtomFeed(Atom1Feed):
    """A feed whose moment does not depend on when it is asked for, even where it has no entries."""

    def latest_post_date(self) -> datetime:
        """The moment of the last change. Django calls this."""
        return max((item["updateddate"] for item in self.items), default=NO_CHANGE)


def render_atom(path: str, name: str, items: Iterable[FeedItem], *, home: str) -> str:
    """The feed at `path`. `home` is the path of the page that shows the same."""
    home, address = settings.SITE_URL + home, settings.SITE_URL + path
    feed = AtomFeed(
        clean_signs(name),
        home,
        None,
        language=language_tag(interface_language()),
        author_name="VICTOR",
        author_link=settings.SITE_URL,
        feed_url=address,
        feed_guid=_id_of(path),
    )
    for item in items:
        feed.add_item(
            title=clean_signs(item["title"]),
            link=settings.SITE_URL + item["link"],
            description=escape(clean_signs(item["description"])),  # Django writes it as HTML
            unique_id=_id_of(f"{item['reference']}/{interface_language()}"),
            pubdate=item.get("pubdate"),
            updateddate=item["updateddate"],
        )
    return str(feed.writeString("utf-8"))


def _id_of(name: str) -> str:
    return uuid.uuid5(IDS, name).urn
