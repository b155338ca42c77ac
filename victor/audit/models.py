"""The entries of the audit log, and the end of their chain."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from victor.audit import triggers


class Chain(models.Model):
    """The end of the chain: one row, made by a migration. Each writer locks it.

    It shows when the last entries are missing. Its `seal` is over length and digest, so that nobody without the key
    can make one up. One that was genuine once can be put back: anchors outside the database show that.
    """

    stored_name = "audit.chain"

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    length = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="")
    seal = models.CharField(max_length=64, default="")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audit_chain_is_one")]
        triggers = [
            triggers.Guard(name="keep", operation=pgtrigger.Delete, func=triggers.NEVER_DELETED),
            triggers.never_emptied(),
            triggers.Guard(
                name="grow", operation=pgtrigger.Insert | pgtrigger.Update, func=triggers.CHAIN_FOLLOWS_ENTRIES
            ),
        ]

    def __str__(self) -> str:
        return f"{self.length} entries"


class Entry(models.Model):
    """Who did what to which object, and when. `details` is canonical JSON without free text about people.

    `digest` is SHA-256 over all columns and the digest before. `seal` is the HMAC of the digest. Its key is not in
    the database, so a chain that is rewritten as a whole in the database is found too.
    """

    stored_name = "audit.entry"

    sequence = models.BigIntegerField(_("number"), primary_key=True)
    at = models.DateTimeField(_("time"))
    action = models.CharField(_("action"), max_length=100)
    actor = models.CharField(_("done by"), max_length=100)
    object = models.CharField(_("object"), max_length=100)
    details = models.TextField(_("details"), default="{}")
    digest = models.CharField(_("checksum"), max_length=64)
    seal = models.CharField(max_length=64)

    class Meta:
        ordering = ["sequence"]
        verbose_name = _("audit log entry")
        verbose_name_plural = _("audit log entries")
        triggers = [
            triggers.Guard(
                name="append_only", operation=pgtrigger.Update | pgtrigger.Delete, func=triggers.APPEND_ONLY
            ),
            triggers.never_emptied(),
            triggers.Guard(name="linked", operation=pgtrigger.Insert, func=triggers.ENTRY_CONTINUES_CHAIN),
            triggers.Guard(
                name="reached",
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                operation=pgtrigger.Insert,
                func=triggers.CHAIN_REACHES_ENTRY,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"


class EventCount(models.Model):
    """How often something happened to an account within an hour, outside the chain, so that a flood does not fill it.

    The first time is an entry of its own. The others are one entry once the hour is over.
    """

    stored_name = "audit.eventcount"

    hour = models.DateTimeField()
    action = models.CharField(max_length=100)
    object = models.CharField(max_length=100)
    number = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hour", "action", "object"], name="audit_eventcount_once")]

    def __str__(self) -> str:
        return f"{self.hour:%Y-%m-%d %H} {self.action} {self.object} {self.number}"
