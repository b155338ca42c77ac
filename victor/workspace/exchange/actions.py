"""What becomes of texts that come back from translators' own programs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction

from victor.access import Actor
from victor.publishing import actions as publishing_actions
from victor.publishing import exchange
from victor.publishing.errors import EditConflict, UnreadableFile
from victor.publishing.exchange import TranslationUnit
from victor.publishing.models import LanguageVersion, Publishable, text_digest
from victor.publishing.states import ExchangeFault, TextState
from victor.publishing.translation import objects_of, options, publishable_models, text_field


@dataclass
class ImportResult:
    """What became of the things in a file: written as drafts, as they were, or left alone since ours is newer."""

    saved: list[Publishable] = field(default_factory=list)
    same: list[Publishable] = field(default_factory=list)
    newer: list[Publishable] = field(default_factory=list)


def import_translations(data: bytes, *, language: str, by: Actor) -> ImportResult:
    """Write what came back as drafts: all of it, or nothing.

    Raises:
        UnreadableFile: the file, or a text in it; with the line and the reason.
    """
    taken, sent = ImportResult(), defaultdict(list)
    for unit in exchange.read_exchange(data, language=language):
        sent[unit.kind, unit.pk, unit.revision].append(unit)
    _import_units(sent, language, by, taken)
    return taken


@transaction.atomic
def _import_units(
    sent: Mapping[tuple[str, int, int], list[TranslationUnit]], language: str, by: Actor, taken: ImportResult
) -> None:
    for (kind, pk, revision), units in sent.items():
        obj, version = _find_text(kind, pk, language, units)
        _import_text(obj, version, revision, units, by, taken)


def _find_text(kind: str, pk: int, language: str, units: list[TranslationUnit]) -> tuple[Publishable, LanguageVersion]:
    model = publishable_models().get(kind)
    obj = objects_of(model).filter(pk=pk).first() if model else None
    if obj is None or not {unit.field for unit in units} <= set(options(type(obj)).texts):
        raise UnreadableFile(units[0].line, ExchangeFault.NAME)
    version = LanguageVersion.objects.of(obj).filter(language=language).first()
    return obj, version or LanguageVersion(object=obj, language=language)


def _import_text(
    obj: Publishable,
    version: LanguageVersion,
    revision: int,
    units: list[TranslationUnit],
    by: Actor,
    taken: ImportResult,
) -> None:
    changed = [unit for unit in units if unit.target.strip() != version.fields.get(unit.field, "")]
    if not changed:
        taken.same.append(obj)
    elif revision != version.revision or version.state == TextState.APPROVED:
        taken.newer.append(obj)
    else:
        _refuse_faults(obj, changed)
        try:
            publishing_actions.save_draft(
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


def _refuse_faults(obj: Publishable, changed: Iterable[TranslationUnit]) -> None:
    for unit in changed:
        most = text_field(type(obj), unit.field).max_length
        if most and len(unit.target.strip()) > most:
            raise UnreadableFile(unit.line, ExchangeFault.TOO_LONG)
        if unit.target:
            exchange.check_translation(unit)


def _texts(version: LanguageVersion, changed: Iterable[TranslationUnit]) -> dict[str, str]:
    return version.fields | {unit.field: unit.target for unit in changed}


def _basis(obj: Publishable, version: LanguageVersion, units: Iterable[TranslationUnit]) -> dict[str, str]:
    """A text follows the source that stood beside it in the file; one that the file lacks follows what it did."""
    empty = dict.fromkeys(options(type(obj)).texts, text_digest(""))
    return empty | version.basis | {unit.field: text_digest(unit.source) for unit in units}
