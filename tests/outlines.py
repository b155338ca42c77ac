"""What a page tells about itself before anybody reads it: its title, its headings, the way up, where it leads."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.test import Client
from lxml import html


class Outline:
    """A page at an address, as whoever looks at it for the first time sees it."""

    def __init__(self, address: str, content: bytes) -> None:
        self.address = address
        self._tree: Any = html.fromstring(content, parser=html.HTMLParser(encoding="utf-8"))

    @property
    def title(self) -> str:
        """The title of the tab, without the name of the site."""
        return _words(self._tree.find(".//title")).removesuffix(" – VICTOR")

    @property
    def headings(self) -> list[str]:
        """The headings of the first level."""
        return [_words(heading) for heading in self._tree.iter("h1")]

    @cached_property
    def ways_up(self) -> list[str]:
        """Where the links above the heading, and the button "Back" of a page that asks, lead."""
        path = "//main//*[contains(concat(' ', @class, ' '), ' above ') or contains(@class, 'confirm__form')]"
        links = [link for place in self._tree.xpath(path) for link in place.iter("a")]
        return [link.get("href").split("?")[0] for link in links if link.get("href")]

    @property
    def links(self) -> list[str]:
        """Where all the links lead."""
        return [link.get("href") for link in self._tree.iter("a") if link.get("href") is not None]

    def links_within(self, css_class: str) -> list[str]:
        """Where the links of a part of the page lead."""
        path = f"//*[contains(concat(' ', @class, ' '), ' {css_class} ')]//a/@href"
        return [str(link) for link in self._tree.xpath(path)]

    @property
    def is_empty(self) -> bool:
        """Whether the content says only that there is nothing."""
        [content] = self._tree.xpath("//main")
        says_so = content.xpath(".//*[@class='empty']")
        offers = content.xpath(".//table | .//form | .//*[contains(@class, 'button')] | .//nav | .//li")
        return bool(says_so) and not offers


def _words(element: Any) -> str:
    return " ".join(element.text_content().split()) if element is not None else ""


def menu_of(browser: Client) -> set[str]:
    """The addresses to which the frame of the staff leads, in English."""
    outline = Outline("/en/workspace/", browser.get("/en/workspace/").content)
    links = outline.links_within("rail") + outline.links_within("account-menu")
    return {link for link in links if link.startswith("/en/")}
