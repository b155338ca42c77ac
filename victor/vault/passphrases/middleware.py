"""Every request of somebody who works knows whether their vault is open, and keeps it open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from victor.access import SignedInRequest
from victor.vault.errors import VaultLocked
from victor.vault.keys.keyring import UnlockedVault
from victor.vault.passphrases import sessions

# In HTTPS with the prefix by which browsers refuse this cookie from anywhere but this host.
COOKIE = "__Host-vault" if settings.HTTPS else "vault"
UNATTENDED = "X-Unattended"  # what a page asks by itself is not somebody at work


class RequestVault:
    """The vault as this browser has it: when it locks, and the key that is open. Asks nothing until it is asked."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.secret: str | None = None  # for the cookie, once the vault is opened here
        self.closed = False

    @property
    def locks_at(self) -> datetime | None:
        """When it locks if nobody works; None where it is locked."""
        if COOKIE not in self.request.COOKIES and self.secret is None:
            return None
        return sessions.locks_at(self.request.session)

    @property
    def unlock_url(self) -> str:
        """Where a person unlocks it."""
        return reverse(settings.VAULT_UNLOCK_URL)

    @property
    def maintenance_url(self) -> str:
        """Where a person continues what waits for an open key."""
        return reverse(settings.VAULT_MAINTENANCE_URL)

    def opened(self) -> UnlockedVault:
        """The open key, to be wiped after use: `with request.vault.opened() as opened`.

        Raises:
            Locked: it is not open here.
        """
        if not self.request.user.is_authenticated:
            raise VaultLocked
        return sessions.reopen(self.request.session, self.request.COOKIES.get(COOKIE, ""), self.request.user)

    def keep(self, opened: UnlockedVault) -> None:
        """Keep it open in this browser."""
        self.secret = sessions.keep_unlocked(self.request.session, opened)

    def lock(self) -> None:
        """Lock it in this browser."""
        sessions.lock(self.request.session)
        self.secret, self.closed = None, True


class VaultRequest(SignedInRequest):
    """What a view below `@requires` is given, with its vault; `opened` only below `@needs_vault`. For annotations."""

    vault: RequestVault
    opened: UnlockedVault


class VaultMiddleware:
    """Gives the request its vault, and the browser the secret that opens it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.vault = vault = RequestVault(request)  # type: ignore[attr-defined]  # which is why this is here
        if COOKIE in request.COOKIES and UNATTENDED not in request.headers:
            sessions.touch(request.session)
        response = self.get_response(request)
        if vault.secret is not None:
            response.set_cookie(COOKIE, vault.secret, path="/", secure=settings.HTTPS, httponly=True, samesite="Strict")
        elif COOKIE in request.COOKIES and (vault.closed or sessions.SESSION_KEY not in request.session):
            response.set_cookie(
                COOKIE, "", max_age=0, path="/", secure=settings.HTTPS, httponly=True, samesite="Strict"
            )
        return response
