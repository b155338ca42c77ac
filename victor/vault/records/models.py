"""Envelopes and sealed files: what is confidential, encrypted; and access to a record that nobody has taken yet."""

from __future__ import annotations

from hashlib import sha256
from uuid import uuid4

from django.core.files.storage import Storage, storages
from django.db import models
from django.utils import timezone

from victor.vault.keys.models import Key, Stamped


class Envelope(Stamped):
    """Something confidential, encrypted with a data key of its own, which is sealed to the record's key."""

    stored_name = "vault.envelope"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    key = models.ForeignKey(Key, models.PROTECT, related_name="envelopes")
    purpose = models.CharField(max_length=60)
    sealed_key = models.BinaryField()
    content = models.BinaryField()
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"{self.pk}"

    def stamped_values(self) -> list[object]:
        digest = sha256(bytes(self.sealed_key) + bytes(self.content)).hexdigest()
        return [self.pk, self.key_id, self.purpose, digest]


def vault_storage() -> Storage:
    """The storage of sealed files."""
    return storages["vault"]


class SealedFile(Stamped):
    """A confidential file, encrypted in chunks. `about` is its name and type, encrypted too."""

    stored_name = "vault.sealedfile"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    key = models.ForeignKey(Key, models.PROTECT, related_name="files")
    sealed_key = models.BinaryField()
    about = models.BinaryField()
    size = models.PositiveBigIntegerField()
    file = models.FileField(storage=vault_storage)
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"{self.pk}"

    def stamped_values(self) -> list[object]:
        digest = sha256(bytes(self.sealed_key) + bytes(self.about)).hexdigest()
        return [self.pk, self.key_id, self.file.name, self.size, digest]


class AcceptanceSlot(Stamped):
    """Access to a record that a group is offered and has not taken yet.

    It is the grant that the group would hold, encrypted once more with a key that the database does not hold. So a copy
    of the database and a passphrase of the group do not open the record before the group takes the access.
    """

    stored_name = "vault.acceptanceslot"

    key = models.ForeignKey(Key, models.CASCADE, related_name="slots")
    holder = models.ForeignKey(Key, models.CASCADE, related_name="slots_held")
    wrapped = models.TextField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["key", "holder"], name="vault_acceptanceslot_once")]

    def __str__(self) -> str:
        return f"{self.key_id} {self.holder_id}"

    def stamped_values(self) -> list[object]:
        return [self.key_id, self.holder_id, sha256(self.wrapped.encode()).hexdigest()]
