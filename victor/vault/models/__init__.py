from victor.vault.models.group import Ceremony, Group, Layer, Member, Officer, RecoveryShare, Resealing
from victor.vault.models.key import Grant, Key, PersonalKey, Stamped
from victor.vault.models.record import Envelope, SealedFile, vault

__all__ = [
    "Ceremony",
    "Envelope",
    "Grant",
    "Group",
    "Key",
    "Layer",
    "Member",
    "Officer",
    "PersonalKey",
    "RecoveryShare",
    "Resealing",
    "SealedFile",
    "Stamped",
    "vault",
]
