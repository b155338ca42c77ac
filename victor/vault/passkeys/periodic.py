"""What the clock does with passkeys that open a vault."""

from __future__ import annotations

from celery import shared_task

from victor.access import System
from victor.vault.passkeys.actions import remove_passkeys_of_leavers


@shared_task(name="victor.vault.periodic.forget_passkeys")
def forget_passkeys() -> int:
    """Remove the passkeys of people whose account is closed, or who work for no partner. Returns how many."""
    return remove_passkeys_of_leavers(by=System("clock"))
