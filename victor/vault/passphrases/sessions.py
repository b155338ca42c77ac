"""An unlocked vault in a session: neither the browser nor the database alone can unlock it.

The session holds the private part, encrypted. The key to it is in a cookie of its own and nowhere else. The ciphertext
is bound to the session, to the person's key and to the salt of the passphrase: a change of any of them locks the vault.
"""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone

from victor.accounts import sessions as accounts_sessions
from victor.accounts.models import User
from victor.vault import crypto
from victor.vault.crypto import PrivateKey
from victor.vault.errors import Unopenable, VaultLocked
from victor.vault.keys.keyring import UnlockedVault
from victor.vault.keys.models import PersonalKey

SESSION_KEY = "vault"
PRECISION = timedelta(seconds=30)  # how exactly the time of the last use is stored


def keep_unlocked(session: SessionBase, unlocked: UnlockedVault) -> str:
    """Keep a vault unlocked in this session. Returns the secret for the browser's cookie."""
    secret = crypto.new_key()
    personal = PersonalKey.objects.get(key=unlocked.key_id)
    sealed = crypto.encrypt(bytes(unlocked.private), secret, context=session_context(session, personal))
    session[SESSION_KEY] = {"sealed": base64.b64encode(sealed).decode(), "used": timezone.now().timestamp()}
    return base64.urlsafe_b64encode(secret).decode()


def unlock_again(session: SessionBase, secret: str, user: User) -> UnlockedVault:
    """The vault that is unlocked in this session, for the browser that has the secret.

    Raises:
        VaultLocked: it is not, or no longer.
    """
    stored, personal = session.get(SESSION_KEY), PersonalKey.objects.in_use().filter(user=user).first()
    if stored is None or personal is None or locks_at(session) is None:
        raise VaultLocked
    try:
        key = base64.urlsafe_b64decode(secret)
        private = crypto.decrypt(base64.b64decode(stored["sealed"]), key, context=session_context(session, personal))
    except (Unopenable, binascii.Error):
        raise VaultLocked from None
    return UnlockedVault(user, personal.key_id, PrivateKey(private))


def locks_at(session: SessionBase) -> datetime | None:
    """When the vault that is unlocked in this session locks by itself. None where it is locked.

    It locks when nobody has worked for a while, and with the session, at the latest.
    """
    end = accounts_sessions.ends_at(session)
    if SESSION_KEY not in session or end is None:
        return None
    at = min(datetime.fromtimestamp(session[SESSION_KEY]["used"], tz=UTC) + settings.VAULT_IDLE, end)
    return at if at > timezone.now() else None


def touch(session: SessionBase) -> None:
    """Note that the person is working. A vault that was idle for too long is locked."""
    if SESSION_KEY not in session:
        return
    if locks_at(session) is None:
        lock(session)
    elif timezone.now().timestamp() - session[SESSION_KEY]["used"] >= PRECISION.total_seconds():
        session[SESSION_KEY] |= {"used": timezone.now().timestamp()}
        session.modified = True


def lock(session: SessionBase) -> None:
    """Lock the vault in this session."""
    session.pop(SESSION_KEY, None)


def session_context(session: SessionBase, personal: PersonalKey) -> str:
    """What a private part in a session is bound to."""
    return f"session:{session.session_key}:{personal.key_id}:{bytes(personal.salt).hex()}"
