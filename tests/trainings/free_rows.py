"""Nothing renders while rows are locked that others need: asked by another connection each time a template renders."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, transaction
from django.db.models import QuerySet
from django.test.signals import template_rendered

from tests.connections import another_connection
from victor.audit.models import Chain


@contextmanager
def rows_free_while_rendering(*querysets: QuerySet[Any]) -> Iterator[list[bool]]:
    """Yield a list that grows with each rendered template: whether these rows and the end of the log were free."""
    free: list[bool] = []
    rows = [*querysets, Chain.objects.all()]
    with another_connection() as submit:

        def ask(**_signal: object) -> None:
            free.append(submit(can_lock, rows).result())

        template_rendered.connect(ask)
        try:
            yield free
        finally:
            template_rendered.disconnect(ask)


def can_lock(querysets: list[QuerySet[Any]]) -> bool:
    """Whether this connection can lock all these rows without waiting."""
    try:
        with transaction.atomic():
            for rows in querysets:
                list(rows.order_by("pk").select_for_update(nowait=True, of=("self",)))
    except OperationalError:
        return False
    return True
