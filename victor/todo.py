"""What a person has to do. Each slice declares its part in `todo.py`; the first page of the workspace lists all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from datetime import datetime

    from victor.accounts.models import User


@dataclass(frozen=True)
class Task:
    """One thing to do: what it is, since or until when, and the path of the page where it is done."""

    title: str
    detail: str
    url: str


FindTasks = Callable[["User"], Iterable[Task]]
FINDERS: list[tuple[int, FindTasks]] = []


def finds_tasks(*, rank: int) -> Callable[[FindTasks], FindTasks]:
    """Declare what finds the tasks of a person. Those with a lower `rank` are listed first."""

    def declare(find: FindTasks) -> FindTasks:
        FINDERS.append((rank, find))
        return find

    return declare


def tasks_for(user: User) -> list[Task]:
    """All tasks of a person, the most urgent first."""
    finders = sorted(FINDERS, key=lambda finder: finder[0])
    return [task for _rank, find in finders for task in find(user)]


def waiting_since(moment: datetime) -> str:
    """Since when the first of several waits, in words."""
    return _("longest wait: since %(day)s") % {"day": date_format(timezone.localtime(moment), "DATE_FORMAT")}
