"""Finds translations that no longer follow their source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from victor.publishing.models import (
    SOURCE,
    LanguageVersion,
    Publishable,
    PublishedVersion,
    public_texts,
    text_digest,
)
from victor.publishing.translation import options


def source_digests(obj: Publishable) -> dict[str, str]:
    """The digests of the public source texts, by field name."""
    public = public_texts(obj, options(type(obj)).texts, SOURCE)
    return {name: text_digest(text) for name, text in public.items()}


def is_outdated(version: LanguageVersion, source: Mapping[str, str]) -> bool:
    """Whether a public translation follows another source than this one. `source` holds digests by field name."""
    if version.language == SOURCE or version.published_at is None or source["title"] == text_digest(""):
        return False
    empty = text_digest("")  # the basis of a field that was added to the model since
    return any(version.basis.get(name, empty) != digest for name, digest in source.items())


def keep_in_step(versions: Mapping[str, LanguageVersion], before: Mapping[str, str], after: Mapping[str, str]) -> None:
    """Change the basis of translations that followed the source, so that they still do after a minor change."""
    for version in versions.values():
        version.basis = {
            name: after.get(name, digest) if digest == before.get(name) else digest
            for name, digest in version.basis.items()
        }


def mark_outdated(versions: Mapping[str, LanguageVersion], source: Mapping[str, str]) -> None:
    """Mark the translations that do not follow the source. Save all of them."""
    for language, version in versions.items():
        if language != SOURCE:
            version.outdated = is_outdated(version, source)
            version.save(update_fields=["basis", "outdated"])


def followed_digests(versions: Iterable[PublishedVersion], number: int) -> dict[str, str] | None:
    """What a translation of the published source of this number follows today: minor changes since count as read.

    `versions` are the published sources of one object. None where none has this number.
    """
    ordered = sorted(versions, key=lambda version: version.number)
    start = next((version for version in ordered if version.number == number), None)
    if start is None:
        return None
    digests = {name: text_digest(text) for name, text in start.fields.items()}
    before = digests
    for version in ordered[ordered.index(start) + 1 :]:
        after = {name: text_digest(text) for name, text in version.fields.items()}
        if version.minor:
            digests = {
                name: after.get(name, digest) if digest == before.get(name) else digest
                for name, digest in digests.items()
            }
        before = after
    return digests
