"""What can happen to texts: saved, submitted, approved, published, taken back and brought back, one language a time.

Whoever changes a text locks its row; whoever publishes locks the rows of all languages of the thing, in one order.
Public columns of another language are never touched.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from victor.access import System
from victor.publishing.actions import publish, save_draft
from victor.publishing.completeness import clean_texts
from victor.publishing.models import LanguageVersion, Publishable, public_texts, text_digest
from victor.publishing.states import TextState
from victor.publishing.translation import options


@transaction.atomic
def publish_bundled(
    obj: Publishable, language: str, texts: Mapping[str, str], *, by: System, minor: bool = False
) -> None:
    """Save and publish what the portal itself brings along; nothing happens where it is public already."""
    texts = clean_texts(obj, texts)
    if public_texts(obj, options(type(obj)).texts, language) == texts:
        return
    publish(approve_bundled(obj, language, texts, by=by), by=by, minor=minor)
    obj.refresh_from_db()


@transaction.atomic
def approve_bundled(
    obj: Publishable, language: str, texts: Mapping[str, str], *, by: System, source: LanguageVersion | None = None
) -> LanguageVersion:
    """Save what the portal itself brings along as approved: whoever may makes it public when its time has come.

    `source`: the prepared text of which this one is the translation.
    """
    basis = {name: text_digest(text) for name, text in source.fields.items()} if source else None
    version = save_draft(obj, language, texts, by=by, basis=basis)
    version.state = TextState.APPROVED
    version.save()
    return version
