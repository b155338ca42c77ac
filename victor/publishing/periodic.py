"""The clock of publishing: what was missed is caught up with."""

from __future__ import annotations

from collections.abc import Callable

import structlog
from celery import shared_task
from django.utils import timezone

from victor.access import System
from victor.publishing.actions import publish, unpublish
from victor.publishing.errors import PublishingRefusal
from victor.publishing.models import LanguageVersion
from victor.publishing.search_index import rebuild_index, refresh_index

log = structlog.get_logger(__name__)
CLOCK = System("clock")


@shared_task(name="victor.publishing.periodic.sweep")
def sweep() -> int:
    """Publish and take back whatever is due; return how many texts moved."""
    now = timezone.now()
    published = [_try_move(publish, version) for version in LanguageVersion.objects.to_publish(now)]
    taken_back = [_try_move(unpublish, version) for version in LanguageVersion.objects.to_unpublish(now)]
    return sum(published + taken_back)


@shared_task(name="victor.publishing.periodic.refresh_search")
def refresh_search() -> None:
    """Let search follow what is not published text by text: partners, networks, countries."""
    refresh_index()


@shared_task(name="victor.publishing.periodic.rebuild_search")
def rebuild_search() -> None:
    """Index everything anew, whatever was missed."""
    rebuild_index()


def _try_move(move: Callable[..., object], version: LanguageVersion) -> bool:
    try:
        move(version, by=CLOCK)
    except PublishingRefusal as refusal:
        log.warning("text not moved by the clock", version=version.pk, refusal=type(refusal).__name__)
        return False
    return True
