"""Reads and checks the partnership's data files. A fault names its file and line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import models
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError

from partners.directory.models import Country, Network, Organisation
from partners.directory.states import Part
from partners.help_lines.errors import DataFault
from partners.help_lines.models import HelpLine
from partners.help_lines.states import Precision
from victor.languages import CODES, column

PRECISIONS = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}


@dataclass(frozen=True)
class FileKind:
    """What a file contains: its model, the field that identifies a record, translated texts and references."""

    file: str
    model: type[models.Model]
    key: str
    texts: tuple[str, ...]
    plain: tuple[str, ...]
    references: dict[str, str] = field(default_factory=dict)  # field of the record -> file that it refers to
    lists: dict[str, str] = field(default_factory=dict)


FILE_KINDS = {
    kind.file: kind
    for kind in (
        FileKind(
            "countries",
            Country,
            key="code",
            texts=("name",),
            plain=("in_partnership", "languages", "time_zone"),
            lists={"roles": ""},
        ),
        FileKind(
            "organisations",
            Organisation,
            key="slug",
            texts=("name", "present_name", "city", "description"),
            plain=("native_name", "native_language", "category", "membership", "website"),
            references={"country": "countries"},
        ),
        FileKind(
            "help_lines",
            HelpLine,
            key="key",
            texts=("name", "operator"),
            plain=(
                *("purpose", "number", "dial", "hours", "opens", "closes", "languages", "free", "reachable_from"),
                *("source", "confidence", "last_checked", "publish"),
            ),
            references={"country": "countries", "organisation": "organisations"},
        ),
        FileKind(
            "networks",
            Network,
            key="slug",
            texts=("name", "description"),
            plain=("opened_on",),
            references={"coordinator": "organisations"},
            lists={"members": "countries"},
        ),
    )
}
OPTIONAL_TEXTS = {"present_name", "operator"}


@dataclass(frozen=True)
class FileRecord:
    """A checked record: an unsaved object of the kind's model, the keys of its references, and its lists."""

    kind: FileKind
    obj: models.Model
    references: dict[str, str | None]
    lists: dict[str, list[str]]

    @property
    def key(self) -> str:
        """The value that identifies the object."""
        return getattr(self.obj, self.kind.key)

    def find_referenced(self, name: str) -> models.Model | None:
        """The saved object that the reference `name` leads to; None where there is none."""
        kind, key = FILE_KINDS[self.kind.references[name]], self.references[name]
        return kind.model._default_manager.get(**{kind.key: key}) if key else None


def read_partnership(folder: Path) -> list[FileRecord]:
    """Read all records of the files, in the order in which they can be saved.

    Raises:
        DataFault: the first fault, with its file, line and reason. Nothing was saved.
    """
    known: dict[str, set[str]] = {}
    records = []
    for kind in FILE_KINDS.values():
        known[kind.file] = set()
        for position, item in enumerate(_read_items(folder, kind), start=1):
            record = _read_record(kind, item, position, known)
            if record.key in known[kind.file]:
                raise _fault_at(kind, item, kind.key, f"{record.key} stands twice")
            known[kind.file].add(record.key)
            records.append(record)
    return records


