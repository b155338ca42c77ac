"""Builds a part of a Word, Excel or PowerPoint file anew: elements, attributes and values that are on the lists."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from victor.files.metadata.fonts import is_common_font
from victor.files.metadata.parts import read_words

SCHEMAS = "http://schemas.openxmlformats.org/"
NAMESPACES = {
    "w": f"{SCHEMAS}wordprocessingml/2006/main",
    "s": f"{SCHEMAS}spreadsheetml/2006/main",
    "p": f"{SCHEMAS}presentationml/2006/main",
    "a": f"{SCHEMAS}drawingml/2006/main",
    "c": f"{SCHEMAS}drawingml/2006/chart",
    "pic": f"{SCHEMAS}drawingml/2006/picture",
    "wp": f"{SCHEMAS}drawingml/2006/wordprocessingDrawing",
    "xdr": f"{SCHEMAS}drawingml/2006/spreadsheetDrawing",
    "m": f"{SCHEMAS}officeDocument/2006/math",
    "r": f"{SCHEMAS}officeDocument/2006/relationships",
    "mc": f"{SCHEMAS}markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "wpc": "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas",
    "wp14": "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing",
}
PREFIXES = {address: prefix for prefix, address in NAMESPACES.items()} | {
    "": "",
    "http://www.w3.org/XML/1998/namespace": "xml",
}
ELEMENTS, ATTRIBUTES = read_words("ooxml_elements.txt"), read_words("ooxml_attributes.txt")
VALUES = read_words("ooxml_values.txt")

NUMBERS = re.compile(r"[-+]?\d*\.?\d+([eE][-+]?\d+)?(pt|in|cm|mm|pc|pi|px|%|em)?|[0-9A-Fa-f]{1,10}|true|false|on|off")
CELLS = re.compile(r"(\$?[A-Z]{1,3}\$?\d{1,7}|\$?[A-Z]{1,3}|\$?\d{1,7})(:(\$?[A-Z]{1,3})?(\$?\d{1,7})?)?")
CELL_ATTRIBUTES = {"ref", "sqref", "r", "topLeftCell", "activeCell", "spans"}
GUID = re.compile(r"\{[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}")
GUIDS = {"a:tableStyleId"}
SOME_GUID = "{00000000-0000-4000-8000-000000000001}"
GUIDE = re.compile(r"(adj\d*|[a-z]{1,4}\d{0,4}|connsite[XY]\d+)")
GUIDE_TERM = re.compile(r"\*/|\+-|\+/|\?:|[a-z]{1,4}\d{0,4}|connsite[XY]\d+|-?\d+")
FORMAT = re.compile(
    r'([0#?.,%/$€£¥\-+;:@_*() \\]|General|[dDmMyYhHsS]+|AM/PM|E[+-]|"[^"]{0,3}"'
    r"|\[(Red|Blue|Green|Black|White|Cyan|Magenta|Yellow|\$[^\]\w]{0,3}-?[0-9A-F]*)\])+"
)
LEVEL_TEXT = re.compile(r"(\W|%\d|[A-Za-z](?![A-Za-z]))*")
TABLE_STYLE = re.compile(r"(Table|Pivot)Style(Light|Medium|Dark)\d+")
THEME_FONT = re.compile(r"\+m[jn]-(lt|ea|cs)")
GRAPHIC_KINDS = {NAMESPACES["pic"], NAMESPACES["c"], *(NAMESPACES[name] for name in ("wps", "wpg", "wpc"))}
GRAPHIC_KINDS |= {f"{SCHEMAS}drawingml/2006/table"}
COMPATIBILITY = "http://schemas.microsoft.com/office/word"
BUILT_IN_STYLE = re.compile(
    r"Normal|heading [1-9]|Title|Subtitle|toc [1-9]|header|footer|Hyperlink|List Paragraph|Table Grid|Normal Table"
    r"|No List|Default Paragraph Font|footnote (text|reference)|caption|Quote|No Spacing|Strong|Emphasis|Body Text"
)
STYLE_NAMES = {"pStyle", "rStyle", "tblStyle", "basedOn", "next", "link", "styleLink", "numStyleLink"}
FONT_ATTRIBUTES = {"ascii", "hAnsi", "cs", "eastAsia", "typeface", "font"}
FONT_ELEMENTS = {"name", "rFont"}  # of Excel
TEXTS = {"w:t", "a:t", "m:t", "s:t", "s:v", "c:v", "s:oddHeader", "s:oddFooter", "s:evenHeader", "s:evenFooter"}
TEXTS |= {"s:firstHeader", "s:firstFooter", "w:instrText", "c:f", "s:formula"}  # the last three are prepared before
UNWRAPPED = {
    *("w:ins", "w:moveTo", "w:sdt", "w:sdtContent", "w:smartTag", "w:customXml", "w:hyperlink"),
    *("w:dir", "w:bdo", "mc:Choice", "mc:Fallback", "p:oleObj"),
}
FORMULAS = {"s:f"}  # the others of that name are of charts
NEEDS_CONTENT = {
    "a:graphicData",
    "a:graphic",
    "wp:inline",
    "wp:anchor",
    "w:drawing",
    "p:graphicFrame",
    "xdr:graphicFrame",
}
# Elements that say nothing where the part to which they lead is not copied.
LEADING = {"s:sheet", "s:drawing", "s:picture", "p:sldId", "p:sldMasterId", "p:sldLayoutId", "c:chart"}
LEADING |= {"w:headerReference", "w:footerReference"}
LOST = {"w:object": "objects", "w:pict": "objects", "w:altChunk": "objects", "w:del": "changes", "w:ins": "changes"}
LOST |= {
    "w:moveFrom": "changes",
    "w:moveTo": "changes",
    "w:commentReference": "comments",
    "s:dataValidations": "fields",
}
LOST |= {"p:anim": "animations", "p:animEffect": "animations", "p:animMotion": "animations", "a:hlinkClick": "links"}


@dataclass
class Rules:
    """What one document's parts share: names of styles by the names that its maker gave, and what is left out."""

    styles: dict[str, str] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)

    def style(self, name: str) -> str:
        """A name of ours for a style."""
        return self.styles.setdefault(name, f"s{len(self.styles) + 1}")


