"""Copies of Word, Excel and PowerPoint files: a new archive of the parts that are read, under names of ours."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from victor.files.kinds import OFFICE
from victor.files.metadata.errors import NoCopy
from victor.files.metadata.made import Made
from victor.files.metadata.ooxml_trees import NAMESPACES, Rules, rebuild
from victor.files.metadata.parts import Parts, Relation, copy_picture, serialise, write_archive
from victor.files.metadata.sheets import SharedTexts, prepare_chart, prepare_sheet, prepare_workbook
from victor.files.metadata.slides import prepare_slide
from victor.files.metadata.word_text import HiddenStyles, prepare_text

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAX_PARTS = 2000


class Family(NamedTuple):
    """One of the three: its folder, its media type, its first part, and by the kind of relation all other parts."""

    main: str
    media_type: str
    first: tuple[str, str]
    parts: dict[str, tuple[str, str]]


DRAWN = {
    "theme": ("theme/theme{}.xml", "theme+xml"),
    "chart": ("charts/chart{}.xml", "drawingml.chart+xml"),
}
FAMILIES = [
    Family(
        "word",
        f"{OFFICE}wordprocessingml.document",
        ("document.xml", "wordprocessingml.document.main+xml"),
        {
            "styles": ("styles.xml", "wordprocessingml.styles+xml"),
            "numbering": ("numbering.xml", "wordprocessingml.numbering+xml"),
            "settings": ("settings.xml", "wordprocessingml.settings+xml"),
            "header": ("header{}.xml", "wordprocessingml.header+xml"),
            "footer": ("footer{}.xml", "wordprocessingml.footer+xml"),
            "footnotes": ("footnotes.xml", "wordprocessingml.footnotes+xml"),
            "endnotes": ("endnotes.xml", "wordprocessingml.endnotes+xml"),
            **DRAWN,
        },
    ),
    Family(
        "xl",
        f"{OFFICE}spreadsheetml.sheet",
        ("workbook.xml", "spreadsheetml.sheet.main+xml"),
        {
            "worksheet": ("worksheets/sheet{}.xml", "spreadsheetml.worksheet+xml"),
            "styles": ("styles.xml", "spreadsheetml.styles+xml"),
            "drawing": ("drawings/drawing{}.xml", "drawing+xml"),
            **DRAWN,
            # Last: which of its texts are read is known when all sheets have been.
            "sharedStrings": ("sharedStrings.xml", "spreadsheetml.sharedStrings+xml"),
        },
    ),
    Family(
        "ppt",
        f"{OFFICE}presentationml.presentation",
        ("presentation.xml", "presentationml.presentation.main+xml"),
        {
            "slideMaster": ("slideMasters/slideMaster{}.xml", "presentationml.slideMaster+xml"),
            "slideLayout": ("slideLayouts/slideLayout{}.xml", "presentationml.slideLayout+xml"),
            "slide": ("slides/slide{}.xml", "presentationml.slide+xml"),
            "tableStyles": ("tableStyles.xml", "presentationml.tableStyles+xml"),
            **DRAWN,
        },
    ),
]
# What of the original is not in the copy, by the kind of relation that leads there.
LEFT_OUT = {
    **dict.fromkeys(["comments", "commentsExtended", "threadedComment", "notesSlide"], "comments"),
    **dict.fromkeys(
        ["oleObject", "package", "control", "video", "audio", "media", "diagramData", "aFChunk"], "objects"
    ),
    **dict.fromkeys(["chartEx", "chartsheet", "pivotTable", "table", "slicer"], "objects"),
    "hyperlink": "links",
}


def copy_ooxml(parts: Parts, family: Family) -> Made:
    """The document as it is read.

    Raises:
        NoCopy: it has a part that is too large, or nothing to begin with.
    """
    copy = _Copy(parts, family)
    start = next(relation.target for relation in parts.relations("").values() if relation.kind == "officeDocument")
    copy.add(start, Relation("officeDocument", start, is_external=False))
    return Made(family.media_type, copy.finish(), missing=tuple(sorted(copy.rules.missing)))


class _Copy:
    """The new archive while it grows: each part with those that it leads to."""

    def __init__(self, parts: Parts, family: Family) -> None:
        self.parts, self.family = parts, family
        self.names: dict[str, str] = {}  # of ours, by the names of theirs
        self.contents: dict[str, bytes] = {}
        self.relations: dict[str, list[tuple[str, str, str]]] = {}
        self.types: dict[str, str] = {}
        self.rules = Rules()
        self.texts, self.hidden = SharedTexts(), HiddenStyles()

    def add(self, name: str, relation: Relation) -> str:
        """Copy a part, and whatever it leads to. Returns its new name; none where there is nothing to copy."""
        if name in self.names:
            return self.names[name]
        if name not in self.parts:
            return ""
        if len(self.names) > MAX_PARTS:
            raise NoCopy
        if relation.kind == "image":
            return self._add_picture(name)
        place = self.family.first if relation.kind == "officeDocument" else self.family.parts.get(relation.kind)
        if place is None:
            return ""
        number = sum(1 for other in self.names.values() if other and self.types.get(other) == place[1]) + 1
        new = self.names[name] = f"{self.family.main}/{place[0].format(number)}"
        if new in self.types:
            raise NoCopy  # two of what a document has one of
        self.types[new] = place[1]
        self._copy_tree(name, new, relation.kind)
        return new

    def _add_picture(self, name: str) -> str:
        picture = copy_picture(self.parts.read(name))
        if picture is None:
            self.rules.missing.add("pictures")
            self.names[name] = ""
            return ""
        new = f"{self.family.main}/media/image{len(self.names) + 1}.{picture[0]}"
        self.names[name], self.contents[new] = new, picture[1]
        return new

    def _copy_tree(self, name: str, new: str, kind: str) -> None:
        tree = self.parts.parse(name)
        relations = self.parts.relations(name)
        if kind == "officeDocument":
            self._read_ahead(relations)
        self._prepare(tree, kind)
        identifiers = self._follow(tree, relations, new, has_own_data=kind == "chart")
        copies = rebuild(tree, self.rules, identifiers)
        if len(copies) != 1:
            raise NoCopy
        self.contents[new] = serialise(copies[0])

    def _read_ahead(self, relations: dict[str, Relation]) -> None:
        """The styles say which text is hidden."""
        for relation in relations.values():
            if relation.kind == "styles" and self.family.main == "word" and relation.target in self.parts:
                self.hidden.read(self.parts.parse(relation.target))

    def _prepare(self, tree: etree._Element, kind: str) -> None:
        missing = self.rules.missing
        if self.family.main == "word":
            prepare_text(tree, self.hidden, missing)
        elif kind == "officeDocument" and self.family.main == "xl":
            prepare_workbook(tree, missing)
        elif kind == "worksheet":
            prepare_sheet(tree, self.texts, missing)
        elif kind == "sharedStrings":
            self.texts.blank_unread(tree)
        elif kind in {"slide", "slideLayout", "slideMaster"}:
            prepare_slide(tree, is_shown=kind == "slide", missing=missing)
        elif kind == "chart":
            prepare_chart(tree)

    def _follow(
        self, tree: etree._Element, relations: dict[str, Relation], new: str, *, has_own_data: bool
    ) -> dict[str, str]:
        """Copy what a part leads to. Returns the new identifiers by the old."""
        named = set(_identifiers(tree))
        identifiers, order = {}, list(self.family.parts)
        entries = self.relations[new] = []
        by_order = sorted(
            relations.items(), key=lambda item: order.index(item[1].kind) if item[1].kind in order else -1
        )
        for identifier, relation in by_order:
            if relation.kind in LEFT_OUT and not has_own_data:
                self.rules.missing.add(LEFT_OUT[relation.kind])
            # A sheet or a slide that is hidden has been taken out of the list by now.
            is_wanted = identifier in named or relation.kind in IMPLIED
            if relation.is_external:
                if relation.kind == "image" and identifier in named:
                    self.rules.missing.add("pictures")
                continue
            target = self.add(relation.target, relation) if is_wanted else ""
            if target:
                identifiers[identifier] = f"rId{len(entries) + 1}"
                entries.append((identifiers[identifier], relation.kind, target))
        return identifiers

    def finish(self) -> bytes:
        """The archive, with lists of its parts made anew."""
        first = f"{self.family.main}/{self.family.first[0]}"
        contents = {
            "[Content_Types].xml": self._content_types(),
            "_rels/.rels": _relations_part([("rId1", "officeDocument", first)]),
            **self.contents,
        }
        for name, entries in self.relations.items():
            folder, _slash, base = name.rpartition("/")
            if entries:
                contents[f"{folder}/_rels/{base}.rels"] = _relations_part(entries)
        return write_archive(contents)

    def _content_types(self) -> bytes:
        root = etree.Element(f"{{{PACKAGE}/content-types}}Types", nsmap={None: f"{PACKAGE}/content-types"})
        defaults = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
        for ending, media_type in (defaults | {"png": "image/png", "jpeg": "image/jpeg"}).items():
            etree.SubElement(root, f"{{{PACKAGE}/content-types}}Default", Extension=ending, ContentType=media_type)
        for name, media_type in self.types.items():
            tag = f"{{{PACKAGE}/content-types}}Override"
            etree.SubElement(root, tag, PartName=f"/{name}", ContentType=f"{OFFICE}{media_type}")
        return serialise(root)


# Parts that a part leads to without naming them anywhere in its text.
IMPLIED = {
    *("styles", "numbering", "settings", "theme", "footnotes", "endnotes", "sharedStrings", "tableStyles"),
    *("slideLayout", "slideMaster"),
}


def _identifiers(tree: etree._Element) -> set[str]:
    """The relations that a tree names."""
    prefix = f"{{{NAMESPACES['r']}}}"
    return {value for element in tree.iter(etree.Element) for name, value in element.items() if name.startswith(prefix)}


def _relations_part(entries: list[tuple[str, str, str]]) -> bytes:
    root = etree.Element(f"{{{PACKAGE}/relationships}}Relationships", nsmap={None: f"{PACKAGE}/relationships"})
    for identifier, kind, target in entries:
        attributes = {"Id": identifier, "Type": f"{OFFICE_RELATIONS}/{kind}", "Target": f"/{target}"}
        etree.SubElement(root, f"{{{PACKAGE}/relationships}}Relationship", attributes)
    return serialise(root)
