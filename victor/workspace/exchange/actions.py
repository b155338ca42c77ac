"""What becomes of texts that come back from translators' own programs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from victor.access import Actor, account_of, require
from victor.publishing import actions as publishing_actions
from victor.publishing.errors import EditConflict, UnreadableFile
from victor.publishing.exchange import read_exchange
from victor.publishing.models import SOURCE, LanguageVersion, Publishable, PublishedVersion, text_digest
from victor.publishing.richtext import find_losses
from victor.publishing.source_tracking import followed_digests
from victor.publishing.states import ExchangeFault, TextState
from victor.publishing.translation import objects_of, options, publishable_models, text_field
from victor.publishing.translation_units import (
    TranslationUnit,
    check_translation,
    is_same_text,
    restore_tags,
    short_digest,
    without_codes,
)

Name = tuple[str, int, int]  # kind, number and revision


@dataclass(frozen=True)
class TextNote:
    """What is to be said of one text of a file: its page and field, the line in the file, and the reason."""

    page: str
    field: str | Promise
    line: int
    reason: str | Promise = ""


@dataclass
class ImportResult:
    """What became of the things in a file: written as drafts, as they were, or left alone since ours is newer.

    `refused` texts were not taken, each for its reason. `unfinished` ones were left out, since the file says that they
    are. Of `cleaned` ones something was taken away.
    """

    saved: list[Publishable] = field(default_factory=list)
    same: list[Publishable] = field(default_factory=list)
    newer: list[Publishable] = field(default_factory=list)
    refused: list[TextNote] = field(default_factory=list)
    unfinished: list[TextNote] = field(default_factory=list)
    cleaned: list[TextNote] = field(default_factory=list)


@dataclass(frozen=True)
class Sources:
    """The published sources of an object, to find the one that a unit follows."""

    versions: list[PublishedVersion]

    def text_of(self, unit: TranslationUnit) -> str:
        """Our source beside a unit: of the number that it names, else the newest with the same words."""
        named = [version for version in self.versions if version.number == unit.source_number]
        texts = [version.fields.get(unit.field, "") for version in named or self.versions]
        same = (text for text in texts if named or is_same_text(text, unit.source))
        return next(same, texts[0] if texts else "")

    def digest_followed(self, unit: TranslationUnit) -> str:
        """The digest of the source that a unit translates."""
        digests = followed_digests(self.versions, unit.source_number) if unit.source_number else None
        if digests and unit.field in digests:
            return digests[unit.field]
        text = self.text_of(unit)
        return text_digest(text if is_same_text(text, unit.source) else unit.source)


def import_translations(data: bytes, *, language: str, by: Actor) -> ImportResult:
    """Write what came back as drafts: each text that has no fault.

    Raises:
        UnreadableFile: the file as a whole; with the line and the reason.
    """
    require(by, "publishing.write", LanguageVersion(language=language))
    result = ImportResult()
    sent: dict[Name, dict[str, TranslationUnit]] = defaultdict(dict)
    for unit in read_exchange(data, language=language):
        texts = sent[unit.kind, unit.pk, unit.revision]
        first = texts.setdefault(unit.field, unit)
        if unit.fault or first.target != unit.target:
            reason = unit.fault or ExchangeFault.TWICE
            result.refused.append(TextNote("", unit.field, unit.line, reason.label))
    _import_units({name: list(texts.values()) for name, texts in sent.items()}, language, by, result)
    return result


@transaction.atomic
def _import_units(sent: Mapping[Name, list[TranslationUnit]], language: str, by: Actor, result: ImportResult) -> None:
    for (kind, pk, revision), units in sent.items():
        model = publishable_models().get(kind)
        obj = objects_of(model).filter(pk=pk).first() if model else None
        if obj is not None:
            _TextImport(obj, language, revision, by, result).run(units)
        elif kind:
            result.refused += [TextNote(unit.source, unit.field, unit.line, ExchangeFault.NAME.label) for unit in units]


class _TextImport:
    """The way of one object's texts from a file into its draft."""

    def __init__(self, obj: Publishable, language: str, revision: int, by: Actor, result: ImportResult) -> None:
        self.obj, self.revision, self.by, self.result = obj, revision, by, result
        version = LanguageVersion.objects.of(obj).filter(language=language).first()
        self.version = version or LanguageVersion(object=obj, language=language)
        self.sources = Sources(list(obj.published_versions.filter(language=SOURCE).order_by("-number")))
        self.rich = options(type(obj)).rich

    def run(self, units: Iterable[TranslationUnit]) -> None:
        """Save what has changed, where nobody else has been there since."""
        noted = len(self.result.refused) + len(self.result.unfinished)
        taken = list(self._units_to_take(units))
        if not taken:
            if noted == len(self.result.refused) + len(self.result.unfinished):
                self.result.same.append(self.obj)
        elif self._is_changed_by_others():
            self.result.newer.append(self.obj)
        else:
            self._save(taken)

    def _units_to_take(self, units: Iterable[TranslationUnit]) -> Iterator[TranslationUnit]:
        for unit in units:
            if unit.field not in options(type(self.obj)).texts:
                self._refuse(unit, ExchangeFault.NAME.label)
            elif unit.target.strip():
                restored = self._with_our_tags(unit)
                if self._is_news(restored) and self._is_sound(restored):
                    yield restored

    def _with_our_tags(self, unit: TranslationUnit) -> TranslationUnit:
        return restore_tags(unit, self.sources.text_of(unit)) if unit.field in self.rich else without_codes(unit)

    def _is_news(self, unit: TranslationUnit) -> bool:
        """Whether the file says something that the draft does not say. What it calls unfinished is noted only."""
        ours = self.version.fields.get(unit.field, "")
        is_same = is_same_text(unit.target, ours) or short_digest(unit.target) == unit.digest
        if unit.is_unfinished:
            if not is_same:
                self.result.unfinished.append(self._note(unit))
            return False
        if not is_same:
            return True
        follows = self.version.basis.get(unit.field) == self.sources.digest_followed(unit)
        return bool(unit.digest) and unit.is_finished and not follows and is_same_text(unit.target, ours)

    def _is_sound(self, unit: TranslationUnit) -> bool:
        limit = text_field(type(self.obj), unit.field).max_length
        length = len(unit.target.strip())
        if limit and length > limit:
            reason = _("The translation has %(length)d characters. At most %(limit)d fit here.")
            self._refuse(unit, reason % {"length": length, "limit": limit})
            return False
        try:
            check_translation(unit)
        except UnreadableFile as fault:
            self._refuse(unit, fault.fault.label)
            return False
        return True

    def _is_changed_by_others(self) -> bool:
        """Whether somebody else has written or approved the text since the file was made."""
        if self.version.state == TextState.APPROVED:
            return True
        if self.revision == self.version.revision:
            return False
        author = account_of(self.by)
        is_own = author is not None and self.version.author_id == author.pk
        return not (is_own and self.version.author_since <= self.revision <= self.version.revision)

    def _save(self, taken: list[TranslationUnit]) -> None:
        basis = dict.fromkeys(options(type(self.obj)).texts, text_digest("")) | self.version.basis
        basis |= {unit.field: self.sources.digest_followed(unit) for unit in taken}
        try:
            publishing_actions.save_draft(
                self.obj,
                self.version.language,
                self.version.fields | {unit.field: unit.target for unit in taken},
                by=self.by,
                revision=self.version.revision,
                basis=basis,
            )
        except EditConflict:
            self.result.newer.append(self.obj)
        else:
            self.result.saved.append(self.obj)
            self._note_losses(taken)

    def _note_losses(self, taken: Iterable[TranslationUnit]) -> None:
        for unit in taken:
            if unit.field in self.rich and (losses := find_losses(unit.target)):
                self.result.cleaned.append(self._note(unit, ", ".join(map(str, losses))))

    def _refuse(self, unit: TranslationUnit, reason: str | Promise) -> None:
        self.result.refused.append(self._note(unit, reason))

    def _note(self, unit: TranslationUnit, reason: str | Promise = "") -> TextNote:
        names = options(type(self.obj)).texts
        label = text_field(type(self.obj), unit.field).verbose_name if unit.field in names else unit.field
        return TextNote(str(self.obj), label, unit.line, reason)
