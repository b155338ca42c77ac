"""Signed tokens: whoever has the link of an invitation answers without logging in.

A token names the invitation and the address to which it was sent. It works until the meeting starts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.signing import BadSignature, Signer

from victor.forms.numbers import read_digits

if TYPE_CHECKING:
    from partners.meetings.models import Invitation


def invitation_token(invitation: Invitation) -> str:
    """The token for whoever is invited."""
    return _signer_for(invitation.email).sign(str(invitation.pk))


def claimed_invitation(token: str) -> int | None:
    """The primary key that a token names. The signature is not checked: see `is_token_of`."""
    return read_digits(token.partition(":")[0])


def is_token_of(token: str, invitation: Invitation) -> bool:
    """Whether the token was made for this invitation and its present address."""
    try:
        return _signer_for(invitation.email).unsign(token) == str(invitation.pk)
    except BadSignature:
        return False


def _signer_for(email: str) -> Signer:
    return Signer(salt=f"partners.invitation:{email.lower()}")
