"""What can happen to texts: saved, submitted, approved, published, taken back and brought back, one language a time.

Whoever changes a text locks its row; whoever publishes locks the rows of all languages of the thing, in one order.
Public columns of another language are never touched.
"""

from __future__ import annotations

from collections.abc import Mapping

from victor.publishing.models import SOURCE, LanguageVersion, Publishable, public_texts, text_digest
from victor.publishing.translation import options


def source_digests(obj: Publishable) -> dict[str, str]:
    public = public_texts(obj, options(type(obj)).texts, SOURCE)
    return {name: text_digest(text) for name, text in public.items()}


def is_outdated(version: LanguageVersion, source: Mapping[str, str]) -> bool:
    """Whether a public source has moved on since."""
    if version.language == SOURCE or version.published_at is None or source["title"] == text_digest(""):
        return False
    unwritten = text_digest("")  # a text that its model has gained since
    return any(version.basis.get(name, unwritten) != mark for name, mark in source.items())


def keep_in_step(versions: Mapping[str, LanguageVersion], before: Mapping[str, str], after: Mapping[str, str]) -> None:
    """Let the translations that followed the source before follow it still."""
    for version in versions.values():
        version.basis = {
            name: after.get(name, mark) if mark == before.get(name) else mark for name, mark in version.basis.items()
        }


def mark_outdated(versions: Mapping[str, LanguageVersion], source: Mapping[str, str]) -> None:
    """Find out which translations the source leaves behind."""
    for language, version in versions.items():
        if language != SOURCE:
            version.outdated = is_outdated(version, source)
            version.save(update_fields=["basis", "outdated"])
