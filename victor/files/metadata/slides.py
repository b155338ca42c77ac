"""Prepares the slides of PowerPoint: hidden slides and shapes go, and so do the words that only its makers see."""

from __future__ import annotations

from lxml import etree

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SHAPES = tuple(f"{P}{kind}" for kind in ("sp", "pic", "graphicFrame", "grpSp", "cxnSp"))


def prepare_slide(tree: etree._Element, *, is_shown: bool, missing: set[str]) -> None:
    """Take out what is hidden, and in layouts the words that tell an author what to type where."""
    if tree.get("show") in {"0", "false"}:
        missing.add("hidden")
        for shape in list(tree.iter(*SHAPES)):
            _remove(shape)
    _remove_hidden_shapes(tree, missing)
    if not is_shown:
        _blank_hints(tree)
    if tree.find(f".//{A}audioFile") is not None or tree.find(f".//{A}videoFile") is not None:
        missing.add("objects")


def _remove_hidden_shapes(tree: etree._Element, missing: set[str]) -> None:
    for properties in list(tree.iter(f"{P}cNvPr")):
        about = properties.getparent()
        if properties.get("hidden") in {"1", "true"} and about is not None:
            _remove(about.getparent())
            missing.add("hidden")


def _blank_hints(tree: etree._Element) -> None:
    for shape in tree.iter(f"{P}sp"):
        if shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph") is not None:
            for text in shape.iter(f"{A}t"):
                text.text = "–"


def _remove(element: etree._Element | None) -> None:
    parent = element.getparent() if element is not None else None
    if parent is not None and element is not None:
        parent.remove(element)
