"""Prepares the sheets of Excel: what is hidden goes, and values take the place of formulas."""

from __future__ import annotations

import re

from lxml import etree

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
CELL = re.compile(r"([A-Z]{1,3})\d+")
RANGE = re.compile(r"('[^']*'|[\w.]+)!\$?[A-Z]{1,3}\$?\d+(:\$?[A-Z]{1,3}\$?\d+)?")
PLAIN_RULES = {"colorScale", "dataBar", "iconSet", "top10", "aboveAverage", "duplicateValues", "uniqueValues", "cellIs"}
PLAIN_FORMULA = re.compile(r"[-+]?\d+(\.\d+)?|\$?[A-Z]{1,3}\$?\d+")
MAX_DIGITS = 10  # of the place of a text
TEXT_KINDS = {"s", "str", "inlineStr", "e", "b", "d"}


class SharedTexts:
    """Which of the texts that all sheets share are read in one of them."""

    def __init__(self) -> None:
        self.read: set[int] = set()

    def blank_unread(self, tree: etree._Element) -> None:
        """Empty the others: a text stays in the file when its cell is deleted or hidden."""
        for number, item in enumerate(tree.findall(f"{S}si")):
            if number not in self.read:
                item[:] = [etree.Element(f"{S}t")]


def prepare_workbook(tree: etree._Element, missing: set[str]) -> None:
    """Take out the sheets that are hidden."""
    for sheet in list(tree.iter(f"{S}sheet")):
        if sheet.get("state", "visible") != "visible":
            _remove(sheet)
            missing.add("hidden")


def prepare_sheet(tree: etree._Element, texts: SharedTexts, missing: set[str]) -> None:
    """Take out hidden cells and formulas; note which texts are read."""
    hidden = _hidden_columns(tree)
    for row in list(tree.iter(f"{S}row")):
        is_row_hidden = row.get("hidden") in {"1", "true"}
        for cell in list(row):
            if not is_row_hidden and _column_of(cell) not in hidden:
                _prepare_cell(cell, texts, missing)
            elif len(cell):
                missing.add("hidden")
                cell[:] = []
                cell.attrib.pop("t", None)
    for filtered in list(tree.iter(f"{S}autoFilter", f"{S}sortState")):
        filtered[:] = []
    _prepare_conditions(tree)


def _column_of(cell: etree._Element) -> int:
    match = CELL.fullmatch(cell.get("r", ""))
    return _column_number(match[1]) if match else 0


def _prepare_cell(cell: etree._Element, texts: SharedTexts, missing: set[str]) -> None:
    value, formula = cell.find(f"{S}v"), cell.find(f"{S}f")
    if formula is not None and value is None:
        missing.add("formulas")
    kind = cell.get("t", "n")
    if value is None or value.text is None:
        return
    if kind == "s" and value.text.strip().isdecimal() and len(value.text) < MAX_DIGITS:
        texts.read.add(int(value.text))
    elif kind not in TEXT_KINDS or kind == "s":
        value.text = _number(value.text)


def _number(text: str) -> str:
    try:
        return repr(float(text)) if not re.fullmatch(r"-?\d+", text.strip()) else text.strip()
    except ValueError:
        return "0"


def _hidden_columns(tree: etree._Element) -> set[int]:
    columns: set[int] = set()
    for column in tree.iter(f"{S}col"):
        if column.get("hidden") in {"1", "true"}:
            columns.update(range(int(column.get("min", "1")), min(int(column.get("max", "1")), 16384) + 1))
    return columns


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _prepare_conditions(tree: etree._Element) -> None:
    """Colours that depend on numbers stay; those that depend on words would have to name them."""
    for rule in list(tree.iter(f"{S}cfRule")):
        formulas = [formula.text or "" for formula in rule.iter(f"{S}formula")]
        if rule.get("type") not in PLAIN_RULES or not all(PLAIN_FORMULA.fullmatch(formula) for formula in formulas):
            _remove(rule)
    for condition in list(tree.iter(f"{S}conditionalFormatting")):
        if not len(condition):
            _remove(condition)


def prepare_chart(tree: etree._Element) -> None:
    """A chart shows the values that it carries; where they came from is only said for cells."""
    for formula in tree.iter(f"{C}f"):
        if not RANGE.fullmatch(formula.text or ""):
            formula.text = "x!$A$1"


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
