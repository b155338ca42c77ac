"""Read a page as a crawler does: its links, its alternates, its texts with the language each is in."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SILENT = {"script", "style", "template"}
SPOKEN = ("alt", "aria-label", "title", "placeholder", "data-one-more", "data-two-more", "content")


@dataclass
class Element:
    """An open element: its name, the language in force inside, and whether its text is to be translated."""

    name: str
    language: str
    translated: bool


@dataclass
class Page(HTMLParser):
    """A page that was read."""

    html: str
    links: list[str] = field(default_factory=list)
    alternates: dict[str, str] = field(default_factory=dict)
    canonical: str = ""
    robots: str = ""
    title: str = ""
    assets: list[str] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[Element] = []
        self.feed(self.html)

    @property
    def language(self) -> str:
        """The language of the page itself."""
        return self.html.split('lang="', 1)[1].split('"', 1)[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._collect(tag, given)
        outer = self.open[-1] if self.open else Element("", "", translated=True)
        language = given.get("lang", outer.language)
        translated = outer.translated and given.get("translate") != "no" and tag not in SILENT
        if translated and not (tag == "meta" and given.get("name") not in {"description"}):
            self.texts += [(language, given[name]) for name in SPOKEN if given.get(name, "").strip()]
        if tag not in VOID:
            self.open.append(Element(tag, language, translated))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop().name != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self.open or not data.strip():
            return
        if self.open[-1].name == "title" and self.open[-2].name == "head":
            self.title = data.strip()
        if self.open[-1].translated:
            self.texts.append((self.open[-1].language, " ".join(data.split())))

    def _collect(self, tag: str, given: dict[str, str]) -> None:
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        if tag == "link":
            self._collect_link(given)
        if tag in {"script", "img"} and given.get("src"):
            self.assets.append(given["src"])
        if tag == "meta" and given.get("name") == "robots":
            self.robots = given["content"]

    def _collect_link(self, given: dict[str, str]) -> None:
        if given.get("rel") == "alternate" and "hreflang" in given:
            self.alternates[given["hreflang"]] = given["href"]
        elif given.get("rel") == "canonical":
            self.canonical = given["href"]
        elif given.get("rel") != "alternate":  # a feed is read by those who want it
            self.assets.append(given["href"])
