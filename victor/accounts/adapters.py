"""Adapters: how allauth behaves on this site."""

from __future__ import annotations

from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language, override

from victor.accounts.log_ins import record_lock_out
from victor.accounts.models import User
from victor.accounts.rules import FACTORS
from victor.audit.actions import record
from victor.field_encryption import decrypt_value, encrypt_value
from victor.forms.fields import AddressField
from victor.mail import emails as mail_emails
from victor.throttling import place_of


class AccountAdapter(DefaultAccountAdapter):
    """No open sign-up: accounts come from invitations only. Mails use the person's language."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def clean_email(self, email: str) -> str:
        """The address, if all of it can be seen.

        Raises:
            ValidationError: a part of it cannot.
        """
        address: str = AddressField().clean(super().clean_email(email))
        return address

    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None:
        """Send a mail in the language of its reader, with links to this site in that language.

        allauth makes the links of the host that was asked for, which whoever asks can choose in part.
        """
        language = _language_of(email, context)
        links = {key: _link(str(value), language) for key, value in context.items() if key.endswith("_url")}
        with override(language):
            super().send_mail(template_prefix, email, context | links | {"current_site": OwnSite()})

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, object] | None = None, email: str | None = None
    ) -> None:
        """Tell the owner of an account what has changed, and record it in the log."""
        with transaction.atomic():
            super().send_notification_mail(template_prefix, user, context, email)
            record(f"account.{template_prefix.rpartition('/')[2]}", user, by=user)

    def pre_authenticate(self, request: HttpRequest, **credentials: object) -> None:
        """Refuse too many attempts, and record that they were."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            record_lock_out(credentials)
            raise

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: object) -> str:
        """Count by account and network, so that nobody locks an account for its owner."""
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{place_of(request)}"

    def render_mail(
        self, template_prefix: str, email: str, context: dict[str, object], headers: dict[str, str] | None = None
    ) -> EmailMultiAlternatives:
        """The words of allauth in our layout."""
        message = super().render_mail(template_prefix, email, context, headers)
        return mail_emails.compose_email(subject=message.subject, text=str(message.body), to=email)


class SessionsAdapter(DefaultUserSessionsAdapter):
    """Records that a person has ended sessions."""

    def end_sessions(self, sessions: list[UserSession]) -> None:
        with transaction.atomic():
            super().end_sessions(sessions)
            if sessions:
                record("account.sessions_ended", sessions[0].user, by=sessions[0].user, number=len(sessions))


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps are stored encrypted. The last factor cannot be removed."""

    def encrypt(self, text: str) -> str:
        return encrypt_value(text)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt_value(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Recovery codes and one of several factors can be removed, but never the last factor."""
        others = Authenticator.objects.filter(user=authenticator.user, type__in=FACTORS).exclude(pk=authenticator.pk)
        return authenticator.type not in FACTORS or others.exists()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The name that the person's device shows for the site."""
        return super().get_public_key_credential_rp_entity() | {"name": settings.MFA_TOTP_ISSUER}

    def build_totp_svg(self, url: str) -> str:
        """The QR code as an SVG element: the content security policy allows no data: images."""
        svg: str = super().build_totp_svg(url)
        return svg[svg.index("<svg") :]


class OwnSite:
    """What templates of mails know of this site, whatever host it was asked by."""

    def __init__(self) -> None:
        self.domain = self.name = urlsplit(settings.SITE_URL).netloc

    def __str__(self) -> str:
        return self.domain


def _link(address: str, language: str) -> str:
    """The same page of this site, in a language."""
    asked, own = urlsplit(address), urlsplit(settings.SITE_URL)
    return translate_url(asked._replace(scheme=own.scheme, netloc=own.netloc).geturl(), language)


def _language_of(email: str, context: dict[str, object]) -> str:
    address = EmailAddress.objects.select_related("user").filter(email__iexact=email).first()
    user = context.get("user") or (address and address.user)
    return user.language if isinstance(user, User) else get_language() or settings.LANGUAGE_CODE
