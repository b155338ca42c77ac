"""Asks a passkey to prove itself, and for the secret that it has for the vault (WebAuthn with its extension PRF).

What it was asked stands in the session until it is answered. Its secret comes with the answer and is stored nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import QuerySet
from django.utils import timezone
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestedCredentialData, PublicKeyCredentialRpEntity, UserVerificationRequirement

from victor.accounts.models import User
from victor.vault.errors import NotAsked, WrongPasskey
from victor.vault.passkeys.states import Purpose

SESSION_KEY = "vault_passkey"
SALT_BYTES = 32
PERIOD = timedelta(minutes=5)  # in which a passkey has to answer


class Question(NamedTuple):
    """What passkeys were asked: what their signature has to hold, and with which salt each was asked for its secret."""

    state: Mapping[str, object]
    salts: Mapping[str, str]

    def salt_for(self, passkey: Authenticator) -> bytes:
        """The salt with which this one was asked.

        Raises:
            WrongPasskey: it was not asked.
        """
        try:
            return websafe_decode(self.salts[str(passkey.pk)])
        except KeyError:
            raise WrongPasskey from None


class Answer(NamedTuple):
    """What a browser sends: the proof of a passkey, and the secret that it gave."""

    proof: Mapping[str, object]
    secret: bytes

    def __repr__(self) -> str:
        return "<Answer>"


def passkeys_of(user: User) -> QuerySet[Authenticator]:
    """The passkeys that a person has set up."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).order_by("created_at", "pk")


def credential_of(passkey: Authenticator) -> AttestedCredentialData:
    """The public part of a passkey, and its own name for itself."""
    credential: AttestedCredentialData = passkey.wrap().authenticator_data.credential_data
    return credential


def ask_passkeys(session: SessionBase, salts: Mapping[Authenticator, bytes], *, purpose: Purpose) -> dict[str, object]:
    """Ask any one of these passkeys. Returns what the browser has to know, for JSON. An earlier question ends."""
    credentials = {passkey: credential_of(passkey) for passkey in salts}
    options, state = _server().authenticate_begin(list(credentials.values()), UserVerificationRequirement.REQUIRED)
    session[SESSION_KEY] = {
        "purpose": purpose,
        "asked_at": timezone.now().timestamp(),
        "state": state,
        "salts": {str(passkey.pk): websafe_encode(salt) for passkey, salt in salts.items()},
    }
    wanted = {
        websafe_encode(credentials[passkey].credential_id): {"first": websafe_encode(salt)}
        for passkey, salt in salts.items()
    }
    return {**options.public_key, "extensions": {"prf": {"evalByCredential": wanted}}}


def take_question(session: SessionBase, *, purpose: Purpose) -> Question:
    """What was asked in this session. It can be answered once.

    Raises:
        NotAsked: nothing was asked for this purpose, or more than five minutes ago.
    """
    asked = session.pop(SESSION_KEY, None)
    if asked is None or asked["purpose"] != purpose:
        raise NotAsked
    if datetime.fromtimestamp(asked["asked_at"], tz=UTC) + PERIOD < timezone.now():
        raise NotAsked
    return Question(asked["state"], asked["salts"])


def verify_answer(answer: Answer, user: User, *, question: Question) -> Authenticator:
    """The person's passkey that has answered this question, with whoever holds it verified by fingerprint, face or PIN.

    Raises:
        WrongPasskey: it is another's, has answered something else, on another site, or did not verify who holds it.
    """
    credentials = {passkey: credential_of(passkey) for passkey in passkeys_of(user)}
    try:
        proved = _server().authenticate_complete(question.state, list(credentials.values()), answer.proof)
    except (AttributeError, KeyError, TypeError, ValueError):  # what a browser has sent may be anything
        raise WrongPasskey from None
    matching = (passkey for passkey, own in credentials.items() if own.credential_id == proved.credential_id)
    return next(matching)


def _server() -> Fido2Server:
    """What verifies passkeys. They are set up by allauth, for the same site."""
    site = PublicKeyCredentialRpEntity(**get_adapter().get_public_key_credential_rp_entity())
    if not settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN:
        return Fido2Server(site)
    return Fido2Server(site, verify_origin=lambda origin: urlsplit(origin).hostname == site.id)
