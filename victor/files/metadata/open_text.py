"""Prepares the text of OpenDocument: fields become what they show, and what the eye does not see goes."""

from __future__ import annotations

import re

from lxml import etree

ODF = "urn:oasis:names:tc:opendocument:xmlns:"
TEXT, STYLE, TABLE = (f"{{{ODF}{name}:1.0}}" for name in ("text", "style", "table"))
OFFICE = f"{{{ODF}office:1.0}}"
# What shows the properties of the file or of whoever uses the program.
TELLING_FIELDS = re.compile(
    r"author-(name|initials)|initial-creator|creator|printed-by|file-name|template-name|sender-.*|title|subject"
    r"|keywords|description|user-defined|editing-.*|creation-.*|modification-.*|print-.*|database-.*|placeholder"
)
OTHER_FIELDS = re.compile(
    r"date|time|chapter|expression|variable-(get|set|input)|user-field-(get|input)|text-input|sequence(-ref)?|drop-down"
    r"|conditional-text|sheet-name|reference-ref|bookmark-ref|note-ref|page-variable-(get|set)|measure|meta-field|meta"
)
HIDING = {"collapse", "filter"}
MAX_REPEATED = 16384


def prepare_open_text(trees: list[etree._Element], missing: set[str]) -> None:
    """Prepare the parts of one document, which share their styles."""
    hidden = _styles_that_hide(trees)
    for tree in trees:
        for element in list(tree.iter(etree.Element)):
            _settle_field(element, missing)
        for element in list(tree.iter(f"{TEXT}span", f"{TEXT}p", f"{TEXT}h", f"{TEXT}section", f"{TABLE}table")):
            if _is_hidden(element, hidden):
                _remove(element)
                missing.add("hidden")
        for table in list(tree.iter(f"{TABLE}table")):
            _empty_hidden_cells(table, missing)


def _styles_that_hide(trees: list[etree._Element]) -> set[str]:
    names = set()
    for tree in trees:
        for style in tree.iter(f"{STYLE}style"):
            text, table = style.find(f"{STYLE}text-properties"), style.find(f"{STYLE}table-properties")
            is_hiding = (text is not None and text.get(f"{TEXT}display") == "none") or (
                table is not None and table.get(f"{TABLE}display") == "false"
            )
            if is_hiding:
                names.add(style.get(f"{STYLE}name", ""))
    return names


def _is_hidden(element: etree._Element, hidden: set[str]) -> bool:
    style = element.get(f"{TEXT}style-name") or element.get(f"{TABLE}style-name")
    return (style in hidden and bool(style)) or element.get(f"{TEXT}display") == "none"


def _settle_field(element: etree._Element, missing: set[str]) -> None:
    """A field becomes the text that it shows; one that tells of its maker becomes a dash."""
    local = element.tag.removeprefix(TEXT) if element.tag.startswith(TEXT) else ""
    if not local or local in {"p", "h", "span", "a"}:
        return
    if TELLING_FIELDS.fullmatch(local):
        if "".join(element.itertext()).strip():
            missing.add("fields")
        element[:] = []
        element.text = "–"
    elif not OTHER_FIELDS.fullmatch(local):
        return
    element.tag = f"{TEXT}span"
    element.attrib.clear()


def _empty_hidden_cells(table: etree._Element, missing: set[str]) -> None:
    columns = _hidden_columns(table)
    for row in table.iter(f"{TABLE}table-row"):
        is_hidden, number = row.get(f"{TABLE}visibility") in HIDING, 0
        for cell in row:
            repeated = min(int(cell.get(f"{TABLE}number-columns-repeated", "1")), MAX_REPEATED)
            if is_hidden or not columns.isdisjoint(range(number, number + repeated)):
                if len(cell):
                    missing.add("hidden")
                for name in (f"{OFFICE}value", f"{OFFICE}value-type", f"{OFFICE}date-value", f"{OFFICE}time-value"):
                    cell.attrib.pop(name, None)
                cell[:] = []
            number += repeated


def _hidden_columns(table: etree._Element) -> set[int]:
    hidden: set[int] = set()
    number = 0
    for column in table.iter(f"{TABLE}table-column"):
        repeated = min(int(column.get(f"{TABLE}number-columns-repeated", "1")), MAX_REPEATED)
        if column.get(f"{TABLE}visibility") in HIDING:
            hidden.update(range(number, number + repeated))
        number += repeated
    return hidden


def _remove(element: etree._Element) -> None:
    """Take an element out, but not the text that follows it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)
