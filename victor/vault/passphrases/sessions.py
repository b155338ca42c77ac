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
from victor.vault.crypto import PrivateKey
from victor.vault.errors import Unopenable, VaultLocked
from victor.vault.keys.keyring import UnlockedVault
from victor.vault.keys.models import PersonalKey

SESSION_KEY = "vault"
PRECISION = timedelta(seconds=30)  # how exactly the time of the last use is kept


def keep_unlocked(session: SessionBase, opened: UnlockedVault) -> str:
    """Keep a vault open in this session; return the secret for the browser's cookie."""
    secret = crypto.new_key()
    personal = PersonalKey.objects.get(key=opened.key_id)
    sealed = crypto.encrypt(bytes(opened.private), secret, place=place(session, personal))
    session[SESSION_KEY] = {"sealed": base64.b64encode(sealed).decode(), "used": timezone.now().timestamp()}
    return base64.urlsafe_b64encode(secret).decode()


def reopen(session: SessionBase, secret: str, user: User) -> UnlockedVault:
    """The vault that is open in this session, for the browser that has the secret.

    Raises:
        Locked: it is not, or no longer.
    """
    kept, personal = session.get(SESSION_KEY), PersonalKey.objects.in_use().filter(user=user).first()
    if kept is None or personal is None or locks_at(session) is None:
        raise VaultLocked
    try:
        key = base64.urlsafe_b64decode(secret)
        private = crypto.decrypt(base64.b64decode(kept["sealed"]), key, place=place(session, personal))
    except (Unopenable, binascii.Error):
        raise VaultLocked from None
    return UnlockedVault(user, personal.key_id, PrivateKey(private))


def locks_at(session: SessionBase) -> datetime | None:
    """When the vault that is open in this session locks by itself; None where none is."""
    if SESSION_KEY not in session:
        return None
    at = datetime.fromtimestamp(session[SESSION_KEY]["used"], tz=UTC) + settings.VAULT_IDLE
    return at if at > timezone.now() else None


def touch(session: SessionBase) -> None:
    """Note that somebody is working; what has been idle for too long is forgotten."""
    if SESSION_KEY not in session:
        return
    if locks_at(session) is None:
        lock(session)
    elif timezone.now().timestamp() - session[SESSION_KEY]["used"] >= PRECISION.total_seconds():
        session[SESSION_KEY] |= {"used": timezone.now().timestamp()}
        session.modified = True


def lock(session: SessionBase) -> None:
    """Forget what this session keeps."""
    session.pop(SESSION_KEY, None)


def place(session: SessionBase, personal: PersonalKey) -> str:
    """What a private part that a session keeps is bound to."""
    return f"session:{session.session_key}:{personal.key_id}:{bytes(personal.salt).hex()}"
