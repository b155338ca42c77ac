"""What can happen to texts: saved, submitted, approved, published, taken back and brought back, one language a time.

Whoever changes a text locks its row; whoever publishes locks the rows of all languages of the thing, in one order.
Public columns of another language are never touched.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from victor.access import System, require
from victor.audit.actions import record
from victor.languages import column
from victor.publishing.completeness import clean_texts, refuse_incomplete
from victor.publishing.errors import EditConflict, MoveNotPossible, NotPublished, OwnWork
from victor.publishing.models import SOURCE, LanguageVersion, OldSlug, Publishable, PublishedVersion, text_digest
from victor.publishing.publication_checks import CONDITIONS, REQUIREMENTS
from victor.publishing.search_index import update_index
from victor.publishing.source_tracking import is_outdated, keep_in_step, mark_outdated, source_digests
from victor.publishing.states import MOVES, TextMove, TextState
from victor.publishing.translation import options


@transaction.atomic
def save_draft(
    obj: Publishable,
    language: str,
    texts: Mapping[str, str],
    *,
    by: Any,
    revision: int | None = None,
    basis: Mapping[str, str] | None = None,
    machine: bool = False,
) -> LanguageVersion:
    """Keep what was written as a draft; what is public stays as it is.

    `revision` is the one that the writer had opened, `basis` the digests of the source that stood beside it (by
    default the source that is public now). `machine`: no person has read it yet.

    Raises:
        EditConflict: somebody else has saved since.
    """
    version = _lock_version(obj, language)
    require(by, "publishing.write", version)
    if revision is not None and revision != version.revision:
        raise EditConflict(version)
    _move(version, TextMove.SAVE)
    version.state = TextState.MACHINE if machine else TextState.DRAFT
    version.fields = clean_texts(obj, texts)
    version.basis = dict(source_digests(obj) if basis is None else basis) if language != SOURCE else {}
    version.author, version.reviewer = _person_or_none(by), None
    version.revision += 1
    version.save()
    return version


@transaction.atomic
def submit(version: LanguageVersion, *, by: Any) -> LanguageVersion:
    """Ask for the review of a text that is whole.

    Raises:
        Incomplete: a required text lacks.
        NotPossible: it is in review already.
    """
    version = _lock_version(version.object, version.language)
    require(by, "publishing.write", version)
    refuse_incomplete(version)
    return _move_and_record(version, TextMove.SUBMIT, by)


@transaction.atomic
def send_back(version: LanguageVersion, *, by: Any) -> LanguageVersion:
    """Give a text back to its author."""
    version = _lock_version(version.object, version.language)
    require(by, "publishing.review", version)
    return _move_and_record(version, TextMove.SEND_BACK, by)


@transaction.atomic
def approve(version: LanguageVersion, *, by: Any) -> LanguageVersion:
    """Find a text good; a copy of it that was opened or sent out before is an older one from now on.

    Raises:
        OwnWork: `by` wrote it, and the model asks for four eyes.
        NotPossible: it is not in review.
    """
    version = _lock_version(version.object, version.language)
    require(by, "publishing.review", version)
    if options(type(version.object)).four_eyes and version.author_id and version.author == by:
        raise OwnWork
    version.reviewer = _person_or_none(by)
    version.revision += 1
    return _move_and_record(version, TextMove.APPROVE, by)


@transaction.atomic
def publish(version: LanguageVersion, *, by: Any, minor: bool = False) -> PublishedVersion:
    """Make an approved text public, keep it for ever, and find out which translations it leaves behind.

    `minor`: a change of the source that no translation has to follow.

    Raises:
        Incomplete: something lacks without which nothing goes public.
        NotPossible: it is not approved, or somebody else was first.
    """
    obj = version.object
    versions = _lock_versions(obj)
    version = versions[version.language]
    require(by, "publishing.publish", version)
    _move(version, TextMove.PUBLISH)
    refuse_incomplete(version, [*REQUIREMENTS, *CONDITIONS])
    before = source_digests(obj)
    public = {column(name, version.language): text or None for name, text in version.fields.items()}
    type(obj).objects.filter(pk=obj.pk).update(**public)
    vars(obj).update(public)
    version.published_at, version.publish_at = version.published_at or timezone.now(), None
    version.outdated = is_outdated(version, source_digests(obj))
    version.save()
    if version.language == SOURCE:
        after = source_digests(obj)
        if minor:
            keep_in_step(versions, before, after)
        mark_outdated(versions, after)
    kept = _store_published(version, minor=minor)
    update_index(obj, [version.language])
    record("text.published", obj, by=by, language=version.language, number=kept.number, minor=minor)
    return kept


@transaction.atomic
def schedule_publication(
    version: LanguageVersion, *, by: Any, publish_at: datetime | None, unpublish_at: datetime | None
) -> LanguageVersion:
    """Let the clock make a text public, or take it back; None: not by the clock."""
    version = _lock_version(version.object, version.language)
    require(by, "publishing.publish", version)
    version.publish_at, version.unpublish_at = publish_at, unpublish_at
    version.save()
    record("text.scheduled", version.object, by=by, language=version.language)
    return version


@transaction.atomic
def unpublish(version: LanguageVersion, *, by: Any) -> LanguageVersion:
    """Take a text back from the public; the work on it stays.

    Raises:
        NotPublished: it is not public.
    """
    obj = version.object
    versions = _lock_versions(obj)
    version = versions[version.language]
    require(by, "publishing.publish", version)
    if version.published_at is None:
        raise NotPublished
    type(obj).objects.filter(pk=obj.pk).update(
        **{column(name, version.language): None for name in options(type(obj)).texts}
    )
    version.published_at = version.unpublish_at = None
    version.outdated = False
    if version.state == TextState.PUBLISHED:
        _move(version, TextMove.UNPUBLISH)
    version.save()
    if version.language == SOURCE:
        mark_outdated(versions, {name: text_digest("") for name in version.fields})
    obj.refresh_from_db()
    update_index(obj, [version.language])
    record("text.unpublished", obj, by=by, language=version.language)
    return version


def restore_version(kept: PublishedVersion, *, by: Any, revision: int | None = None) -> LanguageVersion:
    """Make a text that was public once the draft of today; its way to the public is that of any draft."""
    return save_draft(kept.object, kept.language, kept.fields, by=by, revision=revision, basis=kept.basis)


@transaction.atomic
def change_slug(obj: Publishable, slug: str, *, by: Any) -> None:
    """Give a thing another address; the old one leads to it for ever."""
    require(by, "publishing.rename", obj)
    kind = ContentType.objects.get_for_model(obj)
    OldSlug.objects.filter(content_type=kind, slug=slug).delete()
    OldSlug.objects.update_or_create(content_type=kind, slug=obj.slug, defaults={"object_id": obj.pk})
    obj.slug = slug
    obj.save(update_fields=["slug"])
    update_index(obj)
    record("address.changed", obj, by=by, slug=slug)


def _lock_version(obj: Publishable, language: str) -> LanguageVersion:
    kind = ContentType.objects.get_for_model(obj)
    version, _created = LanguageVersion.objects.select_for_update().get_or_create(
        content_type=kind, object_id=obj.pk, language=language
    )
    return version


def _lock_versions(obj: Publishable) -> dict[str, LanguageVersion]:
    rows = LanguageVersion.objects.of(obj).select_for_update().order_by("language")
    for version in rows:
        version.object = obj
    return {each.language: each for each in rows}


def _move(version: LanguageVersion, move: TextMove) -> None:
    starts, leads_to = MOVES[move]
    if version.state not in starts:
        raise MoveNotPossible(move, TextState(version.state))
    version.state = leads_to


def _move_and_record(version: LanguageVersion, move: TextMove, by: Any) -> LanguageVersion:
    _move(version, move)
    version.save()
    record(f"text.{move}", version.object, by=by, language=version.language)
    return version


def _store_published(version: LanguageVersion, *, minor: bool) -> PublishedVersion:
    same = {"content_type_id": version.content_type_id, "object_id": version.object_id, "language": version.language}
    last = PublishedVersion.objects.filter(**same).aggregate(last=Max("number"))["last"] or 0
    return PublishedVersion.objects.create(
        **same,
        number=last + 1,
        fields=version.fields,
        basis=version.basis,
        minor=minor,
        author=version.author,
        reviewer=version.reviewer,
        published_at=timezone.now(),
    )


def _person_or_none(by: Any) -> Any:
    return None if isinstance(by, System) else by
