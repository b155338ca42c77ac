"""Forms of allauth with our own words, where its words are not translated or not plain."""

from __future__ import annotations

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.utils.translation import gettext_lazy as _


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
