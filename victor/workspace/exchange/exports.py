"""Texts sent out to translators' own programs."""

from __future__ import annotations

from collections.abc import Iterator

from victor.accounts.models import User
from victor.languages import CODES
from victor.publishing.exchange import TranslationUnit
from victor.publishing.models import SOURCE, LanguageVersion, Publishable, public_texts
from victor.publishing.states import TextState
from victor.publishing.translation import objects_of, options, publishable_models


def target_languages(user: User) -> list[str]:
    """The languages into which a person may translate."""
    return [
        code for code in CODES if code != SOURCE and user.has_perm("publishing.write", LanguageVersion(language=code))
    ]


def export_translations(language: str, *, kind: str = "", unfinished: bool = False) -> Iterator[TranslationUnit]:
    """Every public source with its translation into this language.

    `kind`: only things of this kind; `unfinished`: only what is not yet public as it should be.
    """
    for name, model in publishable_models().items():
        if kind in ("", name):
            versions = {v.object_id: v for v in LanguageVersion.objects.of_model(model).filter(language=language)}
            for obj in objects_of(model).order_by("slug"):
                version = versions.get(obj.pk) or LanguageVersion(object=obj, language=language)
                if not (unfinished and version.pk and version.displayed_state == TextState.PUBLISHED):
                    yield from _units(name, obj, version)


def _units(kind: str, obj: Publishable, version: LanguageVersion) -> Iterator[TranslationUnit]:
    names = options(type(obj)).texts
    for name, source in public_texts(obj, names, SOURCE).items():
        if source:
            yield TranslationUnit(kind, obj.pk, version.revision, name, source, version.fields.get(name, ""))
