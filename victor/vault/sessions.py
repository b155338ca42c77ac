"""A vault stays open while somebody works, and neither their browser nor our database alone can open it.

The session keeps the private part encrypted; the key to it is in a cookie of its own and nowhere here. What is kept is
bound to the session, to the person's key and to the salt of the passphrase: a change of any of these locks it.
"""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone

from victor.accounts.models import User
from victor.vault import crypto
from victor.vault.crypto import Private
from victor.vault.errors import Locked, Unopenable
from victor.vault.keys import Opened
from victor.vault.models import PersonalKey

NAME = "vault"
PRECISION = timedelta(seconds=30)  # how exactly the time of the last use is kept


def keep(session: SessionBase, opened: Opened) -> str:
    """Keep a vault open in this session; return the secret for the browser's cookie."""
    secret = crypto.new_key()
    personal = PersonalKey.objects.get(key=opened.key_id)
    sealed = crypto.encrypt(bytes(opened.private), secret, place=place(session, personal))
    session[NAME] = {"sealed": base64.b64encode(sealed).decode(), "used": timezone.now().timestamp()}
    return base64.urlsafe_b64encode(secret).decode()


def open_again(session: SessionBase, secret: str, user: User) -> Opened:
    """The vault that is open in this session, for the browser that has the secret.

    Raises:
        Locked: it is not, or no longer.
    """
    kept, personal = session.get(NAME), PersonalKey.objects.in_use().filter(user=user).first()
    if kept is None or personal is None or locks_at(session) is None:
        raise Locked
    try:
        key = base64.urlsafe_b64decode(secret)
        private = crypto.decrypt(base64.b64decode(kept["sealed"]), key, place=place(session, personal))
    except (Unopenable, binascii.Error):
        raise Locked from None
    return Opened(user, personal.key_id, Private(private))


def locks_at(session: SessionBase) -> datetime | None:
    """When the vault that is open in this session locks by itself; None where none is."""
    if NAME not in session:
        return None
    at = datetime.fromtimestamp(session[NAME]["used"], tz=UTC) + settings.VAULT_IDLE
    return at if at > timezone.now() else None


def touch(session: SessionBase) -> None:
    """Note that somebody is working; what has been idle for too long is forgotten."""
    if NAME not in session:
        return
    if locks_at(session) is None:
        lock(session)
    elif timezone.now().timestamp() - session[NAME]["used"] >= PRECISION.total_seconds():
        session[NAME] |= {"used": timezone.now().timestamp()}
        session.modified = True


def lock(session: SessionBase) -> None:
    """Forget what this session keeps."""
    session.pop(NAME, None)


def place(session: SessionBase, personal: PersonalKey) -> str:
    """What a private part that a session keeps is bound to."""
    return f"session:{session.session_key}:{personal.key_id}:{bytes(personal.salt).hex()}"
