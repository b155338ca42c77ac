"""A file of cases that waits until somebody confirms it, sealed; and what the columns of a desk's own lists mean."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone

from desks.cases.models import iso
from desks.cases.plain import declare_plain
from desks.desk.models import Desk
from desks.imports.querysets import WAITING, CaseImportQuerySet
from desks.imports.states import ImportKind
from victor.vault.keys.models import Key, Stamped
from victor.vault.records.models import Envelope

PERSON = settings.AUTH_USER_MODEL


class CaseImport(Stamped):
    """A file that was read and waits for a day. What it says is sealed under a key of its own; the row goes with it.

    `known`: which children the desk may know already, as somebody has searched; empty before. `done`: how many of its
    rows were opened or left out.
    """

    stored_name = "desks.caseimport"

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="case_imports")
    kind = models.CharField(max_length=8, choices=ImportKind)
    key = models.OneToOneField(Key, models.PROTECT, related_name="case_import")
    envelope = models.OneToOneField(Envelope, models.PROTECT, related_name="+")
    known = models.OneToOneField(Envelope, models.PROTECT, null=True, related_name="+")
    rows = models.PositiveSmallIntegerField()
    done = models.PositiveSmallIntegerField(default=0)
    author = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = CaseImportQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["made_at"], name="desks_caseimport_made")]

    def __str__(self) -> str:
        return f"{self.kind} {self.rows}"

    @property
    def until(self) -> datetime:
        """When it is deleted."""
        return self.made_at + WAITING

    def stamped_values(self) -> list[object]:
        what = [self.desk_id, self.kind, self.key_id, self.envelope_id, self.known_id, self.rows, self.done]
        return [*what, self.author_id, iso(self.made_at)]


class ColumnMapping(Stamped):
    """What the columns of a list mean at a desk, and its words in our codes: sealed, since words could tell of a child.

    `digest` finds it again by the headings of a file, which it does not tell.
    """

    stored_name = "desks.columnmapping"

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="column_mappings")
    digest = models.CharField(max_length=64)
    key = models.OneToOneField(Key, models.PROTECT, related_name="column_mapping")
    envelope = models.OneToOneField(Envelope, models.PROTECT, related_name="+")
    author = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["desk", "digest"], name="desks_columnmapping_once")]

    def __str__(self) -> str:
        return f"{self.desk_id} {self.made_at}"

    def stamped_values(self) -> list[object]:
        return [self.desk_id, self.digest, self.key_id, self.envelope_id, self.author_id, iso(self.made_at)]


declare_plain(
    "desks.caseimport",
    {
        "desk": "whose it is: access",
        "kind": "code; how it is read",
        "known": "leads to ciphertext",
        "rows": "how many children it tells of",
        "done": "how many of its rows are done, so that none is opened twice",
        "author": "a colleague, who brought it",
        "made_at": "clock: it is deleted a day later",
    },
)
declare_plain(
    "desks.columnmapping",
    {
        "desk": "whose it is: access",
        "digest": "finds it again by the headings of a file, under a secret key",
        "author": "a colleague, who has said it",
        "made_at": "when",
    },
)
