"""HTML as Word, Google Docs and web pages write it, in the few elements that our texts have.

Lists, bold and italic words, headings and links stay. A row of a table becomes a line. What has no place in our texts
is named by `find_losses`.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import lxml.html
import nh3
from lxml import etree

from victor.pictures.states import ADDRESS

INLINE = {"a", "b", "strong", "i", "em", "span", "font", "u", "s", "strike", "del", "ins", "sub", "sup", "code", "mark"}
INLINE |= {"cite", "var", "small", "big", "br", "img", "abbr", "q", "kbd", "samp", "tt", "label", "time"}
LISTS = {"ul", "ol", "li"}
HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
TABLE = {"table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption"}
BLOCKS = {"p", "div", "section", "article", "header", "footer", "main", "aside", "address", "center", "pre", "figure"}
BLOCKS |= {"figcaption", "dl", "dt", "dd", "fieldset", "details", "summary", "blockquote", "hr", "nav"}
READ = INLINE | LISTS | set(HEADINGS) | TABLE | BLOCKS
OURS = {"p", "blockquote"}
BETWEEN_CELLS = " · "
BOLD = re.compile(r"bold|bolder|[6-9]00", re.IGNORECASE)
LIST_LEVEL = re.compile(r"\blevel(\d)")
NUMBERED = re.compile(r"\(?(?:\d{1,3}|[a-z]|[ivxlc]{1,6})[.)]", re.IGNORECASE)
# Another site, an address, a number, or a page of this site: one slash, which no browser takes for a host.
LINK = re.compile(r"(?:https?://[^/\\]|mailto:.|tel:.|/(?![/\\]))[^\x00-\x1f\x7f]*|/", re.IGNORECASE)
REDIRECT = re.compile(r"https?://(?:www\.)?google\.[a-z.]+/url\?")


def normalise(html: str) -> str:
    """The same text in our elements. It is not yet safe: `clean_html` cleans it afterwards."""
    read = nh3.clean(
        html,
        tags=READ,
        clean_content_tags={"script", "style", "title", "template"},
        attributes={"*": {"style", "class"}, "a": {"href"}, "img": {"src", "alt"}},
        attribute_filter=keep_address,
        link_rel=None,
        url_schemes={"http", "https", "mailto", "tel", "data", "file", "ftp", "javascript"},
    )
    root = lxml.html.fragment_fromstring(read, create_parent="div")
    for change in (_lists_of_word, _nest_lists, _rows, _emphasis, _headings, _links, _blocks, _empty_lines):
        change(root)
    return str(lxml.html.tostring(root, encoding="unicode")).removeprefix("<div>").removesuffix("</div>")


def keep_address(tag: str, name: str, value: str) -> str | None:
    """The value of an attribute; None where it is no picture of the site, or no link that may stay."""
    allowed = {("img", "src"): ADDRESS, ("a", "href"): LINK}.get((tag, name))
    return value if allowed is None or allowed.fullmatch(value) else None


def style_of(element: etree._Element) -> dict[str, str]:
    """The style of an element, by property."""
    declarations = (part.partition(":") for part in element.get("style", "").split(";"))
    return {name.strip().lower(): value.strip() for name, _colon, value in declarations}


def _lists_of_word(root: etree._Element) -> None:
    """Make lists of the paragraphs that Word marks as items, with the bullet written as text."""
    markers: dict[etree._Element, str] = {}
    for span in [span for span in root.iter("span") if style_of(span).get("mso-list", "").lower() == "ignore"]:
        item = next((parent for parent in span.iterancestors() if _level(parent)), None)
        if item is not None:
            markers[item] = str(span.text_content()).strip()
        span.drop_tree()
    open_lists: list[etree._Element] = []
    last: etree._Element | None = None
    for item in [element for element in root.iter("p", "h1", "h2", "h3", "h4", "h5", "h6") if _level(element)]:
        if last is None or item.getprevious() is not open_lists[0] or (open_lists[0].tail or "").strip():
            open_lists = []
        kind = "ol" if NUMBERED.match(markers.get(item, "")) else "ul"
        last = _add_item(item, kind, open_lists)


def _level(element: etree._Element) -> int:
    """The depth of a list's item as Word writes it; 0 where it is none."""
    match = LIST_LEVEL.search(style_of(element).get("mso-list", ""))
    return int(match[1]) if match else 0


