"""The decorator of views that need an unlocked vault."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

import structlog
from django.conf import settings
from django.db import DatabaseError
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from victor.vault.errors import VaultLocked, VaultRefusal
from victor.vault.groups.rotation import continue_rotations
from victor.vault.keys.keyring import UnlockedVault
from victor.vault.passphrases.middleware import VaultRequest

log = structlog.get_logger(__name__)


def needs_vault(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Send a person whose vault is locked to unlock it, and back to this page. The view reads `request.unlocked_vault`.

    Write it below `@requires(...)`. Records that wait for a group's new key are moved once the view has answered. Then
    the key is wiped: a view that streams unlocks another.
    """

    @wraps(view)
    def guarded(request: VaultRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        try:
            unlocked = request.vault.unlock()
        except VaultLocked:
            back = request.get_full_path() if request.method in {"GET", "HEAD"} else reverse(settings.VAULT_URL)
            return redirect(f"{reverse(settings.VAULT_UNLOCK_URL)}?{urlencode({'next': back})}")
        with unlocked:
            request.unlocked_vault = unlocked
            response = view(request, *args, **kwargs)
            _move_records(unlocked)
        return response

    return guarded


def _move_records(unlocked: UnlockedVault) -> None:
    """Move records that wait for a new key. The answer of the view stands, whatever becomes of this."""
    try:
        continue_rotations(by=unlocked)
    except (VaultRefusal, DatabaseError) as failure:
        log.warning("records not moved", type=type(failure).__name__)
