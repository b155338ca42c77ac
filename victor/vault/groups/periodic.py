"""The clock of the vault."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from victor.vault.groups.models import RecoveryLayer
from victor.vault.groups.states import OPEN_STATES


@shared_task(name="victor.vault.periodic.forget_layers")
def forget_layers() -> int:
    """Delete what first officers have opened for recoveries that have expired; return how many."""
    live = RecoveryLayer.objects.filter(ceremony__state__in=OPEN_STATES, ceremony__expires_at__gt=timezone.now())
    return RecoveryLayer.objects.exclude(pk__in=live).delete()[0]
