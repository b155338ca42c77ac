"""Actions on texts: save, submit, approve, publish, unpublish and restore, one language at a time.

An action locks the row of the text. Publishing locks the rows of all languages of the object, in one order. Public
columns of other languages are never changed.

Whoever moves a text on decides on what they have read. `revision` names it, by default that of the `version` they pass.
Where the stored text has another revision, the action is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from victor.access import Actor, account_of, require
from victor.accounts.models import User
from victor.audit.actions import record
from victor.languages import column
from victor.publishing.completeness import clean_texts, refuse_incomplete
from victor.publishing.errors import EditConflict, MoveNotPossible, NotPublished, OwnWork, ReadOtherText
from victor.publishing.models import SOURCE, LanguageVersion, OldSlug, Publishable, PublishedVersion, text_digest
from victor.publishing.publication_checks import CONDITIONS, REQUIREMENTS, REVIEWER_CHECKS
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
    by: Actor,
    revision: int | None = None,
    basis: Mapping[str, str] | None = None,
    machine: bool = False,
) -> LanguageVersion:
    """Save a text as a draft. What is public stays as it is.

    `revision` is the one that the writer has edited. `basis` holds the digests of the source that was shown beside it,
    by default those of the source that is public now. `machine`: no person has read the text yet.

    Raises:
        EditConflict: somebody else has saved since.
    """
    fields = clean_texts(obj, texts)
    version = _lock_version(obj, language)
    require(by, "publishing.write", version)
    if revision is not None and revision != version.revision:
        raise EditConflict(version)
    _move(version, TextMove.SAVE)
    version.state = TextState.MACHINE if machine else TextState.DRAFT
    version.fields = fields
    version.basis = dict(source_digests(obj) if basis is None else basis) if language != SOURCE else {}
    author = account_of(by)
    if author is None or version.author_id != author.pk:
        version.author_since = version.revision
    version.author, version.reviewer = author, None
    version.revision += 1
    version.save()
    return version


@transaction.atomic
def submit(version: LanguageVersion, *, by: Actor, revision: int | None = None) -> LanguageVersion:
    """Submit a complete text for review.

    Raises:
        Incomplete: a required text is missing.
        MoveNotPossible: it is in review already.
        ReadOtherText: it has changed since it was read.
    """
    known, version = version, _lock_version(version.object, version.language)
    require(by, "publishing.write", version)
    refuse_incomplete(version)
    _move(version, TextMove.SUBMIT, revision=_revision_read(known, revision))
    return _save_and_record(version, TextMove.SUBMIT, by)


def send_back(version: LanguageVersion, *, by: Actor, revision: int | None = None) -> LanguageVersion:
    """Send a text that is in review or approved back to its author. It raises what `submit` does."""
    return _move_read(version, TextMove.SEND_BACK, "publishing.review", by=by, revision=revision)


def take_back(version: LanguageVersion, *, by: Actor, revision: int | None = None) -> LanguageVersion:
    """Take a text back to write on, from review or after its approval. It raises what `submit` does."""
    return _move_read(version, TextMove.TAKE_BACK, "publishing.write", by=by, revision=revision)


@transaction.atomic
def approve(version: LanguageVersion, *, by: Actor, revision: int | None = None) -> LanguageVersion:
    """Approve a text. Its revision is counted up, so that a copy that was opened or exported before is out of date.

    Raises:
        OwnWork: `by` wrote it, and the model requires a second person.
        ReviewerRefused: `by` is not independent of the author, or too new.
        MoveNotPossible: it is not in review.
        ReadOtherText: it has changed since it was read.
    """
    known, version = version, _lock_version(version.object, version.language)
    require(by, "publishing.review", version)
    if options(type(version.object)).four_eyes and version.author:
        _require_second_person(version, by)
    _move(version, TextMove.APPROVE, revision=_revision_read(known, revision))
    version.reviewer = account_of(by)
    version.revision += 1
    version.author_since = version.revision
    return _save_and_record(version, TextMove.APPROVE, by)


@transaction.atomic
def publish(
    version: LanguageVersion, *, by: Actor, minor: bool = False, revision: int | None = None
) -> PublishedVersion:
    """Publish an approved text, store the version for ever, and mark the translations that are outdated now.

    `minor`: a change of the source that no translation has to follow.

    Raises:
        Incomplete: something is missing without which nothing is published.
        MoveNotPossible: it is not approved, or somebody else has published it.
        ReadOtherText: it has changed since it was read.
    """
    obj, revision = version.object, _revision_read(version, revision)
    versions = _lock_versions(obj)
    version = versions[version.language]
    require(by, "publishing.publish", version)
    _move(version, TextMove.PUBLISH, revision=revision)
    refuse_incomplete(version, [*REQUIREMENTS, *CONDITIONS])
    before = source_digests(obj)
    columns = {column(name, version.language): text or None for name, text in version.fields.items()}
    type(obj).objects.filter(pk=obj.pk).update(**columns)
    vars(obj).update(columns)
    version.published_at, version.publish_at = version.published_at or timezone.now(), None
    version.overdue_since = None
    version.outdated = is_outdated(version, source_digests(obj))
    version.save()
    if version.language == SOURCE:
        after = source_digests(obj)
        if minor:
            keep_in_step(versions, before, after)
        mark_outdated(versions, after)
    published = _store_published(version, minor=minor)
    update_index(obj, [version.language])
    record("text.published", obj, by=by, language=version.language, number=published.number, minor=minor)
    return published


@transaction.atomic
def schedule_publication(
    version: LanguageVersion,
    *,
    by: Actor,
    publish_at: datetime | None,
    unpublish_at: datetime | None,
    revision: int | None = None,
) -> LanguageVersion:
    """Set when the clock publishes or unpublishes a text. None: not by the clock.

    Raises:
        ReadOtherText: it has changed since it was read.
    """
    known, version = version, _lock_version(version.object, version.language)
    require(by, "publishing.publish", version)
    if version.revision != _revision_read(known, revision):
        raise ReadOtherText
    version.publish_at, version.unpublish_at = publish_at, unpublish_at
    version.scheduled_by, version.overdue_since = account_of(by), None
    version.save()
    record("text.scheduled", version.object, by=by, language=version.language)
    return version


@transaction.atomic
def unpublish(version: LanguageVersion, *, by: Actor) -> LanguageVersion:
    """Unpublish a text, whatever its draft says now. The draft of it stays.

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


