from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def has_second_factor(user: Any) -> bool:
    """Whether the person has set up an authenticator app or a passkey; recovery codes alone do not count."""
    return bool(user.is_authenticated) and is_mfa_enabled(user, types=FACTORS)
