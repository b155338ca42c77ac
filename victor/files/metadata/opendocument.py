"""Copies of OpenDocument files (ISO 26300): elements, attributes and values that are on the lists, built anew."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from victor.files.metadata.errors import NoCopy
from victor.files.metadata.fonts import is_common_font
from victor.files.metadata.made import Made
from victor.files.metadata.open_text import prepare_open_text
from victor.files.metadata.parts import Parts, copy_picture, read_words, serialise, write_archive

ODF = "urn:oasis:names:tc:opendocument:xmlns:"
NAMESPACES = {
    **{name: f"{ODF}{name}:1.0" for name in ("office", "style", "text", "table", "presentation", "dr3d", "manifest")},
    "draw": f"{ODF}drawing:1.0",
    "number": f"{ODF}datastyle:1.0",
    "fo": f"{ODF}xsl-fo-compatible:1.0",
    "svg": f"{ODF}svg-compatible:1.0",
    "smil": f"{ODF}smil-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
}
PREFIXES = {address: prefix for prefix, address in NAMESPACES.items()} | {"http://www.w3.org/XML/1998/namespace": "xml"}
ELEMENTS, ATTRIBUTES = read_words("odf_elements.txt"), read_words("odf_attributes.txt")
VALUES = read_words("odf_values.txt") | read_words("ooxml_values.txt")
MEASURES = re.compile(r"[-+]?\d*\.?\d+(pt|in|cm|mm|pc|px|em|%|\*|deg|rad|grad)?|#[0-9A-Fa-f]{3,8}|true|false")
MOMENTS = re.compile(
    r"-?\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?Z?)?|P(\d+Y)?(\d+M)?(\d+D)?(T(\d+H)?(\d+M)?(\d+([.,]\d+)?S)?)?"
)
PATHS = re.compile(r"[MmLlHhVvCcSsQqTtAaZz0-9eE .,+\-]+")
TRANSFORM = re.compile(r"((rotate|translate|skewX|skewY|scale|matrix) ?\([-0-9eE., ptincm]*\) ?)+")
ENHANCED = re.compile(r"[A-Z0-9 ?f$.,\-]+")
FORMULA_TERM = re.compile(
    r"\?f\d+|\$\d+|[-+*/(),. ]|\d+(\.\d+)?|logwidth|logheight|width|height|left|right|top|bottom|xstretch|ystretch"
    r"|hasstroke|hasfill|abs|sqrt|sin|cos|tan|atan2?|min|max|if|pi"
)
EQUATION = re.compile(r"f\d+")
SHORT = re.compile(r"\W{0,3}\w?\W{0,3}")
FONTS = {"svg:font-family", "fo:font-family", "style:font-family-asian", "style:font-family-complex"}
PATH_VALUES = {"svg:d": PATHS, "draw:points": PATHS, "svg:viewBox": PATHS, "draw:transform": TRANSFORM}
PATH_VALUES |= {"draw:enhanced-path": ENHANCED, "draw:modifiers": ENHANCED, "draw:text-areas": ENHANCED}
PATH_VALUES |= {"draw:glue-points": ENHANCED, "draw:handle-position": ENHANCED}
SHORT_VALUES = {"style:num-prefix", "style:num-suffix", "text:bullet-char", "style:char", "style:leader-text"}
SHORT_VALUES |= {"loext:num-list-format"}
NAME = re.compile(
    r"[a-z0-9]+:([a-z-]+-)?name(-asian|-complex)?|draw:(stroke-dash|marker-start|marker-end)|text:style-override"
)
READ = {"text:p", "text:h"}
WRITTEN = {"number:text", "number:currency-symbol", "number:embedded-text"}
NEEDED = {"draw:frame": ("draw:image", "draw:text-box", "table:table")}
UNWRAPPED = {"text:a", "draw:a", "text:ruby-base", "table:table-source"}
LOST = {
    **dict.fromkeys(["office:annotation", "presentation:notes"], "comments"),
    **dict.fromkeys(["draw:object", "draw:object-ole", "draw:plugin", "draw:applet", "draw:floating-frame"], "objects"),
    **dict.fromkeys(["draw:control", "office:forms"], "fields"),
    **dict.fromkeys(["text:tracked-changes", "table:tracked-changes"], "changes"),
    **dict.fromkeys(["text:a", "draw:a"], "links"),
    "anim:par": "animations",
}
VERSION = "1.3"


def copy_open_document(parts: Parts, media_type: str) -> Made:
    """The document as it is read.

    Raises:
        NoCopy: it is locked, or has a part that is too large.
    """
    if "META-INF/manifest.xml" in parts and b"encryption-data" in parts.read("META-INF/manifest.xml"):
        raise NoCopy
    copy = _Copy(parts, has_sheets="spreadsheet" in media_type)
    contents = {"mimetype": media_type.encode()}
    trees = {name: parts.parse(name) for name in ("styles.xml", "content.xml") if name in parts}
    prepare_open_text(list(trees.values()), copy.missing)
    for name, tree in trees.items():
        rebuilt = copy.build(tree, is_read=False)
        if len(rebuilt) != 1:
            raise NoCopy
        contents[name] = serialise(rebuilt[0])
    contents |= copy.pictures
    contents["META-INF/manifest.xml"] = _manifest(media_type, list(contents)[1:])
    return Made(media_type, write_archive(contents), missing=tuple(sorted(copy.missing)))


class _Copy:
    """What the parts of one document share: the names of ours for theirs, pictures, and what is left out."""

    def __init__(self, parts: Parts, *, has_sheets: bool) -> None:
        self.parts, self.has_sheets = parts, has_sheets
        self.names: dict[str, str] = {}
        self.pictures: dict[str, bytes] = {}
        self.addresses: dict[str, str | None] = {}
        self.missing: set[str] = set()

    def build(self, element: etree._Element, *, is_read: bool) -> list[etree._Element]:
        """An element as it may stay: itself built anew, only what is in it, or nothing.

        `is_read` says whether text in it is what people read.
        """
        name = _short(element.tag)
        if name in LOST and (name.startswith("draw:") or "".join(element.itertext()).strip()):
            self.missing.add(LOST[name])
        if name not in ELEMENTS and name not in UNWRAPPED:
            return []
        copy = etree.Element(element.tag, nsmap=NAMESPACES)
        self._fill(copy, element, is_read=is_read or name in READ)
        if name in UNWRAPPED:
            return self._unwrap(copy)
        self._copy_attributes(element, name, copy)
        if name in WRITTEN:
            copy.text = element.text if element.text and SHORT.fullmatch(element.text) else None
        if name in NEEDED and not any(_short(child.tag) in NEEDED[name] for child in copy):
            return []
        if name in {"draw:image", "draw:fill-image"} and copy.get(f"{{{NAMESPACES['xlink']}}}href") is None:
            return []
        return [copy]

    def _unwrap(self, copy: etree._Element) -> list[etree._Element]:
        """What was in a link. Its text needs something to stand in."""
        copy.tag = f"{{{NAMESPACES['text']}}}span"
        return [copy] if copy.text else list(copy)

    def _fill(self, copy: etree._Element, element: etree._Element, *, is_read: bool) -> None:
        """The children and, where people read it, the text between them."""
        if is_read:
            copy.text = element.text
        for child in element:
            rebuilt = self.build(child, is_read=is_read) if isinstance(child.tag, str) else []
            copy.extend(rebuilt)
            if is_read and child.tail:
                _append_text(copy, child.tail)

    def _copy_attributes(self, element: etree._Element, name: str, copy: etree._Element) -> None:
        for attribute, value in element.items():
            short = _short(attribute)
            new = self._value(name, short, value) if short in ATTRIBUTES else None
            if new is not None:
                copy.set(attribute, new)

    def _value(self, element: str, name: str, value: str) -> str | None:
        if name == "xlink:href":
            return (
                self._picture(value) if element in {"draw:image", "draw:fill-image", "style:background-image"} else None
            )
        if name == "office:version":
            return VERSION
        special = self._special(element, name)
        if special is not None:
            return special(value)
        is_good = all(MEASURES.fullmatch(part) or part in VALUES for part in value.split()) or MOMENTS.fullmatch(value)
        return value if is_good and len(value) < 1000 else None

    def _special(self, element: str, name: str) -> Callable[[str], str | None] | None:
        """What decides over a value that is neither a number nor a word of the standard."""
        if element == "draw:equation" and name == "draw:name":
            return _if_matches(EQUATION)
        if name == "table:name" and self.has_sheets and element == "table:table":
            return str
        if name in CHECKS:
            return CHECKS[name]
        return self._name if NAME.fullmatch(name) else None

    def _name(self, value: str) -> str:
        """A name of ours for a name of theirs, the same in all parts."""
        return self.names.setdefault(value, f"n{len(self.names) + 1}") if value else ""

    def _picture(self, address: str) -> str | None:
        """The name of the copy of a picture."""
        address = address.removeprefix("./")
        if address not in self.addresses:
            self.addresses[address] = None
            picture = copy_picture(self.parts.read(address)) if address in self.parts else None
            if picture is None:
                self.missing.add("pictures")
                return None
            name = f"Pictures/{len(self.pictures) + 1}.{picture[0]}"
            self.addresses[address], self.pictures[name] = name, picture[1]
        return self.addresses[address]


SHAPES = {"rectangle", "ellipse", "round-rectangle", "isosceles-triangle", "right-triangle", "diamond", "parallelogram"}
SHAPES |= {
    "trapezoid",
    "hexagon",
    "octagon",
    "star5",
    "cross",
    "ring",
    "smiley",
    "right-arrow",
    "left-arrow",
    "up-arrow",
}
SHAPES |= {"down-arrow", "rectangular-callout", "round-rectangular-callout", "cloud-callout", "heart", "sun", "moon"}


def _if_matches(pattern: re.Pattern[str]) -> Callable[[str], str | None]:
    return lambda value: value if pattern.fullmatch(value) else None


CHECKS: dict[str, Callable[[str], str | None]] = {
    **dict.fromkeys(FONTS, lambda value: value if is_common_font(value) else None),
    **{name: _if_matches(pattern) for name, pattern in PATH_VALUES.items()},
    **dict.fromkeys(SHORT_VALUES, _if_matches(SHORT)),
    "style:condition": _if_matches(re.compile(r"value\(\)[<>=!]+-?[\d.]+")),
    "draw:formula": lambda value: value if not FORMULA_TERM.sub("", value) else None,
    "draw:type": lambda value: value if value.removeprefix("ooxml-") in VALUES or value in SHAPES else None,
}


def _append_text(copy: etree._Element, text: str) -> None:
    if len(copy):
        copy[-1].tail = (copy[-1].tail or "") + text
    else:
        copy.text = (copy.text or "") + text


def _short(tag: str) -> str:
    """A name with a prefix of ours; an empty one where its namespace is none of ours."""
    address, _brace, local = tag[1:].rpartition("}") if tag.startswith("{") else ("", "", tag)
    return f"{PREFIXES.get(address, '')}:{local}"


def _manifest(media_type: str, names: list[str]) -> bytes:
    space = NAMESPACES["manifest"]
    root = etree.Element(f"{{{space}}}manifest", {f"{{{space}}}version": VERSION}, nsmap={"manifest": space})
    types = {"xml": "text/xml", "png": "image/png", "jpeg": "image/jpeg"}
    for name in ["/", *names]:
        described = media_type if name == "/" else types[name.rpartition(".")[2]]
        attributes = {f"{{{space}}}full-path": name, f"{{{space}}}media-type": described}
        etree.SubElement(root, f"{{{space}}}file-entry", attributes)
    return serialise(root)
