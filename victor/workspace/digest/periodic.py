"""What the clock does with mails about tasks."""

from __future__ import annotations

from celery import shared_task

from victor.access import System
from victor.accounts.models import User
from victor.accounts.states import Digest
from victor.workspace.digest.actions import send_digest

CLOCK = System("clock")


@shared_task(name="workspace.periodic.send_digests")
def send_digests() -> int:
    """Tell those who want it what waits for them, in their own hours. Returns how many were told."""
    wanting = User.objects.filter(is_active=True, digest__in=[Digest.DAILY, Digest.WEEKLY]).order_by("pk")
    return sum(send_digest(person, by=CLOCK) for person in wanting)
