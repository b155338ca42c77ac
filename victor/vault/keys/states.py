"""Kinds of keys."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class KeyKind(TextChoices):
    """What a key pair belongs to."""

    PERSON = "person", pgettext_lazy("key of the vault", "Person")
    GROUP = "group", pgettext_lazy("key of the vault", "Group")
    RECORD = "record", pgettext_lazy("key of the vault", "Record")
    RECEIPT = "receipt", pgettext_lazy("key of the vault", "Receipt")
