"""Blind tokens, by which a child who is known already is found without a name in the database."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desks.desk.models import Desk
from desks.duplicates.querysets import BlindTokenQuerySet, DeskQuestionQuerySet, DeskSearchQuerySet
from desks.duplicates.states import SearchReason, TokenKind
from victor.vault.keys.models import Key


class BlindToken(models.Model):
    """Something by which the child of a record is recognised, as an HMAC: two that are alike have the same value.

    The secret is `DUPLICATES_KEY`, which the database does not hold. The record is known by its key in the vault, and
    its tokens go when the key goes.
    """

    stored_name = "desks.blindtoken"

    kind = models.CharField(_("kind"), max_length=9, choices=TokenKind)
    value = models.CharField(max_length=32)
    desk = models.ForeignKey(Desk, models.PROTECT, related_name="blind_tokens", verbose_name=_("desk"))
    key = models.ForeignKey(Key, models.CASCADE, related_name="blind_tokens")

    objects = BlindTokenQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "value"], name="desks_blindtoken_once")]
        indexes = [models.Index(fields=["value"], name="desks_blindtoken_value")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key_id}"


class DeskSearch(models.Model):
    """Somebody has asked all other desks whether they know a child. Nothing is stored of whom they looked for."""

    stored_name = "desks.desksearch"

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="searches_elsewhere")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=7, choices=SearchReason)
    at = models.DateTimeField(_("asked on"), default=timezone.now)

    objects = DeskSearchQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["by", "at"], name="desks_desksearch_today")]

    def __str__(self) -> str:
        return f"{self.desk_id} {self.at}"


class DeskQuestion(models.Model):
    """A desk that perhaps knows the child somebody has searched for. It is told who asked, and that desk its name."""

    stored_name = "desks.deskquestion"

    search = models.ForeignKey(DeskSearch, models.CASCADE, related_name="questions")
    desk = models.ForeignKey(Desk, models.PROTECT, related_name="questions")

    objects = DeskQuestionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["search", "desk"], name="desks_deskquestion_once")]

    def __str__(self) -> str:
        return f"{self.search_id} {self.desk_id}"
