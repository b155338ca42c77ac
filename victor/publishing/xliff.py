"""XLIFF 1.2 and 2.0: texts with their states, limits and notes.

Read as the standards allow: segments are joined, codes of the translator's program are kept as codes, several files are
read. What a unit holds beside its source and target (older translations, notes) is not read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from lxml import etree
from translate.storage.xliff import Xliff1File, Xliff1Unit
from translate.storage.xliff2 import Xliff2File

from victor.forms.numbers import read_digits
from victor.language_tags import is_same_language
from victor.publishing.errors import UnreadableFile
from victor.publishing.models import SOURCE
from victor.publishing.states import ExchangeFault, TextState
from victor.publishing.translation_units import TranslationUnit, code, parse_unit

NAMESPACE_1 = "urn:oasis:names:tc:xliff:document:1.2"
NAMESPACES_2 = ("urn:oasis:names:tc:xliff:document:2.0", "urn:oasis:names:tc:xliff:document:2.2")
SIZES = "urn:oasis:names:tc:xliff:sizerestriction:2.0"
FINAL = {TextState.APPROVED, TextState.PUBLISHED}
STATES_1 = {TextState.OUTDATED: "needs-adaptation", TextState.MACHINE: "needs-review-translation"}
UNFINISHED_1 = {"new", "needs-translation", "needs-adaptation", "needs-l10n"}
FINISHED_1 = {"translated", "signed-off", "final"}
INITIAL = "initial"
STATES_2 = {TextState.OUTDATED: INITIAL, TextState.MACHINE: INITIAL}
# Codes of XLIFF 1.2 whose text is the native code itself, and the part of a pair that each is without a text.
NATIVE_1 = {"bpt": "+", "ept": "-", "ph": "=", "it": "="}
SINGLE_1 = {"x": "=", "bx": "+", "ex": "-"}
SINGLE_2 = {"ph": "=", "sc": "+", "ec": "-"}
# What an element opens with and closes with, in place of tags.
TagsOf = Callable[[etree._Element], tuple[str, str]]


class Xliff12Unit(Xliff1Unit):
    """XLIFF 1.2: the library writes 1.1."""

    namespace = NAMESPACE_1


class Xliff12File(Xliff1File):
    """XLIFF 1.2: the library writes 1.1."""

    UnitClass = Xliff12Unit
    namespace = NAMESPACE_1
    XMLskeleton = Xliff1File.XMLskeleton.replace("1.1", "1.2")


def write_xliff_1(units: Iterable[TranslationUnit], language: str) -> bytes:
    """A file in XLIFF 1.2."""
    file = Xliff12File(sourcelanguage=SOURCE, targetlanguage=language)
    file.settargetlanguage(language)
    for unit in units:
        entry = _add_entry(file, unit)
        element = entry.xmlelement
        if unit.state:
            element.set("approved", "yes" if unit.target and unit.state in FINAL else "no")
        target = element.find(f"{{{NAMESPACE_1}}}target")
        if target is not None and unit.state:
            state = STATES_1.get(unit.state, "final" if unit.state in FINAL else "translated")
            target.set("state", state)
        if unit.limit:
            element.set("maxwidth", str(unit.limit))
            element.set("size-unit", "char")
        if unit.note:
            entry.addnote(unit.note)
    return bytes(file)


def write_xliff_2(units: Iterable[TranslationUnit], language: str) -> bytes:
    """A file in XLIFF 2.0."""
    file = Xliff2File(sourcelanguage=SOURCE, targetlanguage=language)
    file.settargetlanguage(language)
    namespace = NAMESPACES_2[0]
    for unit in units:
        segment = _add_entry(file, unit).xmlelement
        element = segment.getparent()
        if unit.state and unit.target:
            segment.set("state", STATES_2.get(unit.state, "final" if unit.state in FINAL else "translated"))
        if unit.limit:
            element.set(f"{{{SIZES}}}sizeRestriction", str(unit.limit))
        if unit.note:
            notes = etree.Element(f"{{{namespace}}}notes")
            etree.SubElement(notes, f"{{{namespace}}}note").text = unit.note
            element.insert(0, notes)
    _declare_sizes(file.document.getroot(), namespace)
    return bytes(file)


def read_xliff(data: bytes, language: str) -> list[TranslationUnit]:
    """The units of a file in one of the versions.

    Raises:
        UnreadableFile: it has none of them, is for another language, or declares entities.
    """
    root = _parse_xml(data)
    namespace = etree.QName(root).namespace
    if etree.QName(root).localname != "xliff" or namespace not in (NAMESPACE_1, *NAMESPACES_2):
        raise UnreadableFile(root.sourceline or 0, ExchangeFault.FORMAT)
    files = root.findall(f"{{{namespace}}}file")
    if not files:
        raise UnreadableFile(root.sourceline or 0, ExchangeFault.FORMAT)
    for element in (root, *files):
        named = element.get("trgLang") or element.get("target-language")
        if named and not is_same_language(named, language):
            raise UnreadableFile(element.sourceline or 0, ExchangeFault.LANGUAGE)
    read = _read_unit_1 if namespace == NAMESPACE_1 else _read_unit_2
    name = "trans-unit" if namespace == NAMESPACE_1 else "unit"
    return [read(unit, namespace) for file in files for unit in file.iter(f"{{{namespace}}}{name}")]


def _add_entry(file: Xliff12File | Xliff2File, unit: TranslationUnit) -> Xliff1Unit:
    entry = file.addsourceunit(unit.source)
    entry.setid(unit.name)
    if unit.target:
        entry.target = unit.target
    return entry


def _declare_sizes(root: etree._Element, namespace: str) -> None:
    """Say once a file in what the limits are counted, as the module for sizes wants it."""
    for file in root.iter(f"{{{namespace}}}file"):
        if any(unit.get(f"{{{SIZES}}}sizeRestriction") for unit in file):
            file.insert(0, etree.Element(f"{{{SIZES}}}profiles", {"generalProfile": "xliff:codepoints"}))


def _parse_xml(data: bytes) -> etree._Element:
    """The root of the document. Nothing that it refers to is loaded or expanded."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(error.lineno or 0, ExchangeFault.FORMAT) from error
    if root.getroottree().docinfo.doctype:
        line = data.replace(b"\0", b"").partition(b"<!DOCTYPE")[0].count(b"\n") + 1
        raise UnreadableFile(line, ExchangeFault.ENTITIES)
    return root


