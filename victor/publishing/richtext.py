"""Rich text: what it may contain. It is cleaned when it is saved, and again when it is shown."""

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
# Another site by https, an address, a number, or a page of this site: one slash, which no browser takes for a host.
LINK = re.compile(r"(?:https://[^/\\]|mailto:.|tel:.|/(?![/\\]))[^\x00-\x1f\x7f]*|/", re.IGNORECASE)
# As `clean_html` writes it: every value in quotes, without brackets or quotes inside.
IMAGE = re.compile(r'<img((?: (?:src|alt)="[^"]*")*)>')
ATTRIBUTE = re.compile(r' (src|alt)="([^"]*)"')


@dataclass(frozen=True)
class Image:
    """A picture of the site in a text: its key and its alternative text."""

    key: str
    alternative: str


def clean_html(html: str) -> str:
    """Remove what acts, styles or loads: scripts, styles, frames, links by `http` or without a scheme to another site.

    Only pictures of the site stay as images.
    """
    cleaned = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_keep_address,
        url_schemes=SCHEMES,
        link_rel="noopener",
        strip_comments=True,
    )
    return IMAGE.sub(lambda match: match[0] if ' src="' in match[1] else "", cleaned).strip()


def images_in(html: str) -> Iterator[Image]:
    """The pictures in a text, in order."""
    for match in IMAGE.finditer(clean_html(html)):
        yield _image(match)


def with_images(html: str, draw: Callable[[Image], str]) -> str:
    """A cleaned text with each image replaced by what `draw` returns."""
    return IMAGE.sub(lambda match: draw(_image(match)), html)


def plain_text(html: str) -> str:
    """The words alone, with the alternative texts of images, to search and to compare."""
    text = IMAGE.sub(lambda match: f" {dict(ATTRIBUTE.findall(match[1])).get('alt', '')} ", html)
    return nh3.clean(text.replace("</", " </"), tags=set()).strip()


def _keep_address(tag: str, name: str, value: str) -> str | None:
    """The value of an attribute; None where it is no picture of the site, or no link that may stay."""
    allowed = {("img", "src"): ADDRESS, ("a", "href"): LINK}.get((tag, name))
    return value if allowed is None or allowed.fullmatch(value) else None


def _image(match: re.Match[str]) -> Image:
    attributes = dict(ATTRIBUTE.findall(match[1]))
    address = ADDRESS.fullmatch(attributes.get("src", ""))
    return Image(address[1] if address else "", unescape(attributes.get("alt", "")).strip())
