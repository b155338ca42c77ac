"""Whether a person has a second factor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from victor.accounts.models import User

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def has_second_factor(user: User | AnonymousUser) -> bool:
    """Whether the person has set up an authenticator app or a passkey. Recovery codes alone do not count."""
    return bool(user.is_authenticated and get_adapter().is_mfa_enabled(user, types=FACTORS))
