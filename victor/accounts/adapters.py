"""Where allauth asks how VICTOR wants it."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import override

from victor.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """No open sign-up: accounts come from invitations alone. Mails speak the language of their recipient."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        user = User.objects.filter(email__iexact=email).first()
        with override(user.language if user else None):
            super().send_mail(template_prefix, email, context)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps are encrypted at rest; the last factor cannot be taken away."""

    def encrypt(self, text: str) -> str:
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _keys().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Recovery codes may go, and one of two factors, but never the last."""
        if authenticator.type == Authenticator.Type.RECOVERY_CODES:
            return True
        factors = Authenticator.objects.filter(user=authenticator.user)
        return factors.exclude(type=Authenticator.Type.RECOVERY_CODES).count() > 1


def _keys() -> MultiFernet:
    """The newest key encrypts, all decrypt: a key is changed by putting a new one in front."""
    return MultiFernet([Fernet(key) for key in settings.FIELD_KEYS])
