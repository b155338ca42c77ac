"""Texts × languages: what the address asks for, and a row for each thing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.db.models import Count

from victor.languages import CODES, current_language
from victor.publishing.models import LanguageVersion, Publishable
from victor.publishing.querysets import PublishableQuerySet
from victor.publishing.states import TextState
from victor.publishing.translation import objects_of, publishable_models
from victor.todo.declarations import audiences_of
from victor.todo.models import OpenItem
from victor.workspace.texts.forms import MatrixFilterForm

if TYPE_CHECKING:
    from django.http import QueryDict  # noqa: TID251 - its type only

    from victor.accounts.models import User
    from victor.todo.querysets import WorkItemQuerySet


@dataclass(frozen=True)
class MatrixFilters:
    """The kind of thing, and which of them: in a state in a language, or mine."""

    kind: str
    language: str
    state: str
    mine: bool

    @classmethod
    def read(cls, asked: QueryDict) -> MatrixFilters:
        """From the address; what it does not know is left out."""
        kinds = publishable_models()
        kind, language, state = (asked.get(name, "") for name in ("kind", "language", "state"))
        kind = kind if kind in kinds else next(iter(kinds))
        language = language if language in CODES else ""
        state = state if language and state in TextState.values else ""
        return cls(kind, language, state, mine=bool(asked.get("mine")))

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """The kinds to choose from, in words."""
        return [(name, str(model._meta.verbose_name_plural)) for name, model in publishable_models().items()]

    @property
    def form(self) -> MatrixFilterForm:
        """The same as a form, to ask for others."""
        return MatrixFilterForm(asdict(self), kinds=self.kinds)

    def apply(self, user: User) -> PublishableQuerySet:
        """What is left."""
        texts = objects_of(publishable_models()[self.kind]).for_matrix()
        if self.state:
            texts = texts.in_state(self.state, self.language)
        return texts.written_by(user) if self.mine else texts


@dataclass(frozen=True)
class LanguageWork:
    """What is to be written in a language, of all kinds: what is missing or outdated, the oldest first."""

    language: str
    number: int


def languages_to_write(user: User) -> list[LanguageWork]:
    """The languages in which a person writes, with how much is missing or outdated in each."""
    languages = _languages_of(user)
    rows = _to_write(languages).order_by().values_list("audiences").annotate(Count("pk"))
    numbers = {audience: number for audiences, number in rows for audience in audiences}
    return [LanguageWork(code, numbers.get(f"translator:{code}", 0)) for code in languages]


def preset_language(user: User, asked: QueryDict) -> str:
    """The language whose work is shown: the one asked for, else the person's, else the first. Empty for the matrix."""
    if "todo" not in asked and any(name in asked for name in ("kind", "state", "language", "mine")):
        return ""
    codes = _languages_of(user)
    wanted = (asked.get("todo", ""), *_own_languages(user), current_language())
    return next((code for code in wanted if code in codes), codes[0] if codes else "")


def _languages_of(user: User) -> list[str]:
    return [code for code in CODES if user.has_perm("publishing.write", LanguageVersion(language=code))]


def texts_to_write(language: str) -> WorkItemQuerySet:
    """The texts that are missing or outdated in a language, the oldest first."""
    return _to_write([language]).order_by("since", "pk")


def _own_languages(user: User) -> list[str]:
    audiences = [name.partition(":") for name in audiences_of(user)]
    return [language for role, _colon, language in audiences if role == "translator" and language in CODES]


def _to_write(languages: Iterable[str]) -> WorkItemQuerySet:
    audiences = [f"translator:{code}" for code in languages]
    kinds = ["publishing.missing", "publishing.outdated"]
    return OpenItem.objects.filter(audiences__overlap=audiences, kind__in=kinds)


@dataclass(frozen=True)
class Cell:
    """A thing in a language: its state, and whether something of it is public."""

    language: str
    state: TextState
    public: bool


@dataclass(frozen=True)
class MatrixRow:
    """A thing in all languages."""

    obj: Publishable
    cells: list[Cell]


def matrix_rows(objects: Iterable[Publishable]) -> list[MatrixRow]:
    """A row for each."""
    return [MatrixRow(obj, _cells({version.language: version for version in obj.versions.all()})) for obj in objects]


def _cells(versions: dict[str, LanguageVersion]) -> list[Cell]:
    return [_cell(code, versions.get(code)) for code in CODES]


def _cell(language: str, version: LanguageVersion | None) -> Cell:
    if version is None:
        return Cell(language, TextState.MISSING, public=False)
    return Cell(language, version.displayed_state, public=version.published_at is not None)
