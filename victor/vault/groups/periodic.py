"""What the clock does with recoveries."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from victor.vault.groups.models import RecoveryLayer
from victor.vault.groups.states import OPEN_STATES


@shared_task(name="victor.vault.periodic.forget_layers")
def forget_layers() -> int:
    """Delete the layers that first officers have opened for recoveries that have expired. Returns how many."""
    now = timezone.now()
    live = RecoveryLayer.objects.filter(recovery_request__state__in=OPEN_STATES, recovery_request__expires_at__gt=now)
    return RecoveryLayer.objects.exclude(pk__in=live).delete()[0]
