from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class TokenKind(TextChoices):
    """What a blind token stands for. `PART` is the only name that is known of a child."""

    NAME = "name"
    NAME_YEAR = "name_year"
    PART = "part"
    PART_YEAR = "part_year"
    TELEPHONE = "telephone"
    DOCUMENT = "document"


class MatchReason(TextChoices):
    """Why two records are perhaps about the same child, the strongest first."""

    SAME_DOCUMENT = "document", pgettext_lazy("perhaps the same child", "same document number")
    SAME_TELEPHONE = "telephone", pgettext_lazy("perhaps the same child", "same telephone")
    NAME = "name", pgettext_lazy("perhaps the same child", "name sounds alike")
    NAME_PART = "part", pgettext_lazy("perhaps the same child", "one name sounds alike")
    SAME_YEAR = "same_year", pgettext_lazy("perhaps the same child", "born in the same year")
    YEAR_APART = "year_apart", pgettext_lazy("perhaps the same child", "born a year apart")


class SearchReason(TextChoices):
    """What allows a desk to ask other desks whether they know a child."""

    CONSENT = "consent", pgettext_lazy("why other desks are asked", "Consent")
    VITAL = "vital", pgettext_lazy("why other desks are asked", "Danger to life")
