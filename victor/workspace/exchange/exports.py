"""Texts sent out to translators' own programs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

from victor.accounts.models import User
from victor.languages import CODES
from victor.publishing.models import (
    SOURCE,
    LanguageVersion,
    Publishable,
    PublishedVersion,
    public_texts,
    text_digest,
)
from victor.publishing.states import TextState
from victor.publishing.translation import objects_of, options, publishable_models, text_field
from victor.publishing.translation_units import TranslationUnit, short_digest


def target_languages(user: User) -> list[str]:
    """The languages into which a person may translate."""
    return [
        code for code in CODES if code != SOURCE and user.has_perm("publishing.write", LanguageVersion(language=code))
    ]


def export_translations(language: str, *, kind: str = "", unfinished: bool = False) -> Iterator[TranslationUnit]:
    """Every public source with its translation into this language, and how far that is.

    `kind`: only things of this kind; `unfinished`: only what is not yet public as it should be.
    """
    for name, model in publishable_models().items():
        if kind in ("", name):
            versions = {v.object_id: v for v in LanguageVersion.objects.of_model(model).filter(language=language)}
            sources = _published_sources(model)
            for obj in objects_of(model).order_by("slug"):
                version = versions.get(obj.pk) or LanguageVersion(object=obj, language=language)
                if not (unfinished and version.pk and version.displayed_state == TextState.PUBLISHED):
                    yield from _units(name, obj, version, sources[obj.pk])


def _published_sources(model: type[Publishable]) -> Mapping[int, list[PublishedVersion]]:
    """Every source that was public, the newest first, by object."""
    sources = defaultdict(list)
    content_type = ContentType.objects.get_for_model(model)
    for version in PublishedVersion.objects.filter(content_type=content_type, language=SOURCE).order_by("-number"):
        sources[version.object_id].append(version)
    return sources


def _units(
    kind: str, obj: Publishable, version: LanguageVersion, sources: list[PublishedVersion]
) -> Iterator[TranslationUnit]:
    names = options(type(obj)).texts
    for name, source in public_texts(obj, names, SOURCE).items():
        if source:
            target = version.fields.get(name, "")
            is_outdated = bool(target) and version.basis.get(name, text_digest("")) != text_digest(source)
            limit = text_field(type(obj), name).max_length
            yield TranslationUnit(
                kind,
                obj.pk,
                version.revision,
                name,
                source,
                target,
                source_number=sources[0].number if sources else 0,
                digest=short_digest(target),
                state=_state(version, is_outdated=is_outdated),
                limit=limit,
                note=_note(obj, name, limit),
                previous=_followed_source(sources, name, version.basis.get(name, "")) if is_outdated else "",
            )


def _state(version: LanguageVersion, *, is_outdated: bool) -> TextState:
    if version.pk is None:
        return TextState.MISSING
    return TextState.OUTDATED if is_outdated else TextState(version.state)


def _note(obj: Publishable, name: str, limit: int | None) -> str:
    """Where the text stands, and how long it may be."""
    place = f"{obj}: {text_field(type(obj), name).verbose_name}"
    return _("%(place)s. At most %(limit)d characters.") % {"place": place, "limit": limit} if limit else place


def _followed_source(sources: Iterable[PublishedVersion], name: str, digest: str) -> str:
    """The text of the source that a translation follows; empty where it was never public."""
    texts = (version.fields.get(name, "") for version in sources)
    return next((text for text in texts if text_digest(text) == digest), "")
