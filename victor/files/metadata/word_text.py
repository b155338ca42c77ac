"""Prepares the text of Word: fields that would be computed, and text that the eye does not see."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# What a reader's program computes from the pages themselves.
LIVE_FIELDS = {"PAGE", "NUMPAGES", "SECTIONPAGES"}
# What shows the properties of the file or of whoever uses the program.
TELLING_FIELDS = {
    *(
        "AUTHOR",
        "LASTSAVEDBY",
        "FILENAME",
        "TEMPLATE",
        "USERNAME",
        "USERINITIALS",
        "USERADDRESS",
        "COMMENTS",
        "KEYWORDS",
    ),
    *("SUBJECT", "TITLE", "INFO", "DOCPROPERTY", "DOCVARIABLE", "EDITTIME", "CREATEDATE", "SAVEDATE", "PRINTDATE"),
    *("REVNUM", "MERGEFIELD", "DATABASE", "INCLUDETEXT", "LINK", "DDE", "DDEAUTO"),
}
OFF = {"0", "false", "off"}


class HiddenStyles:
    """The styles whose text is hidden."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def read(self, tree: etree._Element) -> None:
        """Look for them in the part with the styles; those that are based on such a one hide too."""
        bases: dict[str, str] = {}
        for style in tree.iter(f"{W}style"):
            name = style.get(f"{W}styleId", "")
            based = style.find(f"{W}basedOn")
            bases[name] = based.get(f"{W}val", "") if based is not None else ""
            if _is_on(style.find(f"{W}rPr/{W}vanish")):
                self.names.add(name)
        for name in bases:
            base, seen = bases[name], {name}
            while base and base not in seen:
                if base in self.names:
                    self.names.add(name)
                seen.add(base)
                base = bases.get(base, "")


class _Field(NamedTuple):
    marks: list[etree._Element]
    instructions: list[etree._Element]
    results: list[etree._Element]


def prepare_text(tree: etree._Element, hidden: HiddenStyles, missing: set[str]) -> None:
    """Take out what is not seen; turn fields into what they show, but for the numbers of pages."""
    _remove_hidden(tree, hidden, missing)
    for simple in list(tree.iter(f"{W}fldSimple")):
        _settle_simple(simple, missing)
    _settle_fields(tree, missing)


def _remove_hidden(tree: etree._Element, hidden: HiddenStyles, missing: set[str]) -> None:
    for run in list(tree.iter(f"{W}r")):
        named = run.find(f"{W}rPr/{W}rStyle")
        paragraph = run.find(f"../{W}pPr/{W}pStyle")
        styles = {style.get(f"{W}val") for style in (named, paragraph) if style is not None}
        own = run.find(f"{W}rPr/{W}vanish")
        is_hidden = _is_on(own) if own is not None else bool(styles & hidden.names)
        if is_hidden or _is_on(run.find(f"{W}rPr/{W}specVanish")):
            parent = run.getparent()
            if parent is not None:
                parent.remove(run)
                missing.add("hidden")


def _is_on(mark: etree._Element | None) -> bool:
    return mark is not None and mark.get(f"{W}val", "1") not in OFF


def _settle_simple(simple: etree._Element, missing: set[str]) -> None:
    name = _field_name(simple.get(f"{W}instr", ""))
    if name in LIVE_FIELDS:
        run, text = etree.Element(f"{W}r"), None
        for properties in simple.iter(f"{W}rPr"):
            run.append(properties)
            break
        for kind in ("begin", None, "separate", "text", "end"):
            text = etree.SubElement(run, f"{W}{'instrText' if kind is None else 't' if kind == 'text' else 'fldChar'}")
            if kind is None:
                text.text = f" {name} "
            elif kind == "text":
                text.text = "1"
            else:
                text.set(f"{W}fldCharType", kind)
        simple[:] = [run]
    elif name in TELLING_FIELDS:
        _blank(list(simple.iter(f"{W}t")), missing)
    simple.tag = f"{W}smartTag"  # which is unwrapped


def _settle_fields(tree: etree._Element, missing: set[str]) -> None:
    """Fields of many runs: begin, what to do, separate, what it shows, end. One may be within another."""
    stack: list[_Field] = []
    in_result: list[bool] = []
    for element in list(tree.iter(f"{W}fldChar", f"{W}instrText", f"{W}t")):
        if element.tag == f"{W}fldChar":
            _step(element, stack, in_result, missing)
        elif stack and element.tag == f"{W}instrText":
            stack[-1].instructions.append(element)
        elif stack:
            for field, is_shown in zip(stack, in_result, strict=True):
                (field.results if is_shown else field.instructions).append(element)
        elif element.tag == f"{W}instrText":
            _drop([element])
    for field in stack:
        _drop([*field.marks, *field.instructions])


def _step(element: etree._Element, stack: list[_Field], in_result: list[bool], missing: set[str]) -> None:
    kind = element.get(f"{W}fldCharType")
    if kind == "begin":
        stack.append(_Field([], [], []))
        in_result.append(False)
    if not stack:
        _drop([element])
        return
    stack[-1].marks.append(element)
    if kind == "separate":
        in_result[-1] = True
    elif kind == "end":
        in_result.pop()
        _settle(stack.pop(), missing)


def _settle(field: _Field, missing: set[str]) -> None:
    name = _field_name("".join(part.text or "" for part in field.instructions))
    if name in LIVE_FIELDS and field.instructions:
        first, *others = field.instructions
        first.text = f" {name} "
        _drop(others)
        return
    if name in TELLING_FIELDS:
        _blank(field.results, missing)
    _drop([*field.marks, *field.instructions])


def _field_name(instruction: str) -> str:
    return next(iter(instruction.split()), "").upper()


def _blank(texts: list[etree._Element], missing: set[str]) -> None:
    missing.add("fields")
    for number, text in enumerate(texts):
        text.text = "–" if number == 0 else ""


def _drop(elements: list[etree._Element]) -> None:
    for element in elements:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
