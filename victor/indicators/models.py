"""Figures that were shown once. They never change again."""

from __future__ import annotations

import json
from typing import TypeVar, cast

from django.db import models
from django.utils import timezone

from victor.field_encryption import decrypt_value
from victor.indicators.corners import Key
from victor.indicators.declarations import Cells

Stored = TypeVar("Stored")


class FrozenFigures(models.Model):
    """An indicator as it was counted at the first look at a period, and which of its figures are hidden.

    What is entered, corrected or deleted later changes none of them. Otherwise somebody who looks twice could subtract,
    and what is hidden would come out.
    """

    stored_name = "indicators.frozenfigures"

    subject = models.CharField(max_length=200)
    indicator = models.CharField(max_length=40)
    period = models.CharField(max_length=6)
    cells = models.JSONField()  # pairs: the values of a cell; its number, with the sums of its measures; or encrypted
    parts = models.JSONField()  # such pairs for each part whose people know its rows
    tables = models.JSONField()  # the breakdowns of each table that is shown
    hidden = models.JSONField()  # the keys of the figures that are hidden; null stands for a total
    medians = models.JSONField(null=True)  # by their keys; or encrypted
    frozen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "indicator", "period"], name="indicators_frozenfigures_once")
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.indicator} {self.period}"

    def counted_cells(self) -> Cells:
        """The cells, as an indicator counts them."""
        return {tuple(values): tuple(numbers) for values, numbers in _read(self.cells)}

    def counted_parts(self) -> dict[str, Cells]:
        """The cells of each part whose people know its rows."""
        parts = _read(self.parts).items()
        return {name: {tuple(values): tuple(numbers) for values, numbers in cells} for name, cells in parts}

    def counted_medians(self) -> dict[str, int]:
        """The medians by their keys."""
        return _read(self.medians) if self.medians else {}

    def hidden_keys(self) -> set[Key]:
        """The keys of the hidden figures."""
        return {tuple(key) for key in self.hidden}


def _read(stored: Stored | str) -> Stored:
    """What was counted. Of an indicator whose rows nobody reads from the database it is encrypted."""
    return cast("Stored", json.loads(decrypt_value(stored))) if isinstance(stored, str) else stored
