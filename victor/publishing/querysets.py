"""Questions about published objects and about texts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from victor.languages import CODES, column, columns
from victor.publishing.states import TextState

if TYPE_CHECKING:
    from victor.accounts.models import User


class PublishableQuerySet(models.QuerySet):
    """Objects with texts in eight languages. `title` is published with every other text."""

    def published(self) -> Self:
        """Objects that are public in at least one language."""
        condition = Q()
        for code in CODES:
            condition |= Q(**{f"{column('title', code)}__isnull": False})
        return self.filter(condition)

    def in_state(self, state: str, language: str) -> Self:
        """Objects whose text in this language is in this state, as people see it."""
        in_language = {"versions__language": language}
        if state == TextState.MISSING:
            return self.exclude(pk__in=self.model._default_manager.filter(**in_language).values("pk"))
        if state == TextState.OUTDATED:
            return self.filter(**in_language, versions__state=TextState.PUBLISHED, versions__outdated=True)
        if state == TextState.PUBLISHED:
            return self.filter(**in_language, versions__state=TextState.PUBLISHED, versions__outdated=False)
        return self.filter(**in_language, versions__state=state)

    def written_by(self, user: User) -> Self:
        """Objects of which this person has written the latest draft of a text."""
        return self.filter(versions__author=user).distinct()

    def with_only(self, *fields: str) -> Self:
        """Load these columns only. Name a translated field by its columns."""
        plain = self.rewrite(False)  # type: ignore[attr-defined]  # noqa: FBT003 - modeltranslation's, with its signature
        return plain.only(*fields)

    def for_matrix(self) -> Self:
        """With the state of every language and the titles, without the other texts."""
        versions = apps.get_model("publishing.LanguageVersion")._default_manager.defer("fields", "basis")
        rows = self.with_only("slug", *columns("title"))
        return rows.order_by("slug").prefetch_related(models.Prefetch("versions", versions))


class LanguageVersionQuerySet(models.QuerySet):
    """Drafts of texts."""

    def of(self, obj: models.Model) -> Self:
        """The drafts of one object, in all languages."""
        return self.filter(content_type=ContentType.objects.get_for_model(obj), object_id=obj.pk)

    def of_model(self, model: type[models.Model]) -> Self:
        """The drafts of all objects of a model, in all languages."""
        return self.filter(content_type=ContentType.objects.get_for_model(model))

    def waiting_for_review(self, languages: Iterable[str], *, but_not_by: User) -> Self:
        """Texts in these languages that another person has submitted for review."""
        return self.filter(state=TextState.IN_REVIEW, language__in=languages).exclude(author=but_not_by)

    def to_publish(self, now: datetime) -> Self:
        """Approved texts that are due to be published."""
        return self.filter(state=TextState.APPROVED, publish_at__lte=now)

    def overdue(self, now: datetime) -> Self:
        """Texts that were due to be published and are not, of which nobody has been told."""
        return self.filter(publish_at__lte=now, overdue_since=None).order_by("pk")

    def waiting_for_publication(self, languages: Iterable[str]) -> Self:
        """Texts in these languages that were due to be published and lack something."""
        return self.filter(overdue_since__isnull=False, language__in=languages)

    def to_unpublish(self, now: datetime) -> Self:
        """Public texts that are due to be unpublished."""
        return self.filter(published_at__isnull=False, unpublish_at__lte=now)
