"""The parts of an archive, read within bounds and written anew."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import NamedTuple

from lxml import etree

from victor.files.decoding import codec_for, open_picture, plain_points, write_picture
from victor.files.metadata.errors import NoCopy

MEGABYTE = 1024 * 1024
MAX_PARTS, MAX_PART_BYTES, MAX_BYTES = 3000, 20 * MEGABYTE, 100 * MEGABYTE
MAX_PICTURES_PIXELS = 40_000_000
DAY_ONE = (1980, 1, 1, 0, 0, 0)
VOCABULARY = Path(__file__).with_name("vocabulary")
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
ENDINGS = {"image/jpeg": "jpeg", "image/png": "png"}


def read_words(name: str) -> frozenset[str]:
    """A list of what is good."""
    return frozenset((VOCABULARY / name).read_text().split("\n"))


class Relation(NamedTuple):
    """How a part leads to another: the last word of its kind, and the name of the part; or an address outside."""

    kind: str
    target: str
    is_external: bool


class Parts:
    """What is in an archive. A part is read when it is asked for; all together may not fill the memory."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        if len(entries) > MAX_PARTS or any(entry.flag_bits & 1 for entry in entries):
            raise NoCopy
        self.archive, self.total = archive, 0
        self.entries = {entry.filename.lstrip("/"): entry for entry in entries}

    def __contains__(self, name: str) -> bool:
        return name in self.entries

    def read(self, name: str) -> bytes:
        """The content of a part, if it is not too large."""
        with self.archive.open(self.entries[name]) as part:
            content = part.read(MAX_PART_BYTES + 1)
        self.total += len(content)
        if len(content) > MAX_PART_BYTES or self.total > MAX_BYTES:
            raise NoCopy
        return content

    def parse(self, name: str) -> etree._Element:
        """The tree of a part. Nothing in it is expanded."""
        content = self.read(name)
        if re.search(rb"<!(DOCTYPE|ENTITY)|<\0?!\0?D\0?O\0?C", content):
            raise NoCopy
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        return etree.fromstring(content, parser)

    def relations(self, name: str) -> dict[str, Relation]:
        """Where a part leads, by the identifiers that it uses."""
        folder, _slash, base = name.rpartition("/")
        path = f"{folder}/_rels/{base}.rels".lstrip("/")
        if path not in self:
            return {}
        relations = {}
        for item in self.parse(path).iter(RELATION):
            is_external = item.get("TargetMode") == "External"
            target = item.get("Target", "")
            if not is_external:
                target = normpath(join(dirname(name), target)) if not target.startswith("/") else target[1:]
            relations[item.get("Id", "")] = Relation(item.get("Type", "").rpartition("/")[2], target, is_external)
        return relations

    def targets_of_package(self) -> set[str]:
        """The folder of the part that the document begins with, as a family is known by."""
        return {relation.target.partition("/")[0] for relation in self.relations("").values() if _is_document(relation)}


def _is_document(relation: Relation) -> bool:
    return relation.kind == "officeDocument" and not relation.is_external


def copy_picture(content: bytes) -> tuple[str, bytes] | None:
    """A picture of a document: the ending of its name, and its content. None where it is none that can be decoded."""
    try:
        with open_picture(content, max_pixels=MAX_PICTURES_PIXELS) as picture:
            codec = codec_for(picture)
            encoded = write_picture(plain_points(picture, upright=False), codec if codec in {"JPEG", "PNG"} else "PNG")
    except NoCopy:
        return None
    return ENDINGS[encoded.type], encoded.content


def write_archive(parts: dict[str, bytes]) -> bytes:
    """The parts as an archive, in their order, which no clock and no system has marked."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, DAY_ONE)
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return buffer.getvalue()


def serialise(tree: etree._Element) -> bytes:
    """A tree as a part."""
    etree.cleanup_namespaces(tree)
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
