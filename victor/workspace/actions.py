"""What becomes of texts that come back from translators' own programs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from victor.publishing import actions, exchange
from victor.publishing.errors import EditConflict, Unreadable
from victor.publishing.exchange import Unit
from victor.publishing.models import LanguageVersion, Publishable, digest
from victor.publishing.states import Fault, State
from victor.publishing.translation import options, publishable_models


@dataclass
class Taken:
    """What became of the things in a file: written as drafts, as they were, or left alone since ours is newer."""

    saved: list[Publishable] = field(default_factory=list)
    same: list[Publishable] = field(default_factory=list)
    newer: list[Publishable] = field(default_factory=list)


@transaction.atomic
def take_in(data: bytes, *, language: str, by: Any) -> Taken:
    """Write what came back as drafts: all of it, or nothing.

    Raises:
        Unreadable: the file, or a text in it; with the line and the reason.
    """
    taken, sent = Taken(), defaultdict(list)
    for unit in exchange.read(data, language=language):
        sent[unit.kind, unit.pk, unit.revision].append(unit)
    for (kind, pk, revision), units in sent.items():
        obj, version = _found(kind, pk, language, units)
        _take(obj, version, revision, units, by, taken)
    return taken


def _found(kind: str, pk: int, language: str, units: list[Unit]) -> tuple[Publishable, LanguageVersion]:
    model: Any = publishable_models().get(kind)
    obj = model.objects.filter(pk=pk).first() if model else None
    if obj is None or not {unit.field for unit in units} <= set(options(model).texts):
        raise Unreadable(units[0].line, Fault.NAME)
    version = LanguageVersion.objects.of(obj).filter(language=language).first()
    return obj, version or LanguageVersion(object=obj, language=language)


def _take(obj: Publishable, version: LanguageVersion, revision: int, units: list[Unit], by: Any, taken: Taken) -> None:
    changed = [unit for unit in units if unit.target.strip() != version.fields.get(unit.field, "")]
    if not changed:
        taken.same.append(obj)
    elif revision != version.revision or version.state == State.APPROVED:
        taken.newer.append(obj)
    else:
        _refuse_faults(obj, changed)
        try:
            actions.save(
                obj,
                version.language,
                _texts(version, changed),
                by=by,
                revision=revision,
                basis=_basis(obj, version, units),
            )
        except EditConflict:
            taken.newer.append(obj)
        else:
            taken.saved.append(obj)


def _refuse_faults(obj: Publishable, changed: Iterable[Unit]) -> None:
    for unit in changed:
        most = obj._meta.get_field(unit.field).max_length
        if most and len(unit.target.strip()) > most:
            raise Unreadable(unit.line, Fault.TOO_LONG)
        if unit.target:
            exchange.check(unit)


def _texts(version: LanguageVersion, changed: Iterable[Unit]) -> dict[str, str]:
    return version.fields | {unit.field: unit.target for unit in changed}


def _basis(obj: Publishable, version: LanguageVersion, units: Iterable[Unit]) -> dict[str, str]:
    """A text follows the source that stood beside it in the file; one that the file lacks follows what it did."""
    empty = dict.fromkeys(options(type(obj)).texts, digest(""))
    return empty | version.basis | {unit.field: digest(unit.source) for unit in units}
