"""One search for staff. Each app declares in `search.py` what it finds for a person, who sees no more than elsewhere.

What somebody searches for is in no address and in no log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from victor.folding import Question

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from victor.accounts.models import User

MAX_HITS = 8  # of one kind


@dataclass(frozen=True)
class Hit:
    """Something that was found: what it is called, what tells it from others, and the path of its page."""

    title: str
    detail: str
    url: str


@dataclass(frozen=True)
class Hits:
    """What was found of one kind."""

    heading: StrOrPromise
    hits: list[Hit]


FindHits = Callable[["User", Question], Iterable[Hit]]
FINDERS: list[tuple[int, StrOrPromise, FindHits]] = []


def finds_for_staff(heading: StrOrPromise, *, rank: int) -> Callable[[FindHits], FindHits]:
    """Declare what finds things of one kind. Kinds with a lower `rank` are shown first."""

    def declare(find: FindHits) -> FindHits:
        FINDERS.append((rank, heading, find))
        return find

    return declare


def search_for_staff(user: User, text: str) -> list[Hits]:
    """What the person may see of what fits, by kind, up to `MAX_HITS` of each."""
    question = Question(text)
    return list(_found_by_kind(user, question)) if question else []


def _found_by_kind(user: User, question: Question) -> Iterator[Hits]:
    for _rank, heading, find in sorted(FINDERS, key=lambda finder: finder[0]):
        hits = list(islice(find(user, question), MAX_HITS))
        if hits:
            yield Hits(heading, hits)
