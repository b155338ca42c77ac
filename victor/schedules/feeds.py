"""Atom feeds (RFC 4287) in the active language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NotRequired, TypedDict

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed

from victor.languages import current_language

CONTENT_TYPE = Atom1Feed.content_type


class FeedItem(TypedDict):
    """An item of a feed. `link` is a path, which identifies it for ever."""

    link: str
    title: str
    description: str
    updateddate: datetime
    pubdate: NotRequired[datetime]


def render_atom(path: str, name: str, items: Iterable[FeedItem], *, home: str) -> str:
    """The feed at `path`. `home` is the path of the page that shows the same."""
    home, address = settings.SITE_URL + home, settings.SITE_URL + path
    feed = Atom1Feed("VICTOR", home, name, language=current_language(), feed_url=address, feed_guid=home)
    for item in items:
        link = settings.SITE_URL + item["link"]
        feed.add_item(
            title=item["title"],
            link=link,
            description=item["description"],
            unique_id=link,
            pubdate=item.get("pubdate"),
            updateddate=item["updateddate"],
        )
    return str(feed.writeString("utf-8"))
