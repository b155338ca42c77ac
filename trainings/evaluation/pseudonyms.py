"""Pseudonyms: the same person's answers before and after a seminar belong together, and nobody can tell whose.

The key is derived with a secret that the database does not hold, for each seminar another. Whoever has the database
alone cannot try the registrations one by one.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from django.conf import settings


def pseudonym(registration: Any, apart: str = "") -> str:
    """By what a participant's answers at this seminar are kept; those that are kept `apart` belong to no others.

    It is of the address as well: who is given somebody's place by another address does not find their answers.
    """
    person = f"{registration.pk}:{registration.email.lower()}"
    said = ":".join(filter(None, ["responses", str(registration.seminar_id), person, apart]))
    return hmac.new(settings.RECEIPT_KEY.encode(), said.encode(), hashlib.sha256).hexdigest()
