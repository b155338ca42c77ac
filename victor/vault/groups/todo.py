"""Requests to recover access to a vault, for the list of tasks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from victor.todo import Task, finds_tasks
from victor.vault.groups.models import RecoveryRequest

if TYPE_CHECKING:
    from victor.accounts.models import User

SECONDS_AN_HOUR = 3600


@finds_tasks(rank=20)
def recovery_requests(user: User) -> Iterator[Task]:
    """Recovery requests that wait for an officer."""
    requests = list(RecoveryRequest.objects.for_officer(user).order_by("expires_at"))
    if requests:
        title = ngettext("%(count)d vault recovery request", "%(count)d vault recovery requests", len(requests))
        hours = int((requests[0].expires_at - timezone.now()).total_seconds() // SECONDS_AN_HOUR) + 1
        until = ngettext(
            "first deadline: in less than %(hours)d hour", "first deadline: in less than %(hours)d hours", hours
        )
        yield Task(title % {"count": len(requests)}, until % {"hours": hours}, reverse(settings.VAULT_URL))
