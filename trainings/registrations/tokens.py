"""Signed tokens: a person who has a link with one acts for a registration, without an account.

A token names its registration by number and carries a signature. What the link allows depends on the state of the
registration when it is opened, so a used link is not dangerous: its page says what became of the registration. The
link to the own page is signed for the e-mail address to which it was sent: when a wrong address is corrected, the link
that a stranger has got no longer works.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.apps import apps
from django.core import signing
from django.core.signing import BadSignature, Signer

from victor.forms.numbers import read_digits

if TYPE_CHECKING:
    from trainings.registrations.models import Registration

ANOTHER_SALT = "trainings.another"
ANOTHER_PERIOD = timedelta(days=7)
SEALED_ANSWERS = (
    *("seminar_id", "group_id", "name", "email", "profession", "organisation", "organisation_type", "country_id"),
    *("sex", "language", "shows_name"),
)
CHECK_IN_SIGNER = Signer(salt="trainings.check_in")


def sign_number(number: int, signer: Signer) -> str:
    """A token for the primary key of a registration."""
    return signer.sign(str(number))


def read_signed_number(token: str, signer: Signer) -> int | None:
    """The primary key in a token; None if the token is forged or was made with another signer."""
    try:
        return int(signer.unsign(token))
    except (BadSignature, ValueError):
        return None


def place_token(registration: Registration) -> str:
    """The token of the own page of a participant."""
    return sign_number(registration.pk, _signer_for(registration))


def claimed_number(token: str) -> int | None:
    """The primary key that a token of an own page names. The signature is not checked: see `is_token_of`."""
    return read_digits(token.partition(":")[0])


def is_token_of(token: str, registration: Registration) -> bool:
    """Whether the token was made for this registration and the e-mail address that it has now."""
    return read_signed_number(token, _signer_for(registration)) == registration.pk


def seal_answers(registration: Registration) -> str:
    """What a person answered, for a link that registers them. Not what they need: it may tell of their health."""
    answers = {name: getattr(registration, name) for name in SEALED_ANSWERS}
    return signing.dumps(answers, salt=ANOTHER_SALT, compress=True)


def registration_from_seal(token: str) -> Registration | None:
    """The registration of a link, not saved; None if the link is forged or too old."""
    try:
        answers = signing.loads(token, salt=ANOTHER_SALT, max_age=ANOTHER_PERIOD)
    except signing.BadSignature:
        return None
    registrations: type[Registration] = apps.get_model("trainings", "Registration")
    return registrations(**answers)


def _signer_for(registration: Registration) -> Signer:
    return Signer(salt=f"trainings.place:{registration.email.lower()}")