def _add_item(item: etree._Element, kind: str, open_lists: list[etree._Element]) -> etree._Element:
    """Move a paragraph into the list of its depth, which is opened where there is none yet."""
    depth = min(_level(item), len(open_lists) + 1)
    del open_lists[depth:]
    if len(open_lists) < depth:
        new = lxml.html.Element(kind)
        if open_lists:
            open_lists[-1][-1].append(new)
        else:
            item.addprevious(new)
        open_lists.append(new)
    line = lxml.html.Element("li")
    open_lists[-1].append(line)
    tail, item.tail = item.tail, None
    line.append(item)
    open_lists[0].tail = (open_lists[0].tail or "") + (tail or "")
    item.tag = "p"
    return line


def _nest_lists(root: etree._Element) -> None:
    """Put a list that stands between the items of another one into the item before it, as HTML wants it."""
    for inner in [element for element in root.iter("ul", "ol") if element.getparent().tag in ("ul", "ol")]:
        before = inner.getprevious()
        if before is not None and before.tag == "li":
            before.append(inner)
        else:
            line = lxml.html.Element("li")
            inner.addprevious(line)
            line.append(inner)


def _rows(root: etree._Element) -> None:
    """Make a line of each row of a table, with its cells apart."""
    for row in list(root.iter("tr")):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        for number, cell in enumerate(cells):
            _flatten(cell)
            cell.tag = "span"
            cell.tail = BETWEEN_CELLS if number < len(cells) - 1 else None
        row.tag, row.text = "p", None
    for element in list(root.iter(*TABLE - {"tr", "td", "th", "caption"})):
        element.tag = "div"
    for caption in list(root.iter("caption")):
        caption.tag = "p"


def _flatten(cell: etree._Element) -> None:
    """Leave words in a cell only, with a space where a block ended."""
    for block in [element for element in cell.iterdescendants() if element.tag not in INLINE]:
        if block.getnext() is not None or (block.tail or "").strip():
            block.tail = f" {block.tail or ''}"
        block.drop_tag()


def _emphasis(root: etree._Element) -> None:
    """Read bold and italic from elements and styles alike."""
    for element in list(root.iterdescendants()):
        style = style_of(element)
        weight, slope = style.get("font-weight"), style.get("font-style")
        is_bold = bool(BOLD.fullmatch(weight)) if weight else element.tag in ("b", "strong")
        is_italic = slope in ("italic", "oblique") if slope else element.tag in ("i", "em", "cite", "var")
        tags = ["em"] * is_italic + ["strong"] * is_bold
        if element.tag in HEADINGS or element.tag in ("img", "br", "ul", "ol", "table"):
            continue
        if element.tag in ("b", "strong", "i", "em", "cite", "var"):
            element.tag = "span"
        for tag in tags:
            _wrap_content(element, tag)


def _wrap_content(element: etree._Element, tag: str) -> None:
    """Put the words of an element into another one. What stands around blocks is left as it is."""
    if any(child.tag not in INLINE for child in element.iterdescendants()):
        return
    if not str(element.text_content()).strip():
        return
    inner = lxml.html.Element(tag)
    inner.text, element.text = element.text, None
    inner.extend(list(element))
    element.append(inner)


def _headings(root: etree._Element) -> None:
    for element in list(root.iter(*HEADINGS)):
        element.tag = HEADINGS[element.tag]
    for title in [element for element in root.iter("p") if element.get("class", "") == "MsoTitle"]:
        title.tag = "h2"


def _links(root: etree._Element) -> None:
    """Take the address out of Google's own."""
    for link in root.iter("a"):
        if address := link.get("href"):
            link.set("href", without_redirect(address))


def without_redirect(address: str) -> str:
    """The address to which one of Google's leads; any other as it is."""
    if REDIRECT.match(address):
        return parse_qs(urlsplit(address).query).get("q", [address])[0]
    return address


def _blocks(root: etree._Element) -> None:
    """Make paragraphs of other blocks, and leave out those that only hold others."""
    for element in [element for element in root.iterdescendants() if element.tag in BLOCKS - OURS]:
        if any(child.tag not in INLINE for child in element):
            element.drop_tag()
        elif element.tag == "hr":
            element.drop_tree()
        else:
            element.tag = "p"
    for element in [element for element in root.iter("p") if element.getparent().tag == "p"]:
        element.drop_tag()


def _empty_lines(root: etree._Element) -> None:
    """Drop paragraphs in which nothing is, and breaks between paragraphs."""
    for element in [*root.iter("p"), *root.iterchildren("br")]:
        if not str(element.text_content()).strip() and next(element.iter("img"), None) is None:
            element.drop_tree()
