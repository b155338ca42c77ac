"""Publishes the texts that the project brings along."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from victor.access import System
from victor.publishing.actions import publish, save_draft
from victor.publishing.completeness import clean_texts
from victor.publishing.models import LanguageVersion, Publishable, public_texts, text_digest
from victor.publishing.states import TextState
from victor.publishing.translation import options


def bundled_text(entry: Mapping[str, object], name: str, language: str) -> str:
    """The text of a field in one language, from an entry of a data file; empty where there is none."""
    texts = entry.get(name)
    return texts.get(language, "") if isinstance(texts, Mapping) else ""


@transaction.atomic
def publish_bundled(
    obj: Publishable, language: str, texts: Mapping[str, str], *, by: System, minor: bool = False
) -> None:
    """Save and publish a text that the project brings along. Nothing happens where it is public already."""
    texts = clean_texts(obj, texts)
    if public_texts(obj, options(type(obj)).texts, language) == texts:
        return
    publish(approve_bundled(obj, language, texts, by=by), by=by, minor=minor)
    obj.refresh_from_db()


@transaction.atomic
def approve_bundled(
    obj: Publishable, language: str, texts: Mapping[str, str], *, by: System, source: LanguageVersion | None = None
) -> LanguageVersion:
    """Save a text that the project brings along as approved, for a person to publish later.

    `source`: the prepared text that this one translates.
    """
    basis = {name: text_digest(text) for name, text in source.fields.items()} if source else None
    version = save_draft(obj, language, texts, by=by, basis=basis)
    version.state = TextState.APPROVED
    version.save()
    return version
