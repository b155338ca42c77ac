import pgtrigger
from django.db import models

from victor.audit import triggers


class Chain(models.Model):
    """The end of the chain, in one row: locked by each writer, and the witness when the last entries are missing."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    length = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="")
    seal = models.CharField(max_length=64, default="")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audit_chain_is_one")]
        triggers = [
            pgtrigger.Protect(name="keep", operation=pgtrigger.Delete),
            triggers.never_emptied(),
            pgtrigger.Trigger(
                name="grow",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func=triggers.CHAIN_FOLLOWS_ENTRIES,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.length} entries"


class Entry(models.Model):
    """Who did what to which object, when. `details` is canonical JSON without free text about people.

    `digest` is SHA-256 over all columns and the digest before; `seal` is its HMAC with a key that the database does
    not hold, so that a whole chain rewritten in the database is found too.
    """

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    action = models.CharField(max_length=100)
    actor = models.CharField(max_length=100)
    object = models.CharField(max_length=100)
    details = models.TextField(default="{}")
    digest = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)

    class Meta:
        ordering = ["sequence"]
        verbose_name_plural = "entries"
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            triggers.never_emptied(),
            pgtrigger.Trigger(
                name="linked", operation=pgtrigger.Insert, when=pgtrigger.Before, func=triggers.ENTRY_CONTINUES_CHAIN
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"
