"""Keys, whose they are, and which key opens which."""

from __future__ import annotations

import hashlib
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from victor.vault.keys.querysets import PasskeyLockQuerySet, PersonalKeyQuerySet
from victor.vault.keys.states import KeyKind


class Stamped(models.Model):
    """A row with a stamp: somebody who writes into the database cannot make or change it unnoticed.

    The stamp is an HMAC over `stamped_values`. Its key is not in the database.
    """

    stamp = models.CharField(max_length=64)

    class Meta:
        abstract = True

    def stamped_values(self) -> list[object]:
        """The values that the stamp protects."""
        raise NotImplementedError


class Key(Stamped):
    """The public part of a key pair. The stamp ties it to its owner."""

    stored_name = "vault.key"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=8, choices=KeyKind)
    owner = models.CharField(_("owner"), max_length=60, blank=True)
    public = models.BinaryField(max_length=32)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    retired_at = models.DateTimeField(_("replaced"), null=True, blank=True)

    class Meta:
        verbose_name = _("key")
        verbose_name_plural = _("keys")
        indexes = [models.Index("owner", name="vault_key_owner")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def stamped_values(self) -> list[object]:
        return [self.pk, self.kind, self.owner, bytes(self.public).hex()]


class PersonalKey(models.Model):
    """A person's private part, encrypted with the passphrase.

    One is in use. Others were set aside after a forgotten passphrase, and can be restored with it.
    """

    stored_name = "vault.personalkey"

    key = models.OneToOneField(Key, models.PROTECT, primary_key=True, related_name="personal")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="personal_keys", verbose_name=_("person")
    )
    salt = models.BinaryField(max_length=16)
    passes = models.PositiveSmallIntegerField()
    memory = models.PositiveBigIntegerField()
    locked = models.BinaryField()
    set_aside_at = models.DateTimeField(_("set aside"), null=True, blank=True)
    changed_at = models.DateTimeField(_("passphrase set"), default=timezone.now)

    failure_count: int | None  # set by the list in the admin

    objects = PersonalKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("personal vault")
        verbose_name_plural = _("personal vaults")
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(set_aside_at=None), name="vault_personalkey_in_use"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id}"


class PasskeyLock(Stamped):
    """A copy of a person's private part, encrypted with a secret that only one passkey gives, and with `FIELD_KEYS`.

    It goes with the passkey and with the key. `credential` is the passkey's own name for itself: another passkey that
    is put in its place does not fit.
    """

    stored_name = "vault.passkeylock"

    passkey = models.OneToOneField("mfa.Authenticator", models.CASCADE, related_name="vault_lock")
    personal = models.ForeignKey(PersonalKey, models.CASCADE, related_name="passkey_locks")
    credential = models.BinaryField()
    salt = models.BinaryField(max_length=32)
    locked = models.TextField()
    made_at = models.DateTimeField(default=timezone.now)

    objects = PasskeyLockQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.passkey_id}"

    def stamped_values(self) -> list[object]:
        digest = hashlib.sha256(self.locked.encode()).hexdigest()
        return [self.passkey_id, self.personal_id, bytes(self.credential).hex(), bytes(self.salt).hex(), digest]


class PassphraseTries(models.Model):
    """Wrong passphrases of a person in a row: for the key in use, and for those that were set aside.

    They belong to the person, not to the key: a new key starts no new count.
    """

    stored_name = "vault.passphrasetries"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="passphrase_tries")
    of_old_keys = models.BooleanField(default=False)
    failures = models.PositiveSmallIntegerField(default=0)
    failed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "of_old_keys"], name="vault_passphrasetries_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.failures}"


class Grant(models.Model):
    """The private part of `key`, sealed to `holder`: who can open `holder` can open `key`."""

    stored_name = "vault.grant"

    key = models.ForeignKey(Key, models.CASCADE, related_name="grants")
    holder = models.ForeignKey(Key, models.CASCADE, related_name="grants_held")
    sealed = models.BinaryField()
    made_at = models.DateTimeField(default=timezone.now)
    rotation = models.ForeignKey("KeyRotation", models.SET_NULL, null=True, blank=True, related_name="waiting")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "holder"], name="vault_grant_once")]

    def __str__(self) -> str:
        return f"{self.pk}"
