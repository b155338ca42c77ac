"""Work of other apps to which an activity of a grant is linked: a seminar, a campaign, a desk. Each app declares in
`linked_work.py` what it has, so that partners name no app above them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Work:
    """Something that was done or is planned: the key by which it is stored, its title, and the path of its page."""

    key: str
    title: str
    url: str


# Those of the given keys; without keys all that can be chosen, the newest first.
FindWork = Callable[[Collection[str] | None], Iterable[Work]]


@dataclass(frozen=True)
class WorkKind:
    """A kind of work: the name under which links are stored, in words, and what finds its rows."""

    name: str
    words: StrOrPromise
    find: FindWork


WORK_KINDS: dict[str, WorkKind] = {}
MAX_CHOICES = 200  # of one kind, in a form


def finds_work(name: str, words: StrOrPromise) -> Callable[[FindWork], FindWork]:
    """Declare what finds work of a kind. It shows only what every member of staff may know of."""

    def declare(find: FindWork) -> FindWork:
        WORK_KINDS[name] = WorkKind(name, words, find)
        return find

    return declare