Check = Callable[[Rules, str], "str | None"]


def rebuild(element: etree._Element, rules: Rules, identifiers: dict[str, str]) -> list[etree._Element]:
    """An element as it may stay: itself built anew, only what is in it, or nothing."""
    return _Builder(rules, identifiers).build(element)


class _Builder:
    def __init__(self, rules: Rules, identifiers: dict[str, str]) -> None:
        self.rules, self.identifiers = rules, identifiers

    def build(self, element: etree._Element) -> list[etree._Element]:
        if not isinstance(element.tag, str):
            return []
        name = _short(element.tag)
        if name in LOST:
            self.rules.missing.add(LOST[name])
        if name == "mc:AlternateContent":
            return self._first_alternative(element)
        if name == "p:timing" and any(_short(step.tag) in LOST for step in element.iter(etree.Element)):
            self.rules.missing.add("animations")
        children = [] if self._is_left_out(name) else [copy for child in element for copy in self.build(child)]
        if name in UNWRAPPED:
            return children
        if self._is_left_out(name) or (name in NEEDS_CONTENT and not children and len(element)):
            return []
        return self._copy(element, name, children)

    def _is_left_out(self, name: str) -> bool:
        prefix, _colon, local = name.partition(":")
        return name not in UNWRAPPED and (prefix in {"", "mc"} or local not in ELEMENTS or name in FORMULAS)

    def _first_alternative(self, element: etree._Element) -> list[etree._Element]:
        return next((copies for child in element if (copies := self.build(child))), [])

    def _copy(self, element: etree._Element, name: str, children: list[etree._Element]) -> list[etree._Element]:
        copy = etree.Element(element.tag, nsmap=NAMESPACES)
        if not self._copy_attributes(element, name, copy):
            return []
        if text := _text(element):
            copy.text = text if name in TEXTS or (name in GUIDS and GUID.fullmatch(text)) else _plain(text)
        copy.extend(children)
        return [copy]

    def _copy_attributes(self, element: etree._Element, name: str, copy: etree._Element) -> bool:
        """Whether the element says anything without the attributes that had to go."""
        for attribute, value in element.items():
            kept_value = self._value(name, _short(attribute), value)
            if kept_value is not None:
                copy.set(attribute, kept_value)
            elif attribute.rpartition("}")[2] in {"val", "typeface", "formatCode"} or _leads_nowhere(name, attribute):
                return False
        return True

    def _value(self, element: str, attribute: str, value: str) -> str | None:
        """The value as it may stay, or None."""
        prefix, _colon, local = attribute.rpartition(":")
        if prefix == "r":
            return self.identifiers.get(value)
        special = SPECIAL.get((element, local))
        if special is not None:
            return special(self.rules, value)
        if prefix not in {"", "w", "m", "s", "a", "p", "xml"} or local not in ATTRIBUTES:
            return None
        return _general_value(element, local, value)


