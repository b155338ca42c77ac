"""What a supervisor sees of the cases of a desk: numbers, each with the list that it counts, and who works on how many.

Restricted cases in which the supervisor is not named are in no number: of these there are references and clocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from desks.cases.case_page import CaseRow, case_rows
from desks.cases.clocks import flagged_kinds
from desks.cases.models import Case
from desks.cases.querysets import SHOWN, flag_condition, list_condition, listed_workers
from victor.todo.declarations import Figure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import Q
    from django_stubs_ext import StrOrPromise

    from desks.cases.querysets import CaseQuerySet
    from desks.desk.models import Desk
    from victor.accounts.models import User

ALARMING = frozenset({"late", "unassigned"})


@dataclass(frozen=True)
class CountedList:
    """A list of cases: its words, what stands in its address, which cases it shows, and whether one is too many."""

    title: StrOrPromise
    address: Mapping[str, str]
    condition: Q
    is_alarming: bool = False


@dataclass(frozen=True)
class Load:
    """How many running cases somebody works on, and how many of these are late."""

    name: str
    cases: Figure
    late: Figure


@dataclass(frozen=True)
class Board:
    """What the page shows."""

    figures: Sequence[Figure]
    loads: Sequence[Load]
    hidden: Sequence[CaseRow]


def views_of_list(user: User, names: Sequence[str]) -> list[CountedList]:
    """Some views of the list of cases, by name."""
    return [
        CountedList(SHOWN[name], {"show": name}, list_condition(name, user), is_alarming=name in ALARMING)
        for name in names
    ]


def supervised_lists(user: User) -> list[CountedList]:
    """What a supervisor has an eye on: what is late, what lacks, which children are watched, what waits for them."""
    flags = [
        CountedList(kind.flag, {"flag": kind.name}, list_condition("all", user) & flag_condition(kind.name))
        for kind in flagged_kinds()
    ]
    first = views_of_list(user, ["late", "unassigned", "no_guardian"])
    return [*first, *flags, *views_of_list(user, ["approve", "quiet"])]


def count_lists(cases: CaseQuerySet, lists: Sequence[CountedList]) -> dict[int, list[int]]:
    """How many cases each list has, by desk, in one query. A desk without cases is left out."""
    counts = {f"list_{place}": Count("pk", filter=listed.condition) for place, listed in enumerate(lists)}
    rows = cases.order_by().values("desk").annotate(**counts).values_list("desk", *counts)
    return {desk: numbers for desk, *numbers in rows}


def figures_of(desk: Desk, lists: Sequence[CountedList], numbers: dict[int, list[int]]) -> list[Figure]:
    """The numbers of a desk, each with the path of its list."""
    counted = numbers.get(desk.pk) or [0] * len(lists)
    return [
        Figure(listed.title, number, _path_of(desk, listed.address), is_alarming=listed.is_alarming and number > 0)
        for listed, number in zip(lists, counted, strict=True)
    ]


def board_of(desk: Desk, user: User) -> Board:
    """The board of a desk, as it is now. The number of queries does not depend on how many cases or workers it has."""
    visible, lists = Case.objects.visible_to(user).filter(desk=desk), supervised_lists(user)
    return Board(
        figures=figures_of(desk, lists, count_lists(visible, lists)),
        loads=_loads(desk, visible, user),
        hidden=hidden_rows(desk, user, running=True),
    )


def hidden_rows(desk: Desk, user: User, *, running: bool = False) -> list[CaseRow]:
    """The restricted cases of a desk in which its supervisor is not named: reference and clock, without a link."""
    hidden = Case.objects.hidden_from(user).filter(desk=desk)
    cases = (hidden.running() if running else hidden).for_listing().prefetch_related("clocks")
    return case_rows(list(cases), {}, timezone.now())


def _loads(desk: Desk, visible: CaseQuerySet, user: User) -> list[Load]:
    """Everybody who works at the desk, and whoever has cases there still."""
    running = visible.filter(list_condition("all", user)).exclude(worker=None)
    counted = (
        running.order_by()
        .values("worker")
        .annotate(number=Count("pk"), late=Count("pk", filter=list_condition("late", user)))
    )
    numbers = {pk: (number, late) for pk, number, late in counted.values_list("worker", "number", "late")}
    return [
        Load(person.name, *_load_figures(desk, person, *numbers.get(person.pk, (0, 0))))
        for person in listed_workers(desk, visible).order_by("name", "pk")
    ]


def _load_figures(desk: Desk, person: User, number: int, late: int) -> tuple[Figure, Figure]:
    paths = {name: _path_of(desk, {"show": name, "worker": str(person.pk)}) for name in ("all", "late")}
    return (
        Figure(SHOWN["all"], number, paths["all"]),
        Figure(SHOWN["late"], late, paths["late"], is_alarming=late > 0),
    )


def _path_of(desk: Desk, address: Mapping[str, str]) -> str:
    return f"{reverse('desks:cases', args=[desk.slug])}?{urlencode(address)}"
