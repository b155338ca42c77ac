"""Open items, and those that were settled a short while ago."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from victor.todo.querysets import WorkItemQuerySet


class Item(models.Model):
    """Something that somebody has to do, as plain facts: words are made of them when a page shows it.

    `kind` names the declaration, `source` the row that opens it, `object` what it is about, `subject` that as the audit
    log names it. Items with one `topic` are one line. `audiences` are groups of people, of which `barred` is
    left out. It is to be done from `opens_at` to `closes_at`, by `due_at`.
    """

    kind = models.CharField(max_length=40)
    source = models.CharField(max_length=60)
    object = models.CharField(max_length=100)
    subject = models.CharField(max_length=100)
    topic = models.CharField(max_length=100)
    audiences = ArrayField(models.CharField(max_length=40))
    barred = models.BigIntegerField(null=True)
    since = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField(null=True)
    urgent = models.BooleanField(default=False)
    facts = models.JSONField(default=dict)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.kind} {self.object}"


class OpenItem(Item):
    """An item that is to be done now or later. The database writes and deletes it: see `triggers.py`."""

    stored_name = "todo.openitem"

    number = 1  # of the items of a line, set by `lines()`
    objects = WorkItemQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object"], name="todo_openitem_once")]
        indexes = [
            GinIndex(fields=["audiences"], name="todo_openitem_audiences"),
            models.Index(fields=["kind", "source"], name="todo_openitem_source"),
        ]


class SettledItem(Item):
    """An item that is done. It stays for a day, so that people see what happened."""

    stored_name = "todo.settleditem"

    settled_at = models.DateTimeField(db_index=True)
    objects = WorkItemQuerySet.as_manager()

    class Meta:
        indexes = [
            GinIndex(fields=["audiences"], name="todo_settled_audiences"),
            models.Index(fields=["kind", "source"], name="todo_settled_source"),
        ]
