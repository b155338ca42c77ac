"""The decorator of views that need an unlocked vault."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.conf import settings
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from victor.vault.errors import VaultLocked
from victor.vault.passphrases.middleware import VaultRequest


def needs_vault(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Send a person whose vault is locked to unlock it, and back to this page. The view reads `request.unlocked_vault`.

    Write it below `@requires(...)`. The key is wiped when the view has answered: a view that streams unlocks another.
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
            return view(request, *args, **kwargs)

    return guarded
