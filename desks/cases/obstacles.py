"""What stands in the way of closing, merging or deleting a case: a registry, which later slices join.

A slice that has something of its own that must not be left open adds a function in a module of this name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from desks.cases.casework import MoveRequest, StatusRequest, Task
from desks.cases.code_lists import TaskKind
from desks.cases.states import RequestState, StatusRequestState, TaskState
from victor.formatting import short_day

if TYPE_CHECKING:
    from desks.cases.models import Case


class Ending(TextChoices):
    """What would end a case, or make it one with another."""

    CLOSE = "close"
    MERGE = "merge"
    DELETE = "delete"


@dataclass(frozen=True)
class Obstacle:
    """One thing that has to be settled first, in words, and the section and place of the page where it stands."""

    words: str
    section: str
    anchor: str


FindObstacles: TypeAlias = "Callable[[Case], Iterable[Obstacle]]"
FINDERS: list[tuple[frozenset[Ending], FindObstacles]] = []


def stands_in_the_way(*endings: Ending) -> Callable[[FindObstacles], FindObstacles]:
    """Ask this function before a case ends in one of these ways."""

    def declare(find: FindObstacles) -> FindObstacles:
        FINDERS.append((frozenset(endings), find))
        return find

    return declare


def obstacles_to(ending: Ending, case: Case) -> list[Obstacle]:
    """Everything that stands in the way."""
    return [obstacle for endings, find in FINDERS if ending in endings for obstacle in find(case)]


@stands_in_the_way(Ending.CLOSE, Ending.MERGE, Ending.DELETE)
def open_tasks(case: Case) -> Iterator[Obstacle]:
    """Tasks that nobody has settled. Follow-ups belong to the closed case."""
    for task in Task.objects.filter(case=case, state=TaskState.OPEN).exclude(kind=TaskKind.FOLLOW_UP):
        words = _("Open task, due %(day)s") % {"day": short_day(task.due_at)} if task.due_at else _("Open task")
        yield Obstacle(words, "now", f"task-{task.pk}")


@stands_in_the_way(Ending.MERGE, Ending.DELETE)
def open_requests(case: Case) -> Iterator[Obstacle]:
    """Requests on which nobody has decided."""
    for request in MoveRequest.objects.filter(case=case, state=RequestState.ASKED):
        yield Obstacle(_("A decision is requested"), "now", f"request-{request.pk}")


@stands_in_the_way(Ending.CLOSE, Ending.MERGE, Ending.DELETE)
def open_status_requests(case: Case) -> Iterator[Obstacle]:
    """A request on which no supervisor has decided: whether the child is presumed a victim."""
    if StatusRequest.objects.filter(case=case, state=StatusRequestState.ASKED).exists():
        yield Obstacle(_("A decision about the status is requested"), "now", "status-request")


@stands_in_the_way(Ending.DELETE)
def holds(case: Case) -> Iterator[Obstacle]:
    """The law demands that the case is kept."""
    if case.hold:
        yield Obstacle(_("The case is under a legal hold"), "people", "holds")
