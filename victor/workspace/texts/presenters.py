"""A text that somebody has opened: what stands beside it, what it follows, and what can be done with it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.conf import settings
from django.forms import BaseForm, BoundField
from django.utils.translation import gettext as _
from django.utils.translation import override

from victor.publishing.accessibility_hints import hints
from victor.publishing.comparison import Piece, compare
from victor.publishing.glossary import Term, terms_in
from victor.publishing.models import SOURCE, LanguageVersion, Publishable, PublishedVersion, text_digest
from victor.publishing.overdue_texts import find_missing
from victor.publishing.rendering import render_rich
from victor.publishing.states import MOVES, READ_BY_OTHERS, TextMove
from victor.publishing.translation import options, text_field
from victor.stored_names import stored_name


class LockedText(Exception):
    """Somebody else is reading this text. It is taken back before it is changed."""


@dataclass(frozen=True)
class TextRow:
    """One text: the source with what changed in it since the translation, and the field to write in.

    `source_html` is the source as readers see it, where it is rich. `text` and `text_html` are what is stored, for a
    text that is locked.
    """

    source: str
    source_html: str
    changes: list[Piece]
    rich: bool
    field: BoundField
    text: str
    text_html: str


@dataclass(frozen=True)
class VersionWithChanges:
    """A version that was public, compared with the one before it."""

    version: PublishedVersion
    changes: list[tuple[str, list[Piece]]]


class TextEditor:
    """A thing, and the work on it in one language."""

    def __init__(self, obj: Publishable, version: LanguageVersion) -> None:
        self.obj, self.version = obj, version
        self.kind = stored_name(obj)
        self.language_name = dict(settings.CONTENT_LANGUAGES)[version.language]
        self.names = options(type(obj)).texts
        self.rich = options(type(obj)).rich
        sources = obj.published_versions.filter(language=SOURCE)
        self.source: PublishedVersion | None = sources.order_by("-number").first()  # the one that is public now

    @property
    def is_source(self) -> bool:
        """Whether this is the language from which the others are translated."""
        return self.version.language == SOURCE

    @property
    def is_locked(self) -> bool:
        """Whether others are reading it, or have approved it, so that nobody writes before it is taken back."""
        return self.version.state in READ_BY_OTHERS

    @property
    def needed(self) -> Collection[str]:
        """The texts without which nobody can review it."""
        return options(type(self.obj)).required_texts

    @property
    def public_url(self) -> str:
        """The public page in the language of this text, whatever the reader's language is."""
        with override(self.version.language):
            return str(cast("Any", self.obj).get_absolute_url())

    def has_fields(self, data: Mapping[str, object]) -> bool:
        """Whether the fields of the text were sent, not only a button."""
        return any(name in data for name in self.names)

    @property
    def initial(self) -> dict[str, object]:
        """What the form shows first."""
        number = self.source.number if self.source else None
        return {"revision": self.version.revision, "source": number} | self.version.fields

    @property
    def moves(self) -> set[str]:
        """What can be done from here."""
        possible = {move.value for move, (starts, _leads_to) in MOVES.items() if self.version.state in starts}
        return possible - ({TextMove.UNPUBLISH.value} if self.version.published_at is None else set())

    def source_numbered(self, number: int | None) -> PublishedVersion | None:
        """The published source of this number."""
        return self.obj.published_versions.filter(language=SOURCE, number=number).first() if number else None

    def basis_of(self, source: PublishedVersion | None) -> dict[str, str]:
        """The marks of a source's texts."""
        return {name: text_digest(source.fields.get(name, "") if source else "") for name in self.names}

    def rows(self, form: BaseForm) -> list[TextRow]:
        """Each text beside its source."""
        sources = {name: self._source_text(name) for name in self.names}
        html = render_rich({name: sources[name] for name in self.rich})
        texts = {name: self.version.fields.get(name, "") for name in self.names}
        texts_html = render_rich({name: texts[name] for name in self.rich}) if self.is_locked else {}
        return [
            TextRow(
                source,
                html.get(name, ""),
                self._changes(name),
                name in self.rich,
                form[name],
                texts[name],
                texts_html.get(name, ""),
            )
            for name, source in sources.items()
        ]

    def terms(self) -> list[Term]:
        """The partnership's terms in the source."""
        if self.is_source or self.source is None:
            return []
        source = " ".join(self.source.fields.values())
        return list(terms_in(source, self.version.language, " ".join(self.version.fields.values())))

    def hints(self) -> list[str]:
        """What somebody who reads with a screen reader, or in a hurry, will stumble over."""
        return [hint for name in self.rich for hint in hints(self.version.fields.get(name, ""))]

    def missing_when_due(self) -> list[str]:
        """What the text lacked when the clock was to publish it; nothing where it is not overdue."""
        return find_missing(self.version) if self.version.overdue_since else []

    def history(self) -> list[VersionWithChanges]:
        """Every published version, the newest first."""
        versions = list(self.obj.published_versions.filter(language=self.version.language).order_by("-number"))
        earlier: list[dict[str, str]] = [*(version.fields for version in versions[1:]), {}]
        return [
            VersionWithChanges(version, self._changes_between(before, version.fields))
            for version, before in zip(versions, earlier, strict=False)  # one more where nothing was published
        ]

    def _changes_between(self, before: dict[str, str], after: dict[str, str]) -> list[tuple[str, list[Piece]]]:
        """Each text that differs, by its name for people."""
        return [
            (str(text_field(type(self.obj), name).verbose_name), list(compare(before.get(name, ""), text)))
            for name, text in after.items()
            if text != before.get(name, "")
        ]

    def _source_text(self, name: str) -> str:
        return "" if self.is_source or self.source is None else self.source.fields.get(name, "")

    def _changes(self, name: str) -> list[Piece]:
        """What changed in the source since the translation; nothing where it follows, or where it cannot be known."""
        followed = self.version.basis.get(name)
        if self.is_source or not followed or followed == text_digest(self._source_text(name)):
            return []
        for version in self.obj.published_versions.filter(language=SOURCE):
            if text_digest(version.fields.get(name, "")) == followed:
                return list(compare(version.fields.get(name, ""), self._source_text(name)))
        return []


def state_of(version: LanguageVersion) -> dict[str, str]:
    """The state for the badge of the page: its name and its words."""
    return {"state": version.displayed_state, "words": str(version.displayed_state.label)}


def move_message(move: str) -> str:
    """What a move has done, in words."""
    return {
        "submit": _("The text has been sent for review."),
        "send_back": _("The text has been returned to its author."),
        "take_back": _("You can write on: the text is a draft again, and nobody reviews it."),
        "approve": _("The text has been approved."),
        "publish": _("The text has been published."),
        "unpublish": _("The text has been unpublished."),
    }[move]
