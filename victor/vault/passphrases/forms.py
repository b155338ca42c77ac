"""Forms that ask for a passphrase."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.contrib.auth.password_validation import CommonPasswordValidator, UserAttributeSimilarityValidator
from django.utils.translation import gettext_lazy as _

from victor.accounts.models import User

# Browsers offer to store what is typed into a field for passwords, and to fill in the password of the log-in, whatever
# "off" says. They do neither where a code is expected that holds once. The others are read by programs for passwords.
UNSTORED: dict[str, object] = {
    "autocomplete": "one-time-code",
    "data-1p-ignore": "true",
    "data-bwignore": "true",
    "data-lpignore": "true",
    "data-form-type": "other",
}
MIN_CHARACTERS, MIN_WORDS, MIN_DIFFERENT = 14, 5, 6


class UnlockForm(forms.Form):
    """The passphrase that unlocks the vault."""

    passphrase = forms.CharField(
        label=_("Vault passphrase"),
        max_length=500,
        widget=forms.PasswordInput(attrs=UNSTORED | {"autofocus": True}),
    )


class NewPassphraseForm(forms.Form):
    """A new passphrase, typed twice."""

    new = forms.CharField(
        label=_("New vault passphrase"),
        help_text=_("At least 14 characters, or five words that do not belong together."),
        max_length=500,
        widget=forms.PasswordInput(attrs=UNSTORED),
    )
    again = forms.CharField(
        label=_("Repeat the passphrase"),
        max_length=500,
        widget=forms.PasswordInput(attrs=UNSTORED),
    )

    def __init__(self, data: Mapping[str, object] | None = None, *, user: User) -> None:
        super().__init__(data)
        self.user = user

    def clean_new(self) -> str:
        """Refuse a passphrase that is short, easy to guess, or the person's password."""
        new = " ".join(self.cleaned_data["new"].split())
        if len(new) < MIN_CHARACTERS and len(new.split()) < MIN_WORDS:
            raise forms.ValidationError(_("This is too short."))
        if len(set(new)) < MIN_DIFFERENT:
            raise forms.ValidationError(_("This is too easy to guess."))
        if self.user.check_password(self.cleaned_data["new"]):
            raise forms.ValidationError(_("This is your login password. The vault needs a different passphrase."))
        CommonPasswordValidator().validate(new, self.user)
        UserAttributeSimilarityValidator(("name", "email")).validate(new, self.user)
        return new

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if data.get("new") and " ".join(data.get("again", "").split()) != data["new"]:
            self.add_error("again", _("The two entries do not match."))
        return data


class ChangePassphraseForm(NewPassphraseForm):
    """A new passphrase instead of the present one."""

    passphrase = UnlockForm.base_fields["passphrase"]
    field_order = ("passphrase", "new", "again")
