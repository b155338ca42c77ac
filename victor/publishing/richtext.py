"""Rich text: what it may contain. It is cleaned when it is saved, and again when it is shown.

What other programs write is read first: `pasted_html.py`. What is taken away is named before it is saved.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser

import nh3
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from victor.pictures.states import ADDRESS
from victor.publishing.pasted_html import LINK, keep_address, normalise, without_redirect

TAGS = {"p", "h2", "h3", "ul", "ol", "li", "strong", "em", "blockquote", "a", "br", "img"}
ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt"}}
SCHEMES = {"https", "http", "mailto", "tel"}
LETTERS = {"u", "s", "strike", "del", "sub", "sup"}
EMBEDDED = {"iframe", "frame", "video", "audio", "object", "embed", "form", "input", "svg", "math", "canvas", "script"}
# What only other programs write: elements, styles, lists between the items of lists, and Google's addresses.
FOREIGN = re.compile(
    rf"<(?!/?(?:{'|'.join(sorted(TAGS))})\b)[a-z]|\b(?:style|class)\s*=|</li>\s*<[uo]l|\bgoogle\.[a-z.]+/url\?",
    re.IGNORECASE,
)
# As `clean_html` writes it: every value in quotes, without brackets or quotes inside.
MOST_PASSES = 8
IMAGE = re.compile(r'<img((?: (?:src|alt)="[^"]*")*)>')
LOSSES = {
    "pictures": _("images that are not in this site’s library"),
    "tables": _("tables (each row becomes a line)"),
    "links": _("addresses of links that begin with neither https, http, mailto nor tel"),
    "letters": _("underlined, struck through, raised and lowered letters"),
    "embedded": _("videos, frames, forms and drawings"),
}
ATTRIBUTE = re.compile(r' (src|alt)="([^"]*)"')


@dataclass(frozen=True)
class Image:
    """A picture of the site in a text: its key and its alternative text."""

    key: str
    alternative: str


def clean_html(html: str) -> str:
    """Remove what acts, styles or loads: scripts, styles, frames, links without a scheme to another site.

    Only pictures of the site stay as images. What other programs write becomes our elements.
    """
    cleaned = _clean_once(html)
    for _pass in range(MOST_PASSES):  # what one takes away can show another program's writing
        before, cleaned = cleaned, _clean_once(cleaned)
        if cleaned == before:
            break
    return cleaned


def _clean_once(html: str) -> str:
    return _sanitise(normalise(html) if FOREIGN.search(html) else html)


def find_losses(html: str) -> list[Promise]:
    """What `clean_html` takes away, in words for people."""
    finder = _LossFinder()
    finder.feed(html)
    finder.close()
    return [words for loss, words in LOSSES.items() if loss in finder.losses]


def _sanitise(html: str) -> str:
    cleaned = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=keep_address,
        url_schemes=SCHEMES,
        link_rel="noopener",
        strip_comments=True,
    )
    return IMAGE.sub(lambda match: match[0] if ' src="' in match[1] else "", cleaned).strip()


class _LossFinder(HTMLParser):
    """Reads what has no place in our texts."""

    def __init__(self) -> None:
        super().__init__()
        self.losses: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "img" and not ADDRESS.fullmatch(values.get("src") or ""):
            self.losses.add("pictures")
        if tag == "a" and values.get("href") and not LINK.fullmatch(without_redirect(values["href"] or "")):
            self.losses.add("links")
        if tag == "table":
            self.losses.add("tables")
        if tag in LETTERS:
            self.losses.add("letters")
        if tag in EMBEDDED:
            self.losses.add("embedded")


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


def _image(match: re.Match[str]) -> Image:
    attributes = dict(ATTRIBUTE.findall(match[1]))
    address = ADDRESS.fullmatch(attributes.get("src", ""))
    return Image(address[1] if address else "", unescape(attributes.get("alt", "")).strip())
