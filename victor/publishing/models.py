"""Texts in each language: drafts, public versions, old addresses, and the search index."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from victor.languages import CODES, column, local_text
from victor.publishing.querysets import LanguageVersionQuerySet
from victor.publishing.states import READ_BY_OTHERS, STORED, TextState

SOURCE = CODES[0]


class AboutObject(models.Model):
    """Belongs to an object of any model."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    object: Any = GenericForeignKey()

    class Meta:
        abstract = True


class LanguageVersion(AboutObject):
    """The draft of one object's texts in one language. The public does not see it until it is published.

    `fields` holds the texts by name. `basis` holds, by name, the digest of the source text that this translation
    follows. The text is outdated where the published source has changed since. `revision` counts the saves, so that two
    people who edit at once notice it. From the revision `author_since` on, only the author has changed the text.
    `published_at` is None while nothing is public in this language. `overdue_since`: the clock was to publish the text,
    and could not.
    """

    stored_name = "publishing.languageversion"

    language = models.CharField(_("language"), max_length=7, choices=settings.CONTENT_LANGUAGES)
    state = models.CharField(
        _("status"), max_length=10, choices=[(state, state.label) for state in STORED], default=TextState.DRAFT
    )
    fields = models.JSONField(_("texts"), default=dict)
    basis = models.JSONField(default=dict, editable=False)
    outdated = models.BooleanField(_("outdated"), default=False)
    revision = models.PositiveIntegerField(default=0, editable=False)
    author_since = models.PositiveIntegerField(default=0, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("author")
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("reviewer")
    )
    saved_at = models.DateTimeField(_("saved"), auto_now=True)
    published_at = models.DateTimeField(_("published on"), null=True)
    publish_at = models.DateTimeField(_("time of publication"), null=True)
    unpublish_at = models.DateTimeField(_("end of publication"), null=True)
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("scheduled by")
    )
    overdue_since = models.DateTimeField(null=True, editable=False)

    objects = LanguageVersionQuerySet.as_manager()

    class Meta:
        ordering = ["content_type", "object_id", "language"]
        verbose_name = _("text in a language")
        verbose_name_plural = _("texts in languages")
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id", "language"], name="publishing_version_once"),
            models.CheckConstraint(
                condition=Q(publish_at=None) | Q(unpublish_at=None) | Q(unpublish_at__gt=models.F("publish_at")),
                name="publishing_version_span",
            ),
            # A person has read what a machine wrote before it is public.
            models.CheckConstraint(
                condition=~Q(state=TextState.PUBLISHED) | Q(published_at__isnull=False),
                name="publishing_version_public",
            ),
        ]
        indexes = [models.Index(fields=["language", "state"], name="publishing_version_state")]

    def __str__(self) -> str:
        return f"{self.content_type_id}:{self.object_id} {self.language}"

    @property
    def displayed_state(self) -> TextState:
        """The state as people see it."""
        return TextState.OUTDATED if self.outdated and self.state == TextState.PUBLISHED else TextState(self.state)


class PublishedVersion(AboutObject):
    """A version that was published in one language. It is stored for ever, to be compared and restored."""

    stored_name = "publishing.publishedversion"

    language = models.CharField(_("language"), max_length=7, choices=settings.CONTENT_LANGUAGES)
    number = models.PositiveIntegerField(_("number"))
    fields = models.JSONField(_("texts"))
    basis = models.JSONField(editable=False)
    minor = models.BooleanField(_("minor change"), default=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    published_at = models.DateTimeField(_("published"))

    class Meta:
        ordering = ["content_type", "object_id", "language", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "language", "number"], name="publishing_published_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.content_type_id}:{self.object_id} {self.language} {self.number}"


class OldSlug(AboutObject):
    """An address that an object had while it was public. It redirects to the present one for ever."""

    stored_name = "publishing.oldslug"

    slug = models.SlugField(_("old web address"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_type", "slug"], name="publishing_oldslug_once")]

    def __str__(self) -> str:
        return self.slug


class SearchDocument(AboutObject):
    """What search finds of an object in one language: only what is public."""

    stored_name = "publishing.searchdocument"

    object_id: Any = models.CharField(max_length=20)  # the primary key of a country is its code
    language = models.CharField(max_length=7, choices=settings.CONTENT_LANGUAGES)
    title = models.TextField()
    text = models.TextField()
    path = models.CharField(max_length=200)
    vector: Any = SearchVectorField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "language"], name="publishing_searchdocument_once"
            )
        ]
        indexes = [
            GinIndex(fields=["vector"], condition=Q(language=code), name=f"publishing_search_{code}") for code in CODES
        ]

    def __str__(self) -> str:
        return self.title


class SearchWord(models.Model):
    """A word in a public text. Search suggests it for a misspelt one."""

    stored_name = "publishing.searchword"

    language = models.CharField(max_length=7, choices=settings.CONTENT_LANGUAGES)
    folded = models.CharField(max_length=60)
    word = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "folded"], name="publishing_searchword_once")]
        indexes = [GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="publishing_searchword_alike")]

    def __str__(self) -> str:
        return self.word


NEAREST_TO_PUBLIC = (TextState.APPROVED, TextState.IN_REVIEW)


class Publishable(models.Model):
    """An object with texts in eight languages and an address. Its columns hold the public texts, NULL where none is."""

    slug = models.SlugField(_("web address (slug)"), unique=True, help_text=_("Latin letters; used in the web address"))

    versions = GenericRelation(LanguageVersion)
    published_versions = GenericRelation(PublishedVersion)
    old_slugs = GenericRelation(OldSlug)
    search_documents = GenericRelation(SearchDocument)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return local_text(self, "title").text or self.slug

    @property
    def working_title(self) -> str:
        """The title for those who work on it: the public one, before that the draft's, before that the address."""
        if text := local_text(self, "title").text:
            return text
        drafts = [version.fields.get("title", "") for version in self.versions.all()]
        return next(filter(None, drafts), self.slug)

    @property
    def text_state(self) -> TextState:
        """How far its texts have come, in the language that has come furthest."""
        if local_text(self, "title").text:
            return TextState.PUBLISHED
        states = {version.state for version in self.versions.all()}
        return next((state for state in NEAREST_TO_PUBLIC if state in states), TextState.DRAFT)

    @property
    def waits_for_editor_since(self) -> datetime | None:
        """Since when its first texts wait for an editor; None where they do not."""
        if self.text_state not in READ_BY_OTHERS:
            return None
        return max(version.saved_at for version in self.versions.all() if version.state == self.text_state)


def text_digest(text: str | None) -> str:
    """SHA-256 of a text, in hexadecimal. None counts as an empty text."""
    return hashlib.sha256((text or "").encode()).hexdigest()


def public_texts(obj: Publishable, fields: tuple[str, ...], language: str) -> dict[str, str]:
    """The public texts of these fields in one language, empty where nothing is public."""
    return {name: getattr(obj, column(name, language)) or "" for name in fields}
