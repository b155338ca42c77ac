"""Atom feeds (RFC 4287) in the active language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed

from victor.languages import current_language

CONTENT_TYPE = Atom1Feed.content_type


def render_atom(path: str, name: str, items: Iterable[Mapping[str, Any]], *, home: str) -> str:
    """The feed at `path`. `home` is the path of the page that shows the same.

    An item has a path as `link`, which identifies it for ever, a `title`, a `description` and an `updateddate`.
    """
    home, address = settings.SITE_URL + home, settings.SITE_URL + path
    feed = Atom1Feed("VICTOR", home, name, language=current_language(), feed_url=address, feed_guid=home)
    for item in items:
        link = settings.SITE_URL + item["link"]
        feed.add_item(**{**item, "link": link, "unique_id": link})
    return str(feed.writeString("utf-8"))
