"""Accounts of the demo. What opens them is printed on request, so production refuses to start with them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from typing import Any

from allauth.mfa.app_settings import TOTP_PERIOD
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.db import transaction

from victor.accounts.actions import create_user
from victor.accounts.models import User

DOMAIN = "demo.victor.example"


class NotADemo(Exception):
    """This installation is no demo; told to people who run servers."""

    def __init__(self) -> None:
        super().__init__("Demo accounts exist in a demo only: DEMO is not set.")


def refuse_outside_demo() -> None:
    """Refuse unless this is a demo.

    Raises:
        NotADemo: `DEMO` is not set.
    """
    if not settings.DEMO:
        raise NotADemo


def demo_accounts() -> Any:
    """The demo's accounts, in the order in which they were made."""
    return User.objects.filter(email__iendswith=f"@{DOMAIN}").order_by("pk")


def password_of(email: str) -> str:
    """The password of a demo account: a function of the installation's secret, so that it is written nowhere."""
    return _derive_secret("demo", email)


def passphrase_of(email: str) -> str:
    """The passphrase of its vault, made in the same way, and never its password."""
    return _derive_secret("demo vault", email)


@transaction.atomic
def ensure_account(*, name: str, email: str, language: str) -> User:
    """Make a demo account with both factors, or bring its password back to the printed one.

    Raises:
        NotADemo: `DEMO` is not set.
    """
    refuse_outside_demo()
    user = User.objects.filter(email=email).first()
    if user is None:
        user = create_user(email=email, name=name, language=language, password=password_of(email))
    elif not user.check_password(password_of(email)):
        user.set_password(password_of(email))
        user.save(update_fields=["password"])
    if not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
        TOTP.activate(user, generate_totp_secret())
        RecoveryCodes.activate(user)
    return user


def code_of(user: User) -> tuple[str, int]:
    """The code that the authenticator app of a demo account shows now, and for how many seconds it holds."""
    secret = decrypt(Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP).data["secret"])
    now = int(time.time())
    return format_hotp_value(hotp_value(secret, now // TOTP_PERIOD)), TOTP_PERIOD - now % TOTP_PERIOD


def _derive_secret(purpose: str, email: str) -> str:
    digest = hmac.new(settings.SECRET_KEY.encode(), f"{purpose}:{email}".encode(), hashlib.sha256).digest()
    letters = base64.b32encode(digest).decode().lower()
    return "-".join(letters[start : start + 5] for start in range(0, 20, 5))
