"""Nothing slow happens while rows are locked that others need: another connection is asked each time it happens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from django.db import OperationalError, transaction
from django.db.models import QuerySet

from tests.connections import another_connection
from tests.plugins import chain_guard
from victor.audit.models import Chain


@contextmanager
def before_slow_work(kind: str, act: Callable[[], None]) -> Iterator[None]:
    """Call `act` each time such slow work begins: "a template", "a decoder", "Argon2", "Typst"."""

    def listen(what: str) -> None:
        if what == kind:
            act()

    chain_guard.listeners.append(listen)
    try:
        yield
    finally:
        chain_guard.listeners.remove(listen)


@contextmanager
def rows_free_before(kind: str, *querysets: QuerySet[Any]) -> Iterator[list[bool]]:
    """Yield a list that grows each time such slow work begins: whether these rows and the end of the log were free."""
    free: list[bool] = []
    rows = [*querysets, Chain.objects.all()]
    with another_connection() as submit, before_slow_work(kind, lambda: free.append(submit(can_lock, rows).result())):
        yield free


def rows_free_while_rendering(*querysets: QuerySet[Any]) -> AbstractContextManager[list[bool]]:
    """The same for each template that renders."""
    return rows_free_before("a template", *querysets)


def can_lock(querysets: list[QuerySet[Any]]) -> bool:
    """Whether this connection can lock all these rows without waiting."""
    try:
        with transaction.atomic():
            for rows in querysets:
                list(rows.order_by("pk").select_for_update(nowait=True, of=("self",)))
    except OperationalError:
        return False
    return True
