"""Forms in which a browser sends what a passkey has answered. No page shows any of it again."""

from __future__ import annotations

import json

from django import forms
from fido2.utils import websafe_decode

from victor.vault.crypto import KEY_BYTES
from victor.vault.errors import WrongPasskey
from victor.vault.passkeys.assertions import Answer
from victor.vault.passphrases.forms import UnlockForm


class PasskeyAnswerForm(forms.Form):
    """The answer of a passkey, put together by a script."""

    proof = forms.CharField(widget=forms.HiddenInput, max_length=16 * 1024)
    secret = forms.CharField(widget=forms.HiddenInput, max_length=100)

    def clean_proof(self) -> dict[str, object]:
        """The proof, if it is an object at all. Whether it is right is asked of the passkey's public part."""
        try:
            proof = json.loads(self.cleaned_data["proof"])
        except (ValueError, RecursionError):
            proof = None
        if not isinstance(proof, dict):
            raise forms.ValidationError(WrongPasskey.text)
        return proof

    def clean_secret(self) -> bytes:
        """The secret as bytes."""
        try:
            secret = websafe_decode(self.cleaned_data["secret"])
        except ValueError:
            secret = b""
        if len(secret) != KEY_BYTES:
            raise forms.ValidationError(WrongPasskey.text)
        return secret

    def clean(self) -> dict[str, object]:
        """Say once that something is wrong: nobody has typed these fields."""
        data = super().clean() or {}
        if not {"proof", "secret"} <= data.keys():
            self.add_error(None, WrongPasskey.text)
        return data

    @property
    def answer(self) -> Answer:
        """What the passkey has answered, once the form is valid."""
        return Answer(self.cleaned_data["proof"], self.cleaned_data["secret"])


class VaultPasskeyForm(PasskeyAnswerForm):
    """The same with the passphrase, which is asked for once more."""

    passphrase = UnlockForm.base_fields["passphrase"]