def _read_unit_1(unit: etree._Element, namespace: str) -> TranslationUnit:
    source, target = (unit.find(f"{{{namespace}}}{name}") for name in ("source", "target"))
    words = "" if target is None else _text(target, _tags_1)
    state = None if target is None else target.get("state")
    return parse_unit(
        unit.get("id", ""),
        "" if source is None else _text(source, _tags_1),
        words,
        unit.sourceline or 0,
        is_unfinished=state in UNFINISHED_1,
        is_finished=state in FINISHED_1,
    )


def _read_unit_2(unit: etree._Element, namespace: str) -> TranslationUnit:
    """A unit with its segments joined. It is unfinished where one of them is."""
    natives = {data.get("id"): data.text or "" for data in unit.iter(f"{{{namespace}}}data")}
    tags_of = _tags_2(natives)
    sources, targets, states = [], [], []
    for part in unit:
        if part.tag not in (f"{{{namespace}}}segment", f"{{{namespace}}}ignorable"):
            continue
        source, target = (part.find(f"{{{namespace}}}{name}") for name in ("source", "target"))
        source_text = "" if source is None else _text(source, tags_of)
        is_segment = part.tag == f"{{{namespace}}}segment"
        target_text = ("" if is_segment else source_text) if target is None else _text(target, tags_of)
        order = target.get("order", "") if target is not None else ""
        sources.append(source_text)
        place = read_digits(order)
        targets.append((len(sources) if place is None else place, target_text))
        if is_segment:
            states.append((part.get("state"), bool(target_text.strip()), bool(source_text.strip())))
    filled = any(has_target for _state, has_target, _has_source in states)
    unfinished = any(state == INITIAL or (has_source and not has_target) for state, has_target, has_source in states)
    finished = all(state not in (None, INITIAL) for state, _has_target, _has_source in states)
    return parse_unit(
        unit.get("id", ""),
        "".join(sources),
        "".join(text for _order, text in sorted(targets, key=lambda item: item[0])) if filled else "",
        unit.sourceline or 0,
        is_unfinished=filled and unfinished,
        is_finished=filled and finished,
    )


def _text(element: etree._Element, tags_of: TagsOf) -> str:
    """The words in an element, with what stands for tags. It may be nested as deeply as it likes."""
    pieces: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        opening, closing = tags_of(node) if isinstance(node.tag, str) and node is not element else ("", "")
        if event == "start":
            pieces += [opening, node.text or ""]
        elif node is not element:
            pieces += [closing, node.tail or ""]
    return "".join(pieces)


def _tags_1(element: etree._Element) -> tuple[str, str]:
    name, key = etree.QName(element).localname, element.get("rid") or element.get("id", "")
    if name == "g":
        return code("+", key), code("-", key)
    if name in SINGLE_1 or (name in NATIVE_1 and not (element.text or len(element))):
        return code((SINGLE_1 | NATIVE_1)[name], key), ""
    return "", ""


def _tags_2(natives: Mapping[str | None, str]) -> TagsOf:
    """What stands for the tags of XLIFF 2.0. `natives` are the tags that the file itself holds, by their names."""

    def tags_of(element: etree._Element) -> tuple[str, str]:
        name, key = etree.QName(element).localname, element.get("startRef") or element.get("id", "")
        if name == "pc":
            start, end = (natives.get(element.get(f"dataRef{side}")) for side in ("Start", "End"))
            return start or code("+", key), end or code("-", key)
        if name in SINGLE_2:
            return natives.get(element.get("dataRef")) or code(SINGLE_2[name], key), ""
        return "", ""

    return tags_of
