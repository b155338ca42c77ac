"""How a page asks for an open vault."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from victor.vault.errors import VaultLocked


def needs_vault(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Send somebody whose vault is locked to unlock it, and back to this page; `request.opened` is their open key.

    It stands below `@requires(...)`. The key is wiped when the view has answered: what streams takes its own first.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            opened = request.vault.opened()  # type: ignore[attr-defined]  # the middleware's
        except VaultLocked:
            back = request.get_full_path() if request.method in {"GET", "HEAD"} else reverse(settings.VAULT_URL)
            return redirect(f"{reverse(settings.VAULT_UNLOCK_URL)}?{urlencode({'next': back})}")
        with opened:
            request.opened = opened  # type: ignore[attr-defined]  # for the view
            return view(request, *args, **kwargs)

    return guarded
