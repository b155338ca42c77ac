"""Hints for the author on what makes a rich text hard to read for some (WCAG 2.2: 1.1.1, 1.3.1, 2.4.4, 2.4.6)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import groupby

from django.utils.translation import gettext as _

# Texts of a link that do not say where it leads, in the languages of the site.
VAGUE_LINKS = {
    *("here", "click here", "more", "read more", "link", "this"),
    *("εδώ", "πατήστε εδώ", "περισσότερα", "тук", "натиснете тук", "още", "aici", "click aici", "mai mult"),
    *("tukaj", "kliknite tukaj", "več", "овде", "кликните овде", "више", "itt", "kattintson ide", "tovább"),
    *("тут", "натисніть тут", "більше"),
}
WORD = re.compile(r"[^\W\d_]+")
FILE_NAME = re.compile(r"\S+\.(?:jpe?g|png|webp|avif|gif)|(?:IMG|DSC|PXL|P)_?\d+\S*", re.IGNORECASE)
MAX_CAPITAL_WORDS = 3  # consecutive words in capital letters
HEADINGS = {"h2", "h3"}
MAX_HEADING = 80  # characters


@dataclass
class TextElement:
    """A heading, link, paragraph or image with its text. `bold` is the number of bold characters."""

    tag: str
    text: str = ""
    bold: int = 0


@dataclass
class ElementReader(HTMLParser):
    """Reads the elements of a text in order. `open_elements` are those that have not ended yet."""

    elements: list[TextElement] = field(default_factory=list)
    open_elements: list[TextElement] = field(default_factory=list)
    is_bold: bool = False

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"p", "a", *HEADINGS}:
            self.open_elements.append(TextElement(tag))
            self.elements.append(self.open_elements[-1])
        if tag == "img":
            alternative = dict(attrs).get("alt") or ""
            self.handle_data(alternative)
            self.elements.append(TextElement(tag, alternative))
        self.is_bold = self.is_bold or tag == "strong"

    def handle_endtag(self, tag: str) -> None:
        if self.open_elements and self.open_elements[-1].tag == tag:
            self.open_elements.pop()
        self.is_bold = self.is_bold and tag != "strong"

    def handle_data(self, data: str) -> None:
        for element in self.open_elements:
            element.text += data
            element.bold += len(data) if self.is_bold else 0


def hints(html: str) -> Iterator[str]:
    """What the author should look at, in words."""
    reader = ElementReader()
    reader.feed(html)
    has_large_heading = False
    for element in reader.elements:
        text = element.text.strip()
        has_large_heading = has_large_heading or element.tag == "h2"
        if element.tag == "h3" and not has_large_heading:
            yield _("“%(text)s” is a sub-heading without a main heading above it.") % {"text": text}
        yield from _hints_of_text(element, text)


def _hints_of_text(element: TextElement, text: str) -> Iterator[str]:
    if element.tag == "img":
        yield from _hints_of_image(text)
    elif element.tag != "p" and not text:
        yield _("A heading or link is empty.")
    elif element.tag == "a" and (text.lower().strip(" .!→»") in VAGUE_LINKS or re.match(r"(https?:|www\.)", text)):
        yield _("The link “%(text)s” does not say where it goes.") % {"text": text}
    elif element.tag == "p" and text and element.bold >= len(text) and len(text) <= MAX_HEADING:
        yield _("“%(text)s” looks like a heading because it is bold. Please make it a heading.") % {"text": text}
    elif element.tag != "a" and _is_shouted(text):
        yield _("“%(text)s” is in capital letters. Screen readers may spell it out.") % {"text": text[:MAX_HEADING]}


def _hints_of_image(alternative: str) -> Iterator[str]:
    if not alternative:
        yield _("An image has no alternative text: say what it shows.")
    elif FILE_NAME.fullmatch(alternative):
        yield _("“%(text)s” is the name of a file: say what the image shows.") % {"text": alternative}


def _is_shouted(text: str) -> bool:
    runs = groupby(WORD.findall(text), key=str.isupper)
    return any(is_upper and len(list(words)) >= MAX_CAPITAL_WORDS for is_upper, words in runs)
