"""The open items of a person as lines: what is pressing, what waits, what comes.

The number of queries does not depend on how many kinds of items there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from victor.todo.declarations import KINDS, Line, audiences_of
from victor.todo.models import OpenItem

if TYPE_CHECKING:
    from datetime import datetime

    from victor.accounts.models import User
    from victor.todo.models import Item

MAX_LINES = 7
MAX_READ = 60  # lines: the pages behind them show the rest
MAX_AHEAD = 4


@dataclass(frozen=True)
class Worklist:
    """What a person has to do. `more` says how many lines wait beyond those that are shown."""

    looked_at: datetime
    items: list[OpenItem]
    pressing: list[Line]
    waiting: list[Line]
    more: int
    ahead: list[Line]


def worklist_of(user: User) -> Worklist:
    """What this person has to do now: the oldest first, and what cannot wait apart."""
    now = timezone.now()
    mine = OpenItem.objects.for_person(user.pk, audiences_of(user))
    items = _settleable(user, list(mine.open_at(now).lines(now)[:MAX_READ]))
    numbers = mine.open_at(now).numbers({item.topic for item in items})
    pressing = [item for item in items if item.urgent or (item.due_at is not None and item.due_at <= now)]
    waiting = sorted((item for item in items if item not in pressing), key=lambda item: (item.since, item.pk))
    shown = len(pressing[:MAX_LINES]) + len(waiting[:MAX_LINES])
    return Worklist(
        looked_at=now,
        items=items,
        pressing=lines_of(pressing[:MAX_LINES], numbers),
        waiting=lines_of(waiting[:MAX_LINES], numbers),
        more=len(items) - shown,
        ahead=lines_of(mine.ahead(now).filter(kind__in=_announced())[:MAX_AHEAD], {}),
    )


def _announced() -> list[str]:
    return [kind.name for kind in KINDS.values() if kind.is_announced]


def lines_of(items: Iterable[Item], numbers: dict[tuple[str, str], int]) -> list[Line]:
    """Items in words. A kind that nobody declares any more has none."""
    known = [item for item in items if item.kind in KINDS]
    return [KINDS[item.kind].describe(item, numbers.get((item.kind, item.topic), 1)) for item in known]


def _settleable(user: User, items: Sequence[OpenItem]) -> list[OpenItem]:
    """Those that the person can settle, in the same order. Most kinds say so by their audiences."""
    by_kind = defaultdict(list)
    for item in items:
        by_kind[item.kind].append(item)
    possible = {
        item.pk
        for name, same in by_kind.items()
        if name in KINDS
        for item in (KINDS[name].keep_for or _all)(user, same)
    }
    return [item for item in items if item.pk in possible]


def _all(_user: User, items: Sequence[OpenItem]) -> Sequence[OpenItem]:
    return items
