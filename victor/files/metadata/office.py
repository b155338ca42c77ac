"""Removes metadata from Word, Excel and OpenDocument files: only the parts that readers see are written again."""

from __future__ import annotations

import encodings.cp437  # noqa: F401 - how an archive names its parts; later nothing can be imported
import re
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from posixpath import dirname, join, normpath

from lxml import etree

from victor.files.metadata.errors import NoCopy
from victor.files.metadata.pictures import clean_picture

MAX_PARTS, MAX_BYTES, MAX_RATIO = 2000, 200 * 1024 * 1024, 200
DAY_ONE = (1980, 1, 1, 0, 0, 0)
PICTURES = (".jpg", ".jpeg", ".png", ".webp")
# Parts for programs: authors, thumbnails, printers, macros, settings, embedded files.
REMOVED_PARTS = re.compile(
    r"docProps/|customXml/|word/(people|commentsIds|commentsExtensible|glossary/)|xl/(persons|revisions|calcChain)"
    r"|.*(printerSettings|vbaProject|vbaData|embeddings/|activeX/|oleObject|_xmlsignatures)"
    r"|Thumbnails/|Configurations2/|Basic/|Scripts/|Dialogs/|Object |ObjectReplacements/|layout-cache"
    r"|(meta|settings|manifest)\.(xml|rdf)$|META-INF/(?!manifest\.xml$)",
)
# Attributes and elements that say who wrote what, when and on which computer.
REMOVED_ATTRIBUTES = re.compile(
    "author|initials|userName|userId|personId|providerId|reservationPassword|documentId|lastEdited|modifiedDate|date"
    "|dateUtc|dT|createdVersion|creator-initials|sender-initials|paraId|textId|durableId|rsid[A-Z][A-Za-z]*"
)
REMOVED_ELEMENTS = re.compile(
    "rsids?|absPath|revisionPtr|docVars|attachedTemplate|fileSharing|presenceInfo|creator-initials"
    "|documentProtection|mailMerge"
)
EMPTIED_ELEMENTS = re.compile("author|initial-creator|printed-by|author-name|author-initials|file-name|sender-[a-z-]+")
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"  # who and when, in OpenDocument
TYPES = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "content.xml": "application/vnd.oasis.opendocument.text",
}
OPEN_DOCUMENT = re.compile(rb"application/vnd\.oasis\.opendocument\.(text|spreadsheet|presentation)")


def clean_office_file(content: bytes) -> tuple[str, bytes]:
    """The document without its metadata, for reading.

    Raises:
        NoCopy: it is another kind of file, damaged, locked, or made to fill the memory.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = _read_parts(archive)
        known = next((kind for name, kind in TYPES.items() if name in parts), None)
        if known is None:
            raise NoCopy
        if "mimetype" in parts:
            if not OPEN_DOCUMENT.fullmatch(parts["mimetype"]):
                raise NoCopy
            known = parts["mimetype"].decode()
        return known, _write_archive(parts)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as damage:
        raise NoCopy from damage
    except (etree.XMLSyntaxError, ValueError) as damage:
        raise NoCopy from damage


def _read_parts(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """The parts that stay. An archive that declares too much is refused before anything is read."""
    entries = archive.infolist()
    whole = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) + 1
    if len(entries) > MAX_PARTS or whole > MAX_BYTES or whole / packed > MAX_RATIO:
        raise NoCopy
    parts = {}
    for entry in entries:
        if entry.is_dir() or (REMOVED_PARTS.match(entry.filename) and entry.filename != "META-INF/manifest.xml"):
            continue
        with archive.open(entry) as part:
            parts[entry.filename] = part.read(entry.file_size + 1)
    return parts


def _write_archive(parts: dict[str, bytes]) -> bytes:
    clean = {name: _clean_part(name, content) for name, content in parts.items()}
    remaining = {name: content for name, content in clean.items() if content is not None}
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(remaining, key=lambda name: name != "mimetype"):
            entry = zipfile.ZipInfo(name, DAY_ONE)
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, _prune_lists(name, remaining))
    return buffer.getvalue()


def _clean_part(name: str, content: bytes) -> bytes | None:
    """A part without its metadata. None for a part that is left out."""
    if name == "mimetype":
        return content
    if name.lower().endswith(PICTURES):
        return clean_picture(content).content
    if not name.endswith((".xml", ".rels")):
        return None
    tree = _parse_xml(content)
    for element in list(tree.iter()):
        if not isinstance(element.tag, str):  # a comment or an instruction to some program
            _remove(element)
        else:
            _clean_element(element)
    return _serialise(tree)


def _clean_element(element: etree._Element) -> None:
    if REMOVED_ELEMENTS.fullmatch(etree.QName(element).localname) or etree.QName(element).namespace == DUBLIN_CORE:
        _remove(element)
        return
    if EMPTIED_ELEMENTS.fullmatch(etree.QName(element).localname):
        element.text = ""
    for attribute in list(element.attrib):
        if REMOVED_ATTRIBUTES.fullmatch(etree.QName(attribute).localname):
            _anonymise_attribute(element, attribute)


def _anonymise_attribute(element: etree._Element, attribute: str) -> None:
    """Replace authors, which some programs require, by a dash. Remove dates and numbers."""
    if etree.QName(attribute).localname in {"author", "initials"}:
        element.set(attribute, "–")
    else:
        del element.attrib[attribute]


def _remove(element: etree._Element) -> None:
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


def _parse_xml(content: bytes) -> etree._Element:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NoCopy
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(content, parser)


def _serialise(tree: etree._Element) -> bytes:
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _prune_lists(name: str, parts: dict[str, bytes]) -> bytes:
    """Remove from lists of parts what is not in the archive, for example a path with a person's name."""
    if name == "[Content_Types].xml":
        return _remove_children(
            parts[name], lambda element: element.get("PartName", "/").lstrip("/") not in {"", *parts}
        )
    if name == "META-INF/manifest.xml":
        paths = {"/", *parts}
        return _remove_children(parts[name], lambda element: _full_path(element) not in paths)
    if name.endswith(".rels"):
        base = dirname(dirname(name))
        return _remove_children(parts[name], lambda element: not _leads_to_part(element, base, parts))
    return parts[name]


def _full_path(element: etree._Element) -> str:
    return next((value for key, value in element.attrib.items() if key.endswith("}full-path")), "/")


def _leads_to_part(element: etree._Element, base: str, parts: dict[str, bytes]) -> bool:
    target = element.get("Target", "")
    if element.get("TargetMode") == "External":
        return target.startswith(("https://", "http://", "mailto:"))
    return normpath(join(base, target) if not target.startswith("/") else target[1:]) in parts


def _remove_children(content: bytes, is_left_out: Callable[[etree._Element], bool]) -> bytes:
    tree = _parse_xml(content)
    for element in list(tree):
        if is_left_out(element):
            tree.remove(element)
    return _serialise(tree)
