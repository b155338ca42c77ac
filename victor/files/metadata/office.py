"""Word, Excel and OpenDocument files: archives of XML, written anew with the parts that one reads and no others."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import Any

from lxml import etree

from victor.files.metadata.errors import NoCopy
from victor.files.metadata.pictures import clean_picture

MAX_PARTS, MAX_BYTES, MAX_RATIO = 2000, 200 * 1024 * 1024, 200
DAY_ONE = (1980, 1, 1, 0, 0, 0)
PICTURES = (".jpg", ".jpeg", ".png", ".webp")
# What programs write for themselves: authors, thumbnails, printers, macros, settings, other files within the file.
REMOVED_PARTS = re.compile(
    r"docProps/|customXml/|word/(people|commentsIds|commentsExtensible|glossary/)|xl/(persons|revisions|calcChain)"
    r"|.*(printerSettings|vbaProject|vbaData|embeddings/|activeX/|oleObject|_xmlsignatures)"
    r"|Thumbnails/|Configurations2/|Basic/|Scripts/|Dialogs/|Object |ObjectReplacements/|layout-cache"
    r"|(meta|settings|manifest)\.(xml|rdf)$|META-INF/(?!manifest\.xml$)",
)
# Attributes and elements by which programs tell who wrote what, when and on which computer.
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
    """The document, for reading.

    Raises:
        NoCopy: it is no such document, damaged, locked, or made to fill the memory.
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
    """What is kept of the archive; it says in advance how large it will be, and is held to it."""
    listed = archive.infolist()
    whole = sum(each.file_size for each in listed)
    packed = sum(each.compress_size for each in listed) + 1
    if len(listed) > MAX_PARTS or whole > MAX_BYTES or whole / packed > MAX_RATIO:
        raise NoCopy
    parts = {}
    for each in listed:
        if each.is_dir() or (REMOVED_PARTS.match(each.filename) and each.filename != "META-INF/manifest.xml"):
            continue
        with archive.open(each) as part:
            parts[each.filename] = part.read(each.file_size + 1)
    return parts


def _write_archive(parts: dict[str, bytes]) -> bytes:
    clean = {name: _clean_part(name, content) for name, content in parts.items()}
    kept = {name: content for name, content in clean.items() if content is not None}
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name in sorted(kept, key=lambda name: name != "mimetype"):
            about = zipfile.ZipInfo(name, DAY_ONE)
            about.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(about, _prune_lists(name, kept))
    return written.getvalue()


def _clean_part(name: str, content: bytes) -> bytes | None:
    """A part without what it tells; None for one that is not taken over."""
    if name == "mimetype":
        return content
    if name.lower().endswith(PICTURES):
        return clean_picture(content)[1]
    if not name.endswith((".xml", ".rels")):
        return None
    tree = _parse_xml(content)
    for each in list(tree.iter()):
        if not isinstance(each.tag, str):  # a comment or an instruction to some program
            _remove(each)
        else:
            _clean_element(each)
    return _serialise(tree)


def _clean_element(each: Any) -> None:
    if REMOVED_ELEMENTS.fullmatch(etree.QName(each).localname) or etree.QName(each).namespace == DUBLIN_CORE:
        _remove(each)
        return
    if EMPTIED_ELEMENTS.fullmatch(etree.QName(each).localname):
        each.text = ""
    for attribute in list(each.attrib):
        if REMOVED_ATTRIBUTES.fullmatch(etree.QName(attribute).localname):
            _anonymise_attribute(each, attribute)


def _anonymise_attribute(each: Any, attribute: str) -> None:
    """Who wrote a comment or a change is required by some programs: it stays as nobody. Dates and numbers go."""
    if etree.QName(attribute).localname in {"author", "initials"}:
        each.set(attribute, "–")
    else:
        del each.attrib[attribute]


def _remove(each: Any) -> None:
    parent = each.getparent()
    if parent is None:
        return
    if each.tail:
        before = each.getprevious()
        if before is None:
            parent.text = (parent.text or "") + each.tail
        else:
            before.tail = (before.tail or "") + each.tail
    parent.remove(each)


def _parse_xml(content: bytes) -> Any:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NoCopy
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(content, parser)


def _serialise(tree: Any) -> bytes:
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _prune_lists(name: str, kept: dict[str, bytes]) -> bytes:
    """Lists of parts name only those that are there, and nothing outside, such as a folder with somebody's name."""
    if name == "[Content_Types].xml":
        return _remove_children(kept[name], lambda each: each.get("PartName", "/").lstrip("/") not in {"", *kept})
    if name == "META-INF/manifest.xml":
        paths = {"/", *kept}
        return _remove_children(kept[name], lambda each: _full_path(each) not in paths)
    if name.endswith(".rels"):
        base = dirname(dirname(name))
        return _remove_children(kept[name], lambda each: not _leads_to_part(each, base, kept))
    return kept[name]


def _full_path(each: Any) -> str:
    return next((value for key, value in each.attrib.items() if key.endswith("}full-path")), "/")


def _leads_to_part(each: Any, base: str, kept: dict[str, bytes]) -> bool:
    target = each.get("Target", "")
    if each.get("TargetMode") == "External":
        return target.startswith(("https://", "http://", "mailto:"))
    return normpath(join(base, target) if not target.startswith("/") else target[1:]) in kept


def _remove_children(content: bytes, is_left_out: Callable[[Any], bool]) -> bytes:
    tree = _parse_xml(content)
    for each in list(tree):
        if is_left_out(each):
            tree.remove(each)
    return _serialise(tree)
