"""What can happen to texts: saved, submitted, approved, published, taken back and brought back, one language a time.

Whoever changes a text locks its row; whoever publishes locks the rows of all languages of the thing, in one order.
Public columns of another language are never touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from victor.access import System, require
from victor.audit.actions import record
from victor.publishing.errors import EditConflict, Incomplete, NotPossible, NotPublished, OwnWork
from victor.publishing.languages import column
from victor.publishing.models import (
    SOURCE,
    LanguageVersion,
    OldSlug,
    Publishable,
    PublishedVersion,
    digest,
    public_texts,
)
from victor.publishing.requirements import CONDITIONS, REQUIREMENTS, Requirement
from victor.publishing.richtext import clean, images
from victor.publishing.search import index
from victor.publishing.states import MOVES, Move, State
from victor.publishing.translation import options


@transaction.atomic
def save(
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
    version = _locked(obj, language)
    require(by, "publishing.write", version)
    if revision is not None and revision != version.revision:
        raise EditConflict(version)
    _move(version, Move.SAVE)
    version.state = State.MACHINE if machine else State.DRAFT
    version.fields = _cleaned(obj, texts)
    version.basis = dict(_source_digests(obj) if basis is None else basis) if language != SOURCE else {}
    version.author, version.reviewer = _person(by), None
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
    version = _locked(version.object, version.language)
    require(by, "publishing.write", version)
    _refuse_incomplete(version)
    return _noted(version, Move.SUBMIT, by)


@transaction.atomic
def send_back(version: LanguageVersion, *, by: Any) -> LanguageVersion:
    """Give a text back to its author."""
    version = _locked(version.object, version.language)
    require(by, "publishing.review", version)
    return _noted(version, Move.SEND_BACK, by)


@transaction.atomic
def approve(version: LanguageVersion, *, by: Any) -> LanguageVersion:
    """Find a text good; a copy of it that was opened or sent out before is an older one from now on.

    Raises:
        OwnWork: `by` wrote it, and the model asks for four eyes.
        NotPossible: it is not in review.
    """
    version = _locked(version.object, version.language)
    require(by, "publishing.review", version)
    if options(type(version.object)).four_eyes and version.author_id and version.author == by:
        raise OwnWork
    version.reviewer = _person(by)
    version.revision += 1
    return _noted(version, Move.APPROVE, by)


@transaction.atomic
def publish(version: LanguageVersion, *, by: Any, minor: bool = False) -> PublishedVersion:
    """Make an approved text public, keep it for ever, and find out which translations it leaves behind.

    `minor`: a change of the source that no translation has to follow.

    Raises:
        Incomplete: something lacks without which nothing goes public.
        NotPossible: it is not approved, or somebody else was first.
    """
    obj = version.object
    versions = _all_locked(obj)
    version = versions[version.language]
    require(by, "publishing.publish", version)
    _move(version, Move.PUBLISH)
    _refuse_incomplete(version, [*REQUIREMENTS, *CONDITIONS])
    before = _source_digests(obj)
    public = {column(name, version.language): text or None for name, text in version.fields.items()}
    type(obj).objects.filter(pk=obj.pk).update(**public)
    vars(obj).update(public)
    version.published_at, version.publish_at = version.published_at or timezone.now(), None
    version.outdated = _is_outdated(version, _source_digests(obj))
    version.save()
    if version.language == SOURCE:
        after = _source_digests(obj)
        if minor:
            _stay_in_step(versions, before, after)
        _follow_source(versions, after)
    kept = _kept(version, minor=minor)
    index(obj, [version.language])
    record("text.published", obj, by=by, language=version.language, number=kept.number, minor=minor)
    return kept


@transaction.atomic
def schedule(
    version: LanguageVersion, *, by: Any, publish_at: datetime | None, unpublish_at: datetime | None
) -> LanguageVersion:
    """Let the clock make a text public, or take it back; None: not by the clock."""
    version = _locked(version.object, version.language)
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
    versions = _all_locked(obj)
    version = versions[version.language]
    require(by, "publishing.publish", version)
    if version.published_at is None:
        raise NotPublished
    type(obj).objects.filter(pk=obj.pk).update(
        **{column(name, version.language): None for name in options(type(obj)).texts}
    )
    version.published_at = version.unpublish_at = None
    version.outdated = False
    if version.state == State.PUBLISHED:
        _move(version, Move.UNPUBLISH)
    version.save()
    if version.language == SOURCE:
        _follow_source(versions, {name: digest("") for name in version.fields})
    obj.refresh_from_db()
    index(obj, [version.language])
    record("text.unpublished", obj, by=by, language=version.language)
    return version


def bring_back(kept: PublishedVersion, *, by: Any, revision: int | None = None) -> LanguageVersion:
    """Make a text that was public once the draft of today; its way to the public is that of any draft."""
    return save(kept.object, kept.language, kept.fields, by=by, revision=revision, basis=kept.basis)


@transaction.atomic
def put(obj: Publishable, language: str, texts: Mapping[str, str], *, by: System, minor: bool = False) -> None:
    """Save and publish what the portal itself brings along; nothing happens where it is public already."""
    texts = _cleaned(obj, texts)
    if public_texts(obj, options(type(obj)).texts, language) == texts:
        return
    publish(prepare(obj, language, texts, by=by), by=by, minor=minor)
    obj.refresh_from_db()


@transaction.atomic
def prepare(
    obj: Publishable, language: str, texts: Mapping[str, str], *, by: System, source: LanguageVersion | None = None
) -> LanguageVersion:
    """Save what the portal itself brings along as approved: whoever may makes it public when its time has come.

    `source`: the prepared text of which this one is the translation.
    """
    basis = {name: digest(text) for name, text in source.fields.items()} if source else None
    version = save(obj, language, texts, by=by, basis=basis)
    version.state = State.APPROVED
    version.save()
    return version


@transaction.atomic
def rename(obj: Publishable, slug: str, *, by: Any) -> None:
    """Give a thing another address; the old one leads to it for ever."""
    require(by, "publishing.rename", obj)
    kind = ContentType.objects.get_for_model(obj)
    OldSlug.objects.filter(content_type=kind, slug=slug).delete()
    OldSlug.objects.update_or_create(content_type=kind, slug=obj.slug, defaults={"object_id": obj.pk})
    obj.slug = slug
    obj.save(update_fields=["slug"])
    index(obj)
    record("address.changed", obj, by=by, slug=slug)


def _locked(obj: Publishable, language: str) -> LanguageVersion:
    kind = ContentType.objects.get_for_model(obj)
    version, _created = LanguageVersion.objects.select_for_update().get_or_create(
        content_type=kind, object_id=obj.pk, language=language
    )
    return version


def _all_locked(obj: Publishable) -> dict[str, LanguageVersion]:
    rows = LanguageVersion.objects.of(obj).select_for_update().order_by("language")
    for version in rows:
        version.object = obj
    return {each.language: each for each in rows}


def _move(version: LanguageVersion, move: Move) -> None:
    starts, leads_to = MOVES[move]
    if version.state not in starts:
        raise NotPossible(move, State(version.state))
    version.state = leads_to


def _noted(version: LanguageVersion, move: Move, by: Any) -> LanguageVersion:
    _move(version, move)
    version.save()
    record(f"text.{move}", version.object, by=by, language=version.language)
    return version


def _cleaned(obj: Publishable, texts: Mapping[str, str]) -> dict[str, str]:
    known = options(type(obj))
    return {
        name: clean(texts.get(name, "")) if name in known.rich else texts.get(name, "").strip() for name in known.texts
    }


def _refuse_incomplete(version: LanguageVersion, requirements: Iterable[Requirement] = REQUIREMENTS) -> None:
    obj = version.object
    lacking = [
        obj._meta.get_field(column(name, version.language)).verbose_name
        for name in options(type(obj)).required_texts
        if not version.fields.get(name)
    ]
    lacking += [
        _("the alternative text of an image in “%(text)s”") % {"text": obj._meta.get_field(name).verbose_name}
        for name in options(type(obj)).rich
        if not all(image.alternative for image in images(version.fields.get(name, "")))
    ]
    for check in requirements:
        lacking += check(obj, version.language)
    if lacking:
        raise Incomplete(lacking)


def _source_digests(obj: Publishable) -> dict[str, str]:
    public = public_texts(obj, options(type(obj)).texts, SOURCE)
    return {name: digest(text) for name, text in public.items()}


def _is_outdated(version: LanguageVersion, source: Mapping[str, str]) -> bool:
    """Whether a public source has moved on since."""
    if version.language == SOURCE or version.published_at is None or source["title"] == digest(""):
        return False
    unwritten = digest("")  # a text that its model has gained since
    return any(version.basis.get(name, unwritten) != mark for name, mark in source.items())


def _stay_in_step(versions: Mapping[str, LanguageVersion], before: Mapping[str, str], after: Mapping[str, str]) -> None:
    """Let the translations that followed the source before follow it still."""
    for version in versions.values():
        version.basis = {
            name: after.get(name, mark) if mark == before.get(name) else mark for name, mark in version.basis.items()
        }


def _follow_source(versions: Mapping[str, LanguageVersion], source: Mapping[str, str]) -> None:
    """Find out which translations the source leaves behind."""
    for language, version in versions.items():
        if language != SOURCE:
            version.outdated = _is_outdated(version, source)
            version.save(update_fields=["basis", "outdated"])


def _kept(version: LanguageVersion, *, minor: bool) -> PublishedVersion:
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


def _person(by: Any) -> Any:
    return None if isinstance(by, System) else by
