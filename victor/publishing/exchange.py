"""Files for translators' own programs, and back: XLIFF 2.0, XLIFF 1.2 and PO.

A text is named by its object, the revision of the translation that was exported, and its field. So what comes back is
never taken for the translation of a newer text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import polib
from lxml import etree
from translate.storage.xliff import Xliff1File, Xliff1Unit
from translate.storage.xliff2 import Xliff2File

from victor.publishing.errors import UnreadableFile
from victor.publishing.models import SOURCE
from victor.publishing.richtext import images_in
from victor.publishing.states import ExchangeFault

MIN_PO_LINES = 2  # msgid and msgstr
MAX_BYTES = 10 * 1024 * 1024
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
LINK = re.compile(r"<a\s")


class Xliff12Unit(Xliff1Unit):
    """XLIFF 1.2: the library writes 1.1."""

    namespace = "urn:oasis:names:tc:xliff:document:1.2"


class Xliff12File(Xliff1File):
    """XLIFF 1.2: the library writes 1.1."""

    UnitClass = Xliff12Unit
    namespace = Xliff12Unit.namespace
    XMLskeleton = Xliff1File.XMLskeleton.replace("1.1", "1.2")


@dataclass(frozen=True)
class ExchangeFormat:
    """A file format. `store` is the library's class that reads and writes it, for XLIFF."""

    name: str
    suffix: str
    store: type[Xliff12File | Xliff2File] | None = None


FORMATS = {
    "xliff2": ExchangeFormat("XLIFF 2.0", ".xlf", Xliff2File),
    "xliff1": ExchangeFormat("XLIFF 1.2", ".xlf", Xliff12File),
    "po": ExchangeFormat("PO", ".po"),
}


@dataclass(frozen=True)
class TranslationUnit:
    """One field of one object: `kind` and `pk` name the object, `revision` the translation that was exported.

    `line` is its line in the file it was read from.
    """

    kind: str
    pk: int
    revision: int
    field: str
    source: str
    target: str
    line: int = 0

    @property
    def name(self) -> str:
        """Its name in a file, which XLIFF 1.2, XLIFF 2.0 and PO all allow."""
        return f"{self.kind}.{self.pk}.{self.revision}.{self.field}"


def write_exchange(units: Iterable[TranslationUnit], *, file_format: str, language: str) -> bytes:
    """The file for a translator's program. `file_format` is a key of `FORMATS`."""
    store = FORMATS[file_format].store
    return _write_xliff(units, store, language) if store else _write_po(units, language)


def read_exchange(data: bytes, *, language: str) -> list[TranslationUnit]:
    """Read a translator's file in any of the formats.

    Raises:
        UnreadableFile: it has none of the formats, is for another language, or declares entities.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableFile(0, ExchangeFault.TOO_LARGE)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return list(_read_xliff(data, language))
    return list(_read_po(data, language))


def check_translation(unit: TranslationUnit) -> None:
    """Compare a translation with its source.

    Raises:
        UnreadableFile: a placeholder, a link or an image was lost, changed or added.
    """
    if Counter(PLACEHOLDER.findall(unit.source)) != Counter(PLACEHOLDER.findall(unit.target)):
        raise UnreadableFile(unit.line, ExchangeFault.PLACEHOLDERS)
    if len(LINK.findall(unit.source)) != len(LINK.findall(unit.target)):
        raise UnreadableFile(unit.line, ExchangeFault.LINKS)
    if _picture_keys(unit.source) != _picture_keys(unit.target):
        raise UnreadableFile(unit.line, ExchangeFault.IMAGES)


def _picture_keys(html: str) -> Counter[str]:
    return Counter(image.key for image in images_in(html)) if "<img" in html else Counter()


def _write_xliff(units: Iterable[TranslationUnit], store: type[Xliff12File | Xliff2File], language: str) -> bytes:
    file = store(sourcelanguage=SOURCE, targetlanguage=language)
    file.settargetlanguage(language)
    for unit in units:
        entry = file.addsourceunit(unit.source)
        entry.setid(unit.name)
        if unit.target:
            entry.target = unit.target
    return bytes(file)


def _write_po(units: Iterable[TranslationUnit], language: str) -> bytes:
    file = polib.POFile(wrapwidth=0)
    file.metadata = {"Language": language, "MIME-Version": "1.0", "Content-Type": "text/plain; charset=UTF-8"}
    file.extend(polib.POEntry(msgctxt=unit.name, msgid=unit.source, msgstr=unit.target) for unit in units)
    return str(file).encode()


def _read_xliff(data: bytes, language: str) -> Iterator[TranslationUnit]:
    root = _parse_xml(data)
    stores = [known.store for known in FORMATS.values() if known.store]
    store = next((store for store in stores if root.tag == f"{{{store.namespace}}}xliff"), None)
    file = root.find("{*}file")
    if store is None or file is None:
        raise UnreadableFile(root.sourceline or 0, ExchangeFault.FORMAT)
    if language not in (root.get("trgLang"), file.get("target-language")):
        raise UnreadableFile(root.sourceline or 0, ExchangeFault.LANGUAGE)
    try:
        units = store.parsestring(data).units
    except ValueError as error:  # a version that its own namespace contradicts
        raise UnreadableFile(root.sourceline or 0, ExchangeFault.FORMAT) from error
    for unit in units:
        name = (unit.getid() or "").rpartition("\x04")[2]
        yield _parse_unit(name, unit.source or "", unit.target or "", unit.xmlelement.sourceline)


def _parse_xml(data: bytes) -> etree._Element:
    """The root of the document. Nothing that it refers to is loaded or expanded."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(error.lineno or 0, ExchangeFault.FORMAT) from error
    if root.getroottree().docinfo.doctype:
        raise UnreadableFile(data[: data.find(b"<!DOCTYPE")].count(b"\n") + 1, ExchangeFault.ENTITIES)
    return root


def _read_po(data: bytes, language: str) -> Iterator[TranslationUnit]:
    try:
        file = polib.pofile(_po_text(data), encoding="utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableFile(data[: error.start].count(b"\n") + 1, ExchangeFault.FORMAT) from error
    except OSError as error:
        line = re.search(r"line (\d+)", str(error))
        raise UnreadableFile(int(line[1]) if line else 0, ExchangeFault.FORMAT) from error
    if file.metadata.get("Language") != language:
        raise UnreadableFile(1, ExchangeFault.LANGUAGE)
    for entry in file:
        yield _parse_unit(entry.msgctxt or "", entry.msgid, entry.msgstr, entry.linenum)


def _po_text(data: bytes) -> str:
    """The text of a PO file, as polib takes it: what is the path of a file it would open instead.

    Raises:
        UnreadableFile: it has one line only, as a path has and no PO file.
    """
    lines = data.decode().splitlines()
    if 0 < len(lines) < MIN_PO_LINES:
        raise UnreadableFile(1, ExchangeFault.FORMAT)
    return "".join(f"{line}\n" for line in lines)


def _parse_unit(name: str, source: str, target: str, line: int) -> TranslationUnit:
    match = re.fullmatch(r"(\w+\.\w+)\.(\d{1,18})\.(\d{1,9})\.(\w+)", name)
    if match is None:
        raise UnreadableFile(line, ExchangeFault.NAME)
    kind, pk, revision, field = match.groups()
    return TranslationUnit(kind, int(pk), int(revision), field, str(source), str(target), line)