def _general_value(element: str, local: str, value: str) -> str | None:
    if local in FONT_ATTRIBUTES or (local == "val" and element.partition(":")[2] in FONT_ELEMENTS):
        return value if is_common_font(value) or THEME_FONT.fullmatch(value) else None
    if local in CELL_ATTRIBUTES and all(CELLS.fullmatch(part) for part in value.split()):
        return value
    return _plain(value)


def _leads_nowhere(element: str, attribute: str) -> bool:
    """Whether an element says nothing without this attribute: the part that it leads to is not copied."""
    return (element in LEADING and _short(attribute).startswith("r:")) or (element, attribute) == (
        "s:cellStyle",
        "name",
    )


def _plain(value: str) -> str | None:
    """Numbers, colours, measures, and words of the standard."""
    is_good = all(NUMBERS.fullmatch(part) or part in VALUES for part in value.split())
    return value if is_good and len(value) < 2000 else None


def _text(element: etree._Element) -> str:
    """The text of an element, comments in it passed over."""
    return (element.text or "") + "".join(child.tail or "" for child in element if not isinstance(child.tag, str))


def _short(tag: str) -> str:
    """A name with a prefix of ours; without one where its namespace is none of ours."""
    address, _brace, local = tag[1:].rpartition("}") if tag.startswith("{") else ("", "", tag)
    if not address:
        return local
    prefix = PREFIXES.get(address)
    return f"{prefix}:{local}" if prefix else f":{local}"


def _matching(pattern: re.Pattern[str], default: str | None = None) -> Check:
    return lambda _rules, value: value if pattern.fullmatch(value) else default


def _style(rules: Rules, value: str) -> str:
    return rules.style(value)


def _style_title(rules: Rules, value: str) -> str:
    return value if BUILT_IN_STYLE.fullmatch(value) else rules.style(value)


def _formula(_rules: Rules, value: str) -> str | None:
    return value if all(GUIDE_TERM.fullmatch(term) for term in value.split()) else None


SPECIAL: dict[tuple[str, str], Check] = {
    **{(f"w:{name}", "val"): _style for name in STYLE_NAMES},
    ("w:style", "styleId"): _style,
    ("w:name", "val"): _style_title,
    **{(f"{prefix}:cNvPr", "name"): lambda _rules, _value: "x" for prefix in ("p", "pic", "xdr", "wps", "wpg", "c")},
    ("wp:docPr", "name"): lambda _rules, _value: "x",
    **{(name, "name"): _matching(GUIDE) for name in ("a:gd",)},
    ("a:gd", "fmla"): _formula,
    **{
        (f"a:{name}", side): _matching(re.compile(r"-?\d+|[a-z]{1,4}\d{0,4}|connsite[XY]\d+"))
        for name in ("pt", "pos")
        for side in "xy"
    },
    ("a:fld", "id"): lambda _rules, _value: SOME_GUID,
    ("a:fld", "type"): _matching(re.compile(r"slidenum|datetime\d*|datetimeFigureOut"), "slidenum"),
    ("a:graphicData", "uri"): lambda _rules, value: value if value in GRAPHIC_KINDS else None,
    ("a:tblStyle", "styleId"): _matching(GUID),
    ("a:tblStyle", "styleName"): lambda _rules, _value: "x",
    ("a:tblStyleLst", "def"): _matching(GUID),
    **{(f"a:{name}", "name"): lambda _rules, _value: "x" for name in ("theme", "clrScheme", "fontScheme", "fmtScheme")},
    ("w:compatSetting", "uri"): lambda _rules, _value: COMPATIBILITY,
    ("w:lvlText", "val"): _matching(LEVEL_TEXT, "%1."),
    ("s:numFmt", "formatCode"): _matching(FORMAT, "General"),
    ("c:numFmt", "formatCode"): _matching(FORMAT, "General"),
    ("s:sheet", "name"): lambda _rules, value: value,
    ("s:cellStyle", "name"): _matching(
        re.compile(r"Normal|Comma|Currency|Percent|Good|Bad|Neutral|Heading [1-4]|Title|Total")
    ),
    ("s:tableStyles", "defaultTableStyle"): _matching(TABLE_STYLE),
    ("w:sym", "char"): _matching(re.compile(r"[0-9A-Fa-f]{4}")),
    **{(f"a:{name}", "char"): lambda _rules, value: value[:1] for name in ("buChar",)},
    **{(f"m:{name}", "val"): lambda _rules, value: value[:1] for name in ("chr", "begChr", "endChr", "sepChr")},
}
