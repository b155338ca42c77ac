"""What exists: the models of the slices, where Django looks for them."""

from victor.vault.groups.models import (
    Group,
    KeyRotation,
    Member,
    Officer,
    RecoveryLayer,
    RecoveryRequest,
    RecoveryShare,
)
from victor.vault.keys.models import Grant, Key, PasskeyLock, PassphraseTries, PersonalKey
from victor.vault.records.models import AcceptanceSlot, Envelope, SealedFile

__all__ = [
    "AcceptanceSlot",
    "Envelope",
    "Grant",
    "Group",
    "Key",
    "KeyRotation",
    "Member",
    "Officer",
    "PasskeyLock",
    "PassphraseTries",
    "PersonalKey",
    "RecoveryLayer",
    "RecoveryRequest",
    "RecoveryShare",
    "SealedFile",
]
