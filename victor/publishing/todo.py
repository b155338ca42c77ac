"""Texts that wait for a review or for their publication, for the list of tasks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import ngettext

from victor.languages import CODES
from victor.publishing.models import LanguageVersion
from victor.stored_names import stored_name
from victor.todo import Task, finds_tasks, waiting_since

if TYPE_CHECKING:
    from victor.accounts.models import User


@finds_tasks(rank=80)
def texts_to_review(user: User) -> Iterator[Task]:
    """Texts of others in the languages that a person reviews."""
    languages = [code for code in CODES if user.has_perm("publishing.review", LanguageVersion(language=code))]
    versions = LanguageVersion.objects.waiting_for_review(languages, but_not_by=user)
    oldest = versions.order_by("saved_at").first()
    if oldest is not None:
        count = versions.count()
        title = ngettext("%(count)d text to review", "%(count)d texts to review", count)
        url = reverse(settings.TEXT_URL, args=[stored_name(oldest.object), oldest.object_id, oldest.language])
        yield Task(title % {"count": count}, waiting_since(oldest.saved_at), url)


@finds_tasks(rank=85)
def overdue_texts(user: User) -> Iterator[Task]:
    """Texts that the clock was to publish and could not, in the languages that a person publishes."""
    languages = [code for code in CODES if user.has_perm("publishing.publish", LanguageVersion(language=code))]
    versions = LanguageVersion.objects.waiting_for_publication(languages)
    oldest = versions.order_by("overdue_since").first()
    if oldest is not None and oldest.overdue_since is not None:
        count = versions.count()
        title = ngettext("%(count)d scheduled text is waiting", "%(count)d scheduled texts are waiting", count)
        url = reverse(settings.TEXT_URL, args=[stored_name(oldest.object), oldest.object_id, oldest.language])
        yield Task(title % {"count": count}, waiting_since(oldest.overdue_since), url)
