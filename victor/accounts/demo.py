"""Accounts of the demo. A command prints their secrets, so production refuses to start with them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import time

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from victor.accounts.actions import create_user
from victor.accounts.models import User

DOMAIN = "demo.victor.example"


class NotADemo(Exception):
    """This installation is not a demo. The message is for people who run servers."""

    def __init__(self) -> None:
        super().__init__("Demo accounts exist in a demo only: DEMO is not set.")


def refuse_outside_demo() -> None:
    """Refuse unless this is a demo.

    Raises:
        NotADemo: `DEMO` is not set.
    """
    if not settings.DEMO:
        raise NotADemo


def demo_accounts() -> QuerySet[User]:
    """The demo's accounts, in the order in which they were created."""
    return User.objects.filter(email__iendswith=f"@{DOMAIN}").order_by("pk")


def password_of(email: str) -> str:
    """The password of a demo account. It is derived from the installation's secret, so it is stored nowhere."""
    return _derive_secret("demo", email)


def passphrase_of(email: str) -> str:
    """The vault passphrase of a demo account, derived in the same way. It differs from the password."""
    return _derive_secret("demo vault", email)


@transaction.atomic
def ensure_account(*, name: str, email: str, language: str) -> User:
    """Create a demo account with both factors, or set its password back to the derived one.

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
        _add_factor(user, Authenticator.Type.TOTP, secret=base64.b32encode(secrets.token_bytes(20)).decode())
        _add_factor(user, Authenticator.Type.RECOVERY_CODES, seed=secrets.token_hex(40), used_mask=0)
    return user


def code_of(user: User) -> tuple[str, int]:
    """The present code of a demo account's authenticator app, and for how many more seconds it is valid."""
    secret = get_adapter().decrypt(Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP).data["secret"])
    now, period = int(time.time()), settings.MFA_TOTP_PERIOD
    return _totp_code(base64.b32decode(secret), now // period), period - now % period


def _add_factor(user: User, kind: str, **data: str | int) -> None:
    """Save a factor as allauth stores it: texts encrypted, numbers as they are."""
    stored = {name: get_adapter().encrypt(value) if isinstance(value, str) else value for name, value in data.items()}
    Authenticator.objects.create(user=user, type=kind, data=stored)


def _totp_code(secret: bytes, counter: int) -> str:
    """The code of an authenticator app at a count of its periods (RFC 4226, section 5.3)."""
    digest = hmac.new(secret, counter.to_bytes(8, "big"), hashlib.sha1).digest()
    offset = digest[-1] & 0x0F
    value = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFF_FFFF
    digits = settings.MFA_TOTP_DIGITS
    return f"{value % 10**digits:0{digits}}"


def _derive_secret(purpose: str, email: str) -> str:
    digest = hmac.new(settings.SECRET_KEY.encode(), f"{purpose}:{email}".encode(), hashlib.sha256).digest()
    letters = base64.b32encode(digest).decode().lower()
    return "-".join(letters[start : start + 5] for start in range(0, 20, 5))
