"""Groups, their members and officers, recoveries of access, and rotations of keys."""

from __future__ import annotations

from datetime import UTC
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from victor.vault.groups.querysets import KEYS_IN_USE, GroupQuerySet, RecoveryRequestQuerySet
from victor.vault.groups.states import OPEN_STATES, RecoveryState, RotationState
from victor.vault.keys.models import Key, Stamped


class Group(models.Model):
    """People who open the same records. The key is replaced when a member leaves."""

    stored_name = "vault.group"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(_("name"), max_length=150, help_text=_("Not confidential: its members can see it."))
    key = models.OneToOneField(Key, models.PROTECT, related_name="group")
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    needs_new_key = models.BooleanField(_("new key pending"), default=False)

    objects = GroupQuerySet.as_manager()

    class Meta:
        ordering = ["name", "created_at"]
        verbose_name = _("vault group")
        verbose_name_plural = _("vault groups")

    def __str__(self) -> str:
        return self.name

    @property
    def is_recoverable(self) -> bool:
        """Whether two officers whose keys are in use have shares that fit the group's key."""
        return self.shares.filter(key_id=self.key_id, **KEYS_IN_USE).exists()


class Member(Stamped):
    """A person who can open what is sealed to a group."""

    stored_name = "vault.member"

    group = models.ForeignKey(Group, models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="vault_groups")
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "user"], name="vault_member_once")]

    def __str__(self) -> str:
        return f"{self.user_id}"

    def stamped_values(self) -> list[object]:
        return [self.group_id, self.user_id]


class Officer(Stamped):
    """A person who, with another officer, restores a member's access. `key` is the one they were added with."""

    stored_name = "vault.officer"

    group = models.ForeignKey(Group, models.CASCADE, related_name="officers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="vault_offices")
    key = models.ForeignKey(Key, models.PROTECT, related_name="+")
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "user"], name="vault_officer_once")]

    def __str__(self) -> str:
        return f"{self.user_id}"

    def stamped_values(self) -> list[object]:
        return [self.group_id, self.user_id, self.key_id]


class RecoveryShare(models.Model):
    """A group's private part, sealed to the second officer and then to the first: both are needed."""

    stored_name = "vault.recoveryshare"

    group = models.ForeignKey(Group, models.CASCADE, related_name="shares")
    key = models.ForeignKey(Key, models.CASCADE, related_name="shares")
    first = models.ForeignKey(Officer, models.CASCADE, related_name="shares_first")
    second = models.ForeignKey(Officer, models.CASCADE, related_name="shares_second")
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "first", "second"], name="vault_recoveryshare_once")]

    def __str__(self) -> str:
        return f"{self.pk}"


class RecoveryRequest(Stamped):
    """A member's request that two officers, one after the other, restore the access to a group."""

    stored_name = "vault.ceremony"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    group = models.ForeignKey(Group, models.CASCADE, related_name="recovery_requests", verbose_name=_("group"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person"))
    key = models.ForeignKey(Key, models.PROTECT, related_name="+")
    state = models.CharField(_("status"), max_length=9, choices=RecoveryState, default=RecoveryState.ASKED)
    asked_at = models.DateTimeField(_("asked on"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires"))
    first = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, verbose_name=_("first recovery officer")
    )
    second = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, verbose_name=_("second recovery officer")
    )

    objects = RecoveryRequestQuerySet.as_manager()

    class Meta:
        db_table = "vault_ceremony"
        ordering = ["-asked_at"]
        verbose_name = _("vault recovery")
        verbose_name_plural = _("vault recoveries")
        constraints = [
            models.UniqueConstraint(
                fields=["group", "user"],
                condition=models.Q(state__in=sorted(OPEN_STATES)),
                name="vault_ceremony_one_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    def stamped_values(self) -> list[object]:
        return [self.pk, self.group_id, self.user_id, self.key_id, self.expires_at.astimezone(UTC).isoformat()]

    @property
    def displayed_state(self) -> RecoveryState:
        """The state as people see it: a request that is open past `expires_at` has expired."""
        stored = RecoveryState(self.state)
        return RecoveryState.EXPIRED if stored in OPEN_STATES and self.expires_at <= timezone.now() else stored


class RecoveryLayer(models.Model):
    """What the first officer has opened for one second officer. It is deleted when the recovery is over."""

    stored_name = "vault.layer"

    recovery_request = models.ForeignKey(RecoveryRequest, models.CASCADE, related_name="layers")
    officer = models.ForeignKey(Officer, models.CASCADE, related_name="+")
    sealed = models.BinaryField()

    class Meta:
        db_table = "vault_layer"

    def __str__(self) -> str:
        return f"{self.pk}"


class KeyRotation(Stamped):
    """The move of records from a group's old key to the current key of a group.

    Members whose vault is unlocked move them: no key is stored here. `record_keys` names the records that go to another
    group; to the group's own new key all records go.
    """

    stored_name = "vault.resealing"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    old_key = models.ForeignKey(Key, models.PROTECT, related_name="rotations")
    target = models.ForeignKey(
        Group, models.CASCADE, related_name="rotations", verbose_name=pgettext_lazy("vault", "target group")
    )
    record_keys = ArrayField(models.UUIDField(), default=list)
    state = models.CharField(_("status"), max_length=7, choices=RotationState, default=RotationState.RUNNING)
    total = models.PositiveIntegerField(_("records"))
    moved_count = models.PositiveIntegerField(_("re-encrypted"), default=0)
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    progressed_at = models.DateTimeField(_("last progress"), default=timezone.now)

    class Meta:
        db_table = "vault_resealing"
        ordering = ["-started_at"]
        verbose_name = _("re-encrypted records")
        verbose_name_plural = _("re-encrypted records")

    def __str__(self) -> str:
        return f"{self.moved_count}/{self.total}"

    def stamped_values(self) -> list[object]:
        return [self.pk, self.old_key_id, self.target_id, *self.record_keys]
