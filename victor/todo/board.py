"""The coordinator's board: what needs somebody, and tables of how things stand. Slices declare both in `oversight.py`.

Each number is that of the list that its link opens. Nothing is a count of children.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from victor.accounts.models import User


@dataclass(frozen=True)
class Need:
    """So many things that wait, in words with their number; what is done about them, and the path of their list."""

    number: int
    words: str
    verb: StrOrPromise
    url: str


@dataclass(frozen=True)
class Entry:
    """A cell of a table: what it says, where that is mended, and whether it has to be."""

    text: StrOrPromise
    url: str = ""
    is_alarming: bool = False


@dataclass(frozen=True)
class Panel:
    """A table. The first entry of each row names it."""

    heading: StrOrPromise
    columns: Sequence[StrOrPromise]
    rows: Sequence[Sequence[Entry]]


FindNeed: TypeAlias = "Callable[[User], Need]"
FindPanel: TypeAlias = "Callable[[User], Panel]"
NEEDS: list[tuple[int, str, FindNeed]] = []
PANELS: list[tuple[int, str, FindPanel]] = []


def shows_need(permission: str, *, rank: int) -> Callable[[FindNeed], FindNeed]:
    """Declare what may wait for those who have the permission. A lower `rank` stands further in front."""

    def declare(find: FindNeed) -> FindNeed:
        NEEDS.append((rank, permission, find))
        return find

    return declare


def shows_panel(permission: str, *, rank: int) -> Callable[[FindPanel], FindPanel]:
    """Declare a table for those who have the permission."""

    def declare(find: FindPanel) -> FindPanel:
        PANELS.append((rank, permission, find))
        return find

    return declare


def needs_of(user: User) -> list[Need]:
    """What waits now. What does not wait is not among it."""
    needs = [find(user) for find in _permitted(user, NEEDS)]
    return [need for need in needs if need.number]


def panels_of(user: User) -> list[Panel]:
    """The tables that have a row."""
    panels = [find(user) for find in _permitted(user, PANELS)]
    return [panel for panel in panels if panel.rows]


def _permitted(user: User, declared: Iterable[tuple[int, str, Callable]]) -> list[Callable]:
    ordered = sorted(declared, key=lambda finder: finder[0])
    return [find for _rank, permission, find in ordered if user.has_perm(permission)]
