"""Pseudonyms: they join one person's answers before and after a seminar without showing whose they are.

A pseudonym is derived with a secret that is not in the database and differs from seminar to seminar. Somebody who has
only the database cannot find a person by trying all registrations.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from trainings.registrations.models import Registration


def pseudonym(registration: Registration, apart: str = "") -> str:
    """The key of a participant's answers at this seminar, as 64 hex digits. `apart` names answers that must not be
    joined with any others.

    It depends on the email address as well: a person who takes over a registration with another address does not find
    the answers of the person before.
    """
    person = f"{registration.pk}:{registration.email.lower()}"
    message = ":".join(filter(None, ["responses", str(registration.seminar_id), person, apart]))
    return hmac.new(settings.RECEIPT_KEY.encode(), message.encode(), hashlib.sha256).hexdigest()
