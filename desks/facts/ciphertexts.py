"""The tag and the one ciphertext of a row of facts. Both need `FACTS_KEY`, which the database does not hold.

Every ciphertext has the same length, whatever is in it, and is bound to its tag.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING

from django.conf import settings

from victor.vault import crypto

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

SIZE = 768  # bytes of every row before it is encrypted: more than the longest facts need


@dataclass(frozen=True)
class Facts:
    """What is counted of a case, in codes and months. `is_left_out`: nothing is known of it, and it is in no figure."""

    desk: int = 0
    opened: str = ""
    closed: str = ""
    stage: str = ""
    status: str = ""
    body: str = ""
    age: str = "unknown"
    sex: str = "unknown"
    citizenship: str = "unknown"
    form: str = "unknown"
    act: str = ""
    means: str = ""
    means_kinds: str = ""  # a letter for each kind that there was
    purpose: str = ""
    outcome: str = ""
    services: str = ""  # a letter for each service
    placement: str = ""
    safe_6: str = ""
    safe_12: str = ""
    risk_step: str = ""
    guardian_step: str = ""
    notify_step: str = ""
    plan_step: str = ""
    is_left_out: bool = False
    review_step: str = ""
    risk_days: int | None = None  # until the first step was taken
    guardian_days: int | None = None
    notify_days: int | None = None
    plan_days: int | None = None

    def changed(self, codes: Mapping[str, object]) -> Facts:
        """The same facts with these codes."""
        values = asdict(self)
        values.update(codes)
        return Facts(**values)


DAYS = ("risk_days", "guardian_days", "notify_days", "plan_days")


def tag_of(case_id: UUID) -> str:
    """The tag of a case. Without the key nobody computes it from the number of the case, or goes back from it."""
    return hmac.new(_key("tag"), str(case_id).encode(), hashlib.sha256).hexdigest()


def new_tag() -> str:
    """A tag that belongs to no case."""
    return secrets.token_hex(hashlib.sha256().digest_size)


def encrypt_facts(facts: Facts, tag: str) -> bytes:
    """The ciphertext of a row, of one length."""
    plain = json.dumps(asdict(facts), separators=(",", ":")).encode()
    if len(plain) > SIZE:
        raise OverflowError
    return crypto.encrypt(plain.ljust(SIZE), _key("content"), context=tag)


def decrypt_facts(content: bytes, tag: str) -> Facts:
    """The facts of a row.

    Raises:
        Unopenable: somebody has altered it or given it another tag, or the key is another one.
    """
    known = {field.name for field in fields(Facts)}
    stored = json.loads(crypto.decrypt(content, _key("content"), context=tag))
    return Facts(**{name: value for name, value in stored.items() if name in known})


def _key(purpose: str) -> bytes:
    return hmac.new(settings.FACTS_KEY.encode(), purpose.encode(), hashlib.sha256).digest()
