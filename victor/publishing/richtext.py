"""Rich text: what may be in it. Cleaned when it is saved, and again when it is shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape

import nh3

from victor.pictures.states import ADDRESS

TAGS = {"p", "h2", "h3", "ul", "ol", "li", "strong", "em", "blockquote", "a", "br", "img"}
ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt"}}
SCHEMES = {"https", "mailto", "tel"}
# As cleaning writes it: every value in quotes, and no bracket or quote within.
IMAGE = re.compile(r'<img((?: (?:src|alt)="[^"]*")*)>')
ATTRIBUTE = re.compile(r' (src|alt)="([^"]*)"')


@dataclass(frozen=True)
class Image:
    """One of the portal's pictures in a text: its key, and what it shows in words."""

    key: str
    alternative: str


def clean_html(html: str) -> str:
    """The text without anything that acts, styles or loads: scripts, styles, frames, foreign addresses of `http`.

    Images are the portal's own pictures.
    """
    cleaned = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_keep_own_pictures,
        url_schemes=SCHEMES,
        link_rel="noopener",
        strip_comments=True,
    )
    return IMAGE.sub(lambda found: found[0] if ' src="' in found[1] else "", cleaned).strip()


def images_in(html: str) -> Iterator[Image]:
    """The pictures in a text, in order."""
    for found in IMAGE.finditer(clean_html(html)):
        yield _image(found)


def with_images(html: str, draw: Callable[[Image], str]) -> str:
    """A cleaned text in which each image is what `draw` makes of it."""
    return IMAGE.sub(lambda found: draw(_image(found)), html)


def plain_text(html: str) -> str:
    """The text alone, with what its images show, for search and for comparing."""
    told = IMAGE.sub(lambda found: f" {dict(ATTRIBUTE.findall(found[1])).get('alt', '')} ", html)
    return nh3.clean(told.replace("</", " </"), tags=set()).strip()


def _keep_own_pictures(tag: str, name: str, value: str) -> str | None:
    return value if (tag, name) != ("img", "src") or ADDRESS.fullmatch(value) else None


def _image(found: re.Match[str]) -> Image:
    told = dict(ATTRIBUTE.findall(found[1]))
    address = ADDRESS.fullmatch(told.get("src", ""))
    return Image(address[1] if address else "", unescape(told.get("alt", "")).strip())
