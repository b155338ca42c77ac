"""What the clock does with texts and the search index. What was missed is done at the next run."""

from __future__ import annotations

from collections.abc import Callable

import structlog
from celery import shared_task
from django.utils import timezone

from victor.access import System
from victor.publishing.actions import publish, unpublish
from victor.publishing.errors import PublishingRefusal
from victor.publishing.models import LanguageVersion
from victor.publishing.overdue_texts import notify_of_overdue_texts
from victor.publishing.search_index import rebuild_index, refresh_index

log = structlog.get_logger(__name__)
CLOCK = System("clock")


@shared_task(name="victor.publishing.periodic.sweep")
def sweep() -> int:
    """Publish and unpublish the texts that are due. Who scheduled one that has to wait is told. Returns how many."""
    now = timezone.now()
    published = [_try_move(publish, version) for version in LanguageVersion.objects.to_publish(now)]
    notify_of_overdue_texts(now, by=CLOCK)
    unpublished = [_try_move(unpublish, version) for version in LanguageVersion.objects.to_unpublish(now)]
    return sum(published + unpublished)


@shared_task(name="victor.publishing.periodic.refresh_search")
def refresh_search() -> None:
    """Update the search index of what is not published text by text: partners, networks, countries."""
    refresh_index()


@shared_task(name="victor.publishing.periodic.rebuild_search")
def rebuild_search() -> None:
    """Build the whole search index again."""
    rebuild_index()


def _try_move(move: Callable[..., object], version: LanguageVersion) -> bool:
    try:
        move(version, by=CLOCK)
    except PublishingRefusal as refusal:
        log.warning("text not moved by the clock", version=version.pk, refusal=type(refusal).__name__)
        return False
    return True