def restore_version(published: PublishedVersion, *, by: Actor, revision: int) -> LanguageVersion:
    """Make a version that was public once the draft of today. It is reviewed and published like any other draft.

    `revision` is that of the draft that it replaces, as the person saw it.

    Raises:
        EditConflict: somebody else has saved since.
    """
    texts, basis = published.fields, published.basis
    return save_draft(published.object, published.language, texts, by=by, revision=revision, basis=basis)


@transaction.atomic
def change_slug(obj: Publishable, slug: str, *, by: Actor) -> None:
    """Give an object another address. The old one redirects to it for ever."""
    content_type = ContentType.objects.get_for_model(obj)
    obj.slug = type(obj)._default_manager.select_for_update().values_list("slug", flat=True).get(pk=obj.pk)
    require(by, "publishing.rename", obj)
    OldSlug.objects.filter(content_type=content_type, slug=slug).delete()
    OldSlug.objects.update_or_create(content_type=content_type, slug=obj.slug, defaults={"object_id": obj.pk})
    obj.slug = slug
    obj.save(update_fields=["slug"])
    update_index(obj)
    record("address.changed", obj, by=by, slug=slug)


def _lock_version(obj: Publishable, language: str) -> LanguageVersion:
    content_type = ContentType.objects.get_for_model(obj)
    version, _created = LanguageVersion.objects.select_for_update().get_or_create(
        content_type=content_type, object_id=obj.pk, language=language
    )
    return version


def _lock_versions(obj: Publishable) -> dict[str, LanguageVersion]:
    versions = LanguageVersion.objects.of(obj).select_for_update().order_by("language")
    for version in versions:
        version.object = obj
    return {version.language: version for version in versions}


def _require_second_person(version: LanguageVersion, by: Actor) -> None:
    for check in REVIEWER_CHECKS if isinstance(by, User) else ():
        check(by, version)
    if version.author == by:
        raise OwnWork


def _revision_read(version: LanguageVersion, revision: int | None) -> int:
    return version.revision if revision is None else revision


def _move(version: LanguageVersion, move: TextMove, *, revision: int | None = None) -> None:
    starts, target = MOVES[move]
    if version.state not in starts:
        raise MoveNotPossible(move, TextState(version.state))
    if revision is not None and revision != version.revision:
        raise ReadOtherText
    version.state = target


@transaction.atomic
def _move_read(
    known: LanguageVersion, move: TextMove, permission: str, *, by: Actor, revision: int | None
) -> LanguageVersion:
    version = _lock_version(known.object, known.language)
    require(by, permission, version)
    _move(version, move, revision=_revision_read(known, revision))
    return _save_and_record(version, move, by)


def _save_and_record(version: LanguageVersion, move: TextMove, by: Actor) -> LanguageVersion:
    version.save()
    record(f"text.{move}", version.object, by=by, language=version.language)
    return version


def _store_published(version: LanguageVersion, *, minor: bool) -> PublishedVersion:
    text = {"content_type_id": version.content_type_id, "object_id": version.object_id, "language": version.language}
    last = PublishedVersion.objects.filter(**text).aggregate(last=Max("number"))["last"] or 0
    return PublishedVersion.objects.create(
        **text,
        number=last + 1,
        fields=version.fields,
        basis=version.basis,
        minor=minor,
        author=version.author,
        reviewer=version.reviewer,
        published_at=timezone.now(),
    )
