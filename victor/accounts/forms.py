"""Forms of allauth with our own words and limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from allauth.account.forms import ResetPasswordForm
from allauth.core import context, ratelimit
from allauth.mfa.adapter import get_adapter as mfa_adapter
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from victor.accounts.actions import request_password_reset
from victor.accounts.log_ins import record_lock_out, record_wrong_factor
from victor.throttling import place_of

if TYPE_CHECKING:
    from django.http import HttpRequest  # noqa: TID251 - its type only

    from victor.accounts.models import User


class AddPasskeyForm(AddWebAuthnForm):
    """Set up a passkey: to log in with it alone, or as the second factor only."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the passkey")
        passwordless = self.fields["passwordless"]
        passwordless.initial, passwordless.help_text = True, _("Older security keys may not support this.")
        passwordless.label = _("I want to log in with this alone, without my password")


class RenamePasskeyForm(EditWebAuthnForm):
    """Give a passkey another name."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the passkey")


class LimitedCodeForm(BaseAuthenticateForm):
    """Counts attempts by account and network, so that nobody locks an account for its owner."""

    def clean_code(self) -> str:
        """The code, if it is right.

        Raises:
            ValidationError: it is wrong or was given before, or there were too many attempts from this network.
        """
        request = context.request
        limit = {"action": "login_failed", "key": f"second:{self.user.pk}:{place_of(request)}"}
        if not ratelimit.consume(request, **limit):
            record_lock_out({"email": self.user.email})
            raise get_adapter().validation_error("too_many_login_attempts")
        lift_account_limit(self.user)
        code: str = super().clean_code()
        if not mark_code_used(self.user, code):
            self._emit_authentication_failed(self.authenticator)
            raise mfa_adapter().validation_error("incorrect_code")
        ratelimit.clear(request, **limit)
        return code


class CodeForm(LimitedCodeForm, AuthenticateForm):
    """Asks for a code of the second factor."""


class CodeAgainForm(LimitedCodeForm, ReauthenticateForm):
    """The same for somebody who is logged in."""


class UnlimitedPasskeyForm(AuthenticateWebAuthnForm):
    """A passkey cannot be guessed, so it is never refused for the attempts of others."""

    def clean_credential(self) -> Authenticator:
        """The passkey, if it is one of the person's.

        Raises:
            ValidationError: it is not.
        """
        lift_account_limit(self.user)
        try:
            return super().clean_credential()
        except forms.ValidationError:
            record_wrong_factor(self.user)
            raise


class PasskeyForm(UnlimitedPasskeyForm):
    """Asks for a passkey."""


class PasskeyAgainForm(UnlimitedPasskeyForm, ReauthenticateWebAuthnForm):
    """The same for somebody who is logged in."""


class PasswordResetForm(ResetPasswordForm):
    """Asks for a new password. The worker writes the email, so that the answer takes as long for every address."""

    def save(self, request: HttpRequest, **kwargs: object) -> str:
        email: str = self.cleaned_data["email"]
        request_password_reset(self.users[0] if self.users else None, email=email)
        return email


def mark_code_used(user: User, code: str) -> bool:
    """Note that this code was given; False if it was before.

    allauth forgets a code after one step, but with its tolerance a code is right for three
    (RFC 6238, section 5.2: no code is taken twice).
    """
    steps = 1 + 2 * settings.MFA_TOTP_TOLERANCE
    signs = "".join(filter(str.isalnum, code)).lower()  # allauth takes a code with any signs between
    key = f"code-used:{user.pk}:{signs}"
    return cache.add(key, value=True, timeout=steps * settings.MFA_TOTP_PERIOD)


def lift_account_limit(user: User) -> None:
    """Clear allauth's own limit of a second factor. It counts by account alone, so others could lock it."""
    ratelimit.clear(context.request, action="login_failed", key=f"mfa-auth-user-{user.pk}")