def _read_items(folder: Path, kind: FileKind) -> Iterator[CommentedMap]:
    path = folder / f"{kind.file}.yaml"
    try:
        loaded = YAML().load(path.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise DataFault(path.name, line, error.problem or "cannot be read") from error
    except (OSError, UnicodeError) as error:
        raise DataFault(path.name, 1, "cannot be read as a UTF-8 text") from error
    if not isinstance(loaded, CommentedSeq):
        raise DataFault(path.name, 1, "expected a list of records")
    for number, item in enumerate(loaded):
        if not isinstance(item, CommentedMap):
            raise DataFault(path.name, _line_of_item(loaded, number), "expected a record with named fields")
        yield item


def _line_of_item(items: CommentedSeq, number: int) -> int:
    """The line of an item."""
    return items.lc.item(number)[0] + 1


def _read_record(kind: FileKind, item: CommentedMap, position: int, known: dict[str, set[str]]) -> FileRecord:
    _check_names(kind, item)
    values = {name: item[name] for name in kind.plain if item.get(name) is not None}
    values |= {"position": item.get("position", position)} if _has_position(kind) else {}
    values |= _read_check_date(kind, item) if "last_checked" in values else {}
    for name in kind.texts:
        values |= _read_texts(kind, item, name)
    obj = kind.model(**{kind.key: item.get(kind.key)}, **values)
    _check_values(kind, item, obj)
    references = {name: _read_reference(kind, item, name, known[target]) for name, target in kind.references.items()}
    lists = {name: _read_list(kind, item, name, known.get(target)) for name, target in kind.lists.items()}
    return FileRecord(kind, obj, references, lists)


def _has_position(kind: FileKind) -> bool:
    return any(field_.name == "position" for field_ in kind.model._meta.fields)


def _check_names(kind: FileKind, item: CommentedMap) -> None:
    allowed = {kind.key, "position", *kind.plain, *kind.texts, *kind.references, *kind.lists}
    for name in item:
        if name not in allowed:
            raise _fault_at(kind, item, name, f"{name} is not a field of {kind.file}")


def _read_texts(kind: FileKind, item: CommentedMap, name: str) -> dict[str, str]:
    texts = item.get(name)
    if texts is None and name in OPTIONAL_TEXTS:
        return {}
    if not isinstance(texts, CommentedMap):
        raise _fault_at(kind, item, name, f"{name}: expected a text in each of {', '.join(CODES)}")
    for code in texts:
        if code not in CODES:
            raise _fault_at(kind, texts, code, f"{name}: {code} is not a language of the site")
    for code in CODES:
        if not isinstance(texts.get(code), str) or not texts[code].strip():
            raise _fault_at(kind, item, name, f"{name}: the text in {code} is missing")
    return {column(name, code): texts[code].strip() for code in CODES}


def _read_check_date(kind: FileKind, item: CommentedMap) -> dict[str, object]:
    """A date that is known to the day, the month or the year. 2026-02 is stored as 1 February, exact to the month."""
    text = str(item["last_checked"])
    try:
        day = date.fromisoformat(f"{text}-01-01"[:10])
        return {"last_checked": day, "check_precision": PRECISIONS[len(text)]}
    except (ValueError, KeyError) as error:
        reason = f"last_checked: {text} is no date; expected 2026, 2026-02 or 2026-02-17"
        raise _fault_at(kind, item, "last_checked", reason) from error


def _check_values(kind: FileKind, item: CommentedMap, obj: models.Model) -> None:
    try:
        obj.full_clean(exclude=[*kind.references, "checked_by"], validate_unique=False)
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        raise _fault_at(kind, item, name, f"{name}: {messages[0]}") from error


def _read_reference(kind: FileKind, item: CommentedMap, name: str, known: set[str]) -> str | None:
    value = item.get(name)
    if value is None and kind.model._meta.get_field(name).null:
        return None
    if value not in known:
        raise _fault_at(kind, item, name, f"{name}: {value} is not known")
    return value


def _read_list(kind: FileKind, item: CommentedMap, name: str, known: set[str] | None) -> list[str]:
    allowed = set(Part.values) if known is None else known
    values = item.get(name) or []
    for value in values:
        if value not in allowed:
            raise _fault_at(kind, item, name, f"{name}: {value} is not known")
    return [str(value) for value in values]


def _fault_at(kind: FileKind, item: CommentedMap, name: str, reason: str) -> DataFault:
    """A fault at the line of a field, or at the first line of the record where the field is missing."""
    line = item.lc.key(name)[0] if name in item else item.lc.line
    return DataFault(f"{kind.file}.yaml", line + 1, reason)
