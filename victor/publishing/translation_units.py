"""One text on its way to a translator's program and back.

Its name in a file holds the object, the revision of the translation, the number of the English version beside it, and
a digest of the translation. Programs change spaces in texts. They never change a name.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, replace
from html import escape, unescape

from victor.publishing.errors import UnreadableFile
from victor.publishing.richtext import images_in
from victor.publishing.states import ExchangeFault, TextState

NAME = re.compile(r"(\w+\.\w+)\.(\d{1,18})\.(\d{1,9})(?:-(\d{1,9})-([0-9a-f]{8}))?\.(\w+)", re.ASCII)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd](?!\w)|\{\w*\}")
ADDRESS = re.compile(r"""\b(?:href|src)\s*=\s*(?:"[^"]*"|'[^']*')|\b(?:https?:|mailto:|tel:|www\.)[^\s<>"]+""")
LINK = re.compile(r"<a\s")
TAG = re.compile(r"<[^>]*>")
# A code of the translator's program in place of a tag: it opens (+), closes (-) or stands alone (=).
CODE = re.compile("\ue000[-+=][^\ue000\ue001]*\ue001")


@dataclass(frozen=True)
class TranslationUnit:
    """One field of one object: `kind` and `pk` name the object, `revision` the translation that was exported.

    `source_number` names the English version beside it, and `digest` the translation as it was exported. `line` is its
    line in the file it was read from. The translator's program has marked it `is_unfinished`, `is_finished` or neither.
    `fault`: the name is not one of ours; then `field` is that name.

    For a file that is written: the `state` of the text, its `limit` in characters, a `note` for the translator, and
    `previous`, the English text that an outdated translation follows.
    """

    kind: str
    pk: int
    revision: int
    field: str
    source: str
    target: str
    line: int = 0
    source_number: int | None = None
    digest: str = ""
    is_unfinished: bool = False
    is_finished: bool = False
    fault: ExchangeFault | None = None
    state: TextState | None = None
    limit: int | None = None
    note: str = ""
    previous: str = ""

    @property
    def name(self) -> str:
        """Its name in a file, which XLIFF 1.2, XLIFF 2.0 and PO all allow."""
        version = f"{self.revision}"
        if self.source_number is not None:
            version += f"-{self.source_number}-{self.digest or short_digest(self.target)}"
        return f"{self.kind}.{self.pk}.{version}.{self.field}"


def parse_unit(
    name: str, source: str, target: str, line: int, *, is_unfinished: bool = False, is_finished: bool = False
) -> TranslationUnit:
    """The unit of a file. One whose name is not ours has a fault. A translation of spaces alone is none."""
    target = target if target.strip() else ""
    match = NAME.fullmatch(name)
    if match is None:
        return TranslationUnit("", 0, 0, name, source, target, line, fault=ExchangeFault.NAME)
    kind, pk, revision, number, digest, field = match.groups()
    return TranslationUnit(
        kind,
        int(pk),
        int(revision),
        field,
        source,
        target,
        line,
        source_number=int(number) if number else None,
        digest=digest or "",
        is_unfinished=is_unfinished,
        is_finished=is_finished,
    )


def is_same_text(one: str, other: str) -> bool:
    """Whether two texts differ in their white space at most."""
    return one.split() == other.split()


def short_digest(text: str) -> str:
    """Eight hexadecimal digits for a text, whatever its white space."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:8]


def check_translation(unit: TranslationUnit) -> None:
    """Compare a translation with its source. What is part of an address is no placeholder.

    Raises:
        UnreadableFile: a placeholder, a link, an image or a code was lost, changed or added.
    """
    if CODE.search(unit.target):
        raise UnreadableFile(unit.line, ExchangeFault.CODES)
    if _placeholders(unit.source) != _placeholders(unit.target):
        raise UnreadableFile(unit.line, ExchangeFault.PLACEHOLDERS)
    if len(LINK.findall(unit.source)) != len(LINK.findall(unit.target)):
        raise UnreadableFile(unit.line, ExchangeFault.LINKS)
    if _picture_keys(unit.source) != _picture_keys(unit.target):
        raise UnreadableFile(unit.line, ExchangeFault.IMAGES)


def restore_tags(unit: TranslationUnit, original: str) -> TranslationUnit:
    """Put the tags of our text back where the program has put codes in their place.

    `original` is our source. The unit stays as it is where it has no codes, or where they do not match our tags.
    """
    if not CODE.search(unit.source + unit.target):
        return unit
    codes, tags = CODE.findall(unit.source), TAG.findall(original)
    ours = [unescape(text) for text in TAG.split(original)]
    theirs = CODE.split(unit.source)
    alike = len(ours) == len(theirs) and all(map(is_same_text, ours, theirs))
    if not alike or Counter(codes) != Counter(CODE.findall(unit.target)):
        return unit
    tag_of = dict(zip(codes, tags, strict=True))
    target = CODE.sub(lambda match: tag_of[match[0]], escape(unit.target, quote=False))
    return replace(unit, source=original, target=target)


def without_codes(unit: TranslationUnit) -> TranslationUnit:
    """The unit of a text that has no tags: what the program has marked in it is words only."""
    return replace(unit, source=CODE.sub("", unit.source), target=CODE.sub("", unit.target))


def code(sign: str, key: str) -> str:
    """A code in place of a tag, as `restore_tags` reads it."""
    return f"\ue000{sign}{key}\ue001"


def refuse_foreign_file(units: list[TranslationUnit]) -> None:
    """Refuse a file in which nothing is ours.

    Raises:
        UnreadableFile: with the line of the first text.
    """
    if units and all(unit.fault for unit in units):
        raise UnreadableFile(units[0].line, ExchangeFault.NAME)


def _placeholders(text: str) -> Counter[str]:
    return Counter(PLACEHOLDER.findall(ADDRESS.sub(" ", text)))


def _picture_keys(html: str) -> Counter[str]:
    return Counter(image.key for image in images_in(html)) if "<img" in html else Counter()
