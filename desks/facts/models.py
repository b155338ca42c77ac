"""What is counted of cases, in rows that cannot be joined to a case, even by whoever owns the database."""

from __future__ import annotations

from django.db import models


class CaseFacts(models.Model):
    """The facts of one case: a tag and one ciphertext. No foreign key, no time, no order.

    `tag` is an HMAC of the case's number with `FACTS_KEY`; of a deleted case it is random, so that nothing leads back.
    """

    stored_name = "desks.casefacts"

    tag = models.CharField(max_length=64, primary_key=True)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.tag
