from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from victor.languages import CODES, column, columns
from victor.publishing.states import TextState


class PublishableQuerySet(models.QuerySet):
    """What can be asked of things with texts in eight languages. `title` is published with every other text."""

    def published(self) -> Self:
        """Those that are public in at least one language."""
        condition = Q()
        for code in CODES:
            condition |= Q(**{f"{column('title', code)}__isnull": False})
        return self.filter(condition)

    def in_state(self, state: str, language: str) -> Self:
        """Those whose text in this language is in this state, as people see it."""
        mine = {"versions__language": language}
        if state == TextState.MISSING:
            return self.exclude(pk__in=self.model._default_manager.filter(**mine).values("pk"))
        if state == TextState.OUTDATED:
            return self.filter(**mine, versions__state=TextState.PUBLISHED, versions__outdated=True)
        if state == TextState.PUBLISHED:
            return self.filter(**mine, versions__state=TextState.PUBLISHED, versions__outdated=False)
        return self.filter(**mine, versions__state=state)

    def written_by(self, user: Any) -> Self:
        """Those of which this person has written a text last."""
        return self.filter(versions__author=user).distinct()

    def with_only(self, *fields: str) -> Self:
        """Without the columns that are not named: a field that is translated is named by its columns."""
        plain = self.rewrite(False)  # type: ignore[attr-defined]  # noqa: FBT003 - modeltranslation's, with its signature
        return plain.only(*fields)

    def for_matrix(self) -> Self:
        """With the state of every language, and nothing of the texts but the titles."""
        version: Any = self.model._meta.get_field("versions").related_model
        versions = version.objects.defer("fields", "basis")
        rows = self.with_only("slug", *columns("title"))
        return rows.order_by("slug").prefetch_related(models.Prefetch("versions", versions))


class LanguageVersionQuerySet(models.QuerySet):
    """What can be asked of the work on texts."""

    def of(self, obj: models.Model) -> Self:
        """Those of one thing, in all languages."""
        return self.filter(content_type=ContentType.objects.get_for_model(obj), object_id=obj.pk)

    def of_model(self, model: Any) -> Self:
        """Those of all things of one kind, in all languages."""
        return self.filter(content_type=ContentType.objects.get_for_model(model))

    def waiting_for_review(self, languages: Iterable[str], *, but_not_by: Any) -> Self:
        """Those that somebody else asks to review in one of these languages."""
        return self.filter(state=TextState.IN_REVIEW, language__in=languages).exclude(author=but_not_by)

    def to_publish(self, now: Any) -> Self:
        """Approved texts whose hour has come."""
        return self.filter(state=TextState.APPROVED, publish_at__lte=now)

    def to_unpublish(self, now: Any) -> Self:
        """Public texts whose hour is over."""
        return self.filter(published_at__isnull=False, unpublish_at__lte=now)
