"""Signed tokens: whoever has the link of an email confirms a contact point without logging in.

A token names the contact point and the email address to which it was sent: after a correction it no longer works.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.signing import BadSignature, TimestampSigner

from victor.forms.numbers import read_digits

if TYPE_CHECKING:
    from partners.memberships.models import ContactPoint

LINK_VALIDITY = timedelta(days=30)


def contact_token(contact: ContactPoint) -> str:
    """The token for the person concerned."""
    return _signer_for(contact.email).sign(str(contact.pk))


def claimed_contact(token: str) -> int | None:
    """The primary key that a token names. The signature is not checked: see `is_token_of`."""
    return read_digits(token.partition(":")[0])


def is_token_of(token: str, contact: ContactPoint) -> bool:
    """Whether the token was made for this contact point and its present address, and is not too old."""
    try:
        return _signer_for(contact.email).unsign(token, max_age=LINK_VALIDITY) == str(contact.pk)
    except BadSignature:
        return False


def _signer_for(email: str) -> TimestampSigner:
    return TimestampSigner(salt=f"partners.contact:{email.lower()}")
