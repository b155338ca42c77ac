"""Passkeys in software: they sign as a device does, and give its secret for a salt (PRF)."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from typing import Any

from allauth.core import context
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client, RequestFactory
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from tests.vault.people import PASSPHRASE
from victor.accounts.models import User
from victor.vault.keys.keyring import UnlockedVault
from victor.vault.passkeys import actions
from victor.vault.passkeys.assertions import Answer, Question, ask_passkeys, take_question
from victor.vault.passkeys.states import Purpose

SITE = "testserver"
PASSKEYS = "/en/workspace/vault/passkeys/"
SALT = bytes(range(32))
FLAG = AuthenticatorData.FLAG


class Device:
    """A device with one passkey for our site."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential_id = secrets.token_bytes(32)
        self.prf_key = secrets.token_bytes(32)

    def register(self, user: User, name: str = "Telephone") -> Authenticator:
        """The passkey as allauth stores it once it is set up."""
        public = AttestedCredentialData.create(
            Aaguid.NONE, self.credential_id, ES256.from_cryptography_key(self.key.public_key())
        )
        data = AuthenticatorData.create(_digest(SITE), FLAG.UP | FLAG.UV | FLAG.AT, 0, public)
        client = CollectedClientData.create("webauthn.create", secrets.token_bytes(32), f"https://{SITE}")
        response = {
            "clientDataJSON": websafe_encode(client),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        }
        credential = self._named() | {"response": response, "clientExtensionResults": {}}
        facts = {"name": name, "credential": credential}
        return Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=facts)

    def answer(
        self, question: dict[str, Any], *, origin: str = f"https://{SITE}", flags: int = FLAG.UP | FLAG.UV
    ) -> Answer:
        """What the device answers once somebody has touched it and shown who they are."""
        client = CollectedClientData.create("webauthn.get", websafe_decode(question["challenge"]), origin)
        data = AuthenticatorData.create(_digest(question["rpId"]), flags, 0)
        signature = self.key.sign(data + client.hash, ec.ECDSA(SHA256()))
        response = {
            "clientDataJSON": websafe_encode(client),
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signature),
        }
        wanted = question["extensions"]["prf"]["evalByCredential"].get(
            websafe_encode(self.credential_id), {"first": ""}
        )
        return Answer(self._named() | {"response": response}, self.secret(websafe_decode(wanted["first"])))

    def secret(self, salt: bytes) -> bytes:
        """The secret of this passkey for a salt."""
        return hmac.digest(self.prf_key, _digest("WebAuthn PRF\0", salt), "sha256")

    def _named(self) -> dict[str, str]:
        own = websafe_encode(self.credential_id)
        return {"id": own, "rawId": own, "type": "public-key"}


def form_data(answer: Answer) -> dict[str, str]:
    """The answer as the script of the page sends it."""
    return {"proof": json.dumps(answer.proof), "secret": websafe_encode(answer.secret)}


def asked(device: Device, salts: dict[Authenticator, bytes], purpose: Purpose) -> tuple[Answer, Question]:
    """The device is asked in some session, and answers."""
    session = SessionStore()
    with context.request_context(RequestFactory().get("/")):  # passkeys are of a site: that of the request
        question = ask_passkeys(session, salts, purpose=purpose)
    return device.answer(question), take_question(session, purpose=purpose)


def add_to_vault(
    vault: UnlockedVault, device: Device, passkey: Authenticator, *, passphrase: str = PASSPHRASE
) -> UnlockedVault:
    """Let a passkey open a vault."""
    answer, question = asked(device, {passkey: SALT}, Purpose.ADD)
    with context.request_context(RequestFactory().get("/")):
        return actions.add_passkey(vault.person, passphrase, answer, question=question)


def press(browser: Client, device: Device, **sent: str) -> Any:
    """Press "Unlock with a passkey" and touch the device."""
    question = browser.post(f"{PASSKEYS}ask/").json()
    return browser.post(f"{PASSKEYS}unlock/", form_data(device.answer(question)) | sent)


def _digest(text: str, more: bytes = b"") -> bytes:
    return hashlib.sha256(text.encode() + more).digest()
