"""Gives each request the vault of the person who is logged in, and keeps it unlocked while they work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import cast

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from victor.access import SignedInRequest
from victor.vault.errors import Unopenable, VaultLocked
from victor.vault.keys.keyring import UnlockedVault
from victor.vault.passphrases import sessions

# In HTTPS with the prefix by which browsers refuse this cookie from anywhere but this host.
COOKIE = "__Host-vault" if settings.HTTPS else "vault"
UNATTENDED = "X-Unattended"  # a request that a page sends by itself does not count as work


class RequestVault:
    """The vault in this browser: when it locks, and its key. Reads nothing until it is asked."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.secret: str | None = None  # for the cookie, once the vault is unlocked here
        self.was_locked = False

    @property
    def locks_at(self) -> datetime | None:
        """When it locks if the person does nothing. None where it is locked."""
        if COOKIE not in self.request.COOKIES and self.secret is None:
            return None
        return sessions.locks_at(self.request.session)

    @property
    def seconds_left(self) -> int:
        """How many seconds it stays unlocked if the person does nothing. 0 where it is locked."""
        at = self.locks_at
        return max(int((at - timezone.now()).total_seconds()), 0) if at else 0

    @property
    def state_url(self) -> str:
        """Where a page asks how long it stays unlocked."""
        return reverse(settings.VAULT_STATE_URL)

    @property
    def unlock_url(self) -> str:
        """Where a person unlocks it."""
        return reverse(settings.VAULT_UNLOCK_URL)

    @property
    def maintenance_url(self) -> str:
        """Where a person continues what waits for an unlocked vault."""
        return reverse(settings.VAULT_MAINTENANCE_URL)

    def unlock(self) -> UnlockedVault:
        """The unlocked vault. Wipe it after use: `with request.vault.unlock() as unlocked`.

        Raises:
            VaultLocked: it is locked in this browser.
        """
        if not self.request.user.is_authenticated:
            raise VaultLocked
        return sessions.unlock_again(self.request.session, self.request.COOKIES.get(COOKIE, ""), self.request.user)

    def keep_unlocked(self, unlocked: UnlockedVault) -> None:
        """Keep it unlocked in this browser."""
        self.secret = sessions.keep_unlocked(self.request.session, unlocked)

    def lock(self) -> None:
        """Lock it in this browser."""
        sessions.lock(self.request.session)
        self.secret, self.was_locked = None, True


class VaultRequest(SignedInRequest):
    """The request of a view below `@requires`, with its vault. `unlocked_vault` exists below `@needs_vault` only.

    For annotations.
    """

    vault: RequestVault
    unlocked_vault: UnlockedVault


class VaultMiddleware:
    """Gives the request its vault, and the browser the secret that unlocks it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        vault = RequestVault(request)
        cast("VaultRequest", request).vault = vault
        if COOKIE in request.COOKIES and UNATTENDED not in request.headers:
            sessions.touch(request.session)
        response = self.get_response(request)
        if vault.secret is not None:
            response.set_cookie(COOKIE, vault.secret, path="/", secure=settings.HTTPS, httponly=True, samesite="Strict")
        elif COOKIE in request.COOKIES and (vault.was_locked or sessions.SESSION_KEY not in request.session):
            response.set_cookie(
                COOKIE, "", max_age=0, path="/", secure=settings.HTTPS, httponly=True, samesite="Strict"
            )
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Refuse what was altered in the database. Django calls this where a view does not handle it.

        Raises:
            PermissionDenied: always then.
        """
        if isinstance(exception, Unopenable):
            raise PermissionDenied from exception
