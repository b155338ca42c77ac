"""What stands in the way of closing, merging, deleting or transferring a case: a registry, which later slices join.

A slice that has something of its own that must not be left open adds a function in a module of this name. It is asked
of several cases at once, so that a list of them costs as many queries as one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from desks.cases.casework import Task
from desks.cases.code_lists import TaskKind
from desks.cases.requests import CaseMerge, MoveRequest, StatusRequest
from desks.cases.states import RequestState, StatusRequestState, TaskState
from victor.formatting import short_day

if TYPE_CHECKING:
    from desks.cases.models import Case


class Ending(TextChoices):
    """What would end a case, or make it one with another."""

    CLOSE = "close"
    MERGE = "merge"
    DELETE = "delete"
    TRANSFER = "transfer"


@dataclass(frozen=True)
class Obstacle:
    """One thing that has to be settled first, in words, and the section and place of the page where it stands."""

    words: str
    section: str
    anchor: str


# Of some cases: what stands in the way of each, with the primary key of the case.
FindObstacles: TypeAlias = "Callable[[Sequence[Case]], Iterable[tuple[UUID, Obstacle]]]"
FINDERS: list[tuple[frozenset[Ending], FindObstacles]] = []


def stands_in_the_way(*endings: Ending) -> Callable[[FindObstacles], FindObstacles]:
    """Ask this function before cases end in one of these ways."""

    def declare(find: FindObstacles) -> FindObstacles:
        FINDERS.append((frozenset(endings), find))
        return find

    return declare


def obstacles_to(ending: Ending, case: Case) -> list[Obstacle]:
    """Everything that stands in the way of one case."""
    return obstacles_by_case(ending, [case])[case.pk]


def obstacles_by_case(ending: Ending, cases: Sequence[Case]) -> dict[UUID, list[Obstacle]]:
    """Everything that stands in the way of each case. The number of queries does not depend on how many there are."""
    by_case: dict[UUID, list[Obstacle]] = {case.pk: [] for case in cases}
    for endings, find in FINDERS:
        for pk, obstacle in find(cases) if ending in endings else ():
            by_case[pk].append(obstacle)
    return by_case


@stands_in_the_way(Ending.CLOSE, Ending.MERGE, Ending.DELETE)
def open_tasks(cases: Sequence[Case]) -> Iterator[tuple[UUID, Obstacle]]:
    """Tasks that nobody has settled. Follow-ups belong to the closed case."""
    yield from _tasks(Task.objects.filter(case__in=cases, state=TaskState.OPEN).exclude(kind=TaskKind.FOLLOW_UP))


@stands_in_the_way(Ending.MERGE)
def open_follow_ups(cases: Sequence[Case]) -> Iterator[tuple[UUID, Obstacle]]:
    """Follow-ups of a closed case: once it is merged, nobody settles them there."""
    yield from _tasks(Task.objects.filter(case__in=cases, state=TaskState.OPEN, kind=TaskKind.FOLLOW_UP))


def _tasks(tasks: Iterable[Task]) -> Iterator[tuple[UUID, Obstacle]]:
    for task in tasks:
        words = _("Open task, due %(day)s") % {"day": short_day(task.due_at)} if task.due_at else _("Open task")
        yield task.case_id, Obstacle(words, "now", f"task-{task.pk}")


@stands_in_the_way(Ending.MERGE, Ending.DELETE, Ending.TRANSFER)
def open_requests(cases: Sequence[Case]) -> Iterator[tuple[UUID, Obstacle]]:
    """Requests on which nobody has decided, also those that would make another case a part of this one."""
    for request in MoveRequest.objects.filter(case__in=cases, state=RequestState.ASKED):
        yield request.case_id, Obstacle(_("A decision is requested"), "now", f"request-{request.pk}")
    for merge in CaseMerge.objects.filter(into__in=cases, request__state=RequestState.ASKED):
        yield merge.into_id, Obstacle(_("A decision is requested"), "now", f"request-{merge.request_id}")


@stands_in_the_way(*Ending)
def open_status_requests(cases: Sequence[Case]) -> Iterator[tuple[UUID, Obstacle]]:
    """A request on which no supervisor has decided: whether the child is presumed a victim."""
    for request in StatusRequest.objects.filter(case__in=cases, state=StatusRequestState.ASKED):
        yield request.case_id, Obstacle(_("A decision about the status is requested"), "now", "status-request")


@stands_in_the_way(Ending.DELETE, Ending.TRANSFER)
def holds(cases: Sequence[Case]) -> Iterator[tuple[UUID, Obstacle]]:
    """The law demands that the case is kept."""
    for case in (case for case in cases if case.hold):
        yield case.pk, Obstacle(_("The case is under a legal hold"), "people", "holds")
