"""Whether a child is known already: the one place where a search is asked before a case is opened.

A slice that can search joins with `add_search`. While none has joined, nothing says that it was searched.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from django.core import signing
from django.utils.crypto import constant_time_compare

if TYPE_CHECKING:
    from desks.cases.models import Case
    from desks.desk.models import Desk
    from victor.accounts.models import User

SALT = "desks.cases.searched"
MAX_SHOWN = 10


@dataclass(frozen=True)
class Candidate:
    """A case of the own desk that may be of the same child, and why."""

    case: Case
    reasons: str


@dataclass
class SearchResult:
    """What a search has found: cases, the best first, and sentences about what it may not show."""

    candidates: list[Candidate] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


FindCandidates: TypeAlias = "Callable[[Desk, Mapping[str, str], User], SearchResult]"
SEARCHES: list[FindCandidates] = []


def add_search(find: FindCandidates) -> FindCandidates:
    """Ask this function with what was typed: given, family, spellings, birth_year, age, phones, documents."""
    SEARCHES.append(find)
    return find


def search_child(desk: Desk, typed: Mapping[str, str], *, by: User) -> SearchResult:
    """Everything that the searches have found."""
    whole = SearchResult()
    for find in SEARCHES:
        part = find(desk, typed, by)
        whole.candidates += part.candidates
        whole.notices += part.notices
    whole.candidates = whole.candidates[:MAX_SHOWN]
    return whole


def proof_of_search(typed: Mapping[str, str]) -> str:
    """A signature that this was searched for. It holds nothing of what was typed."""
    return signing.Signer(salt=SALT).signature(_plain(typed))


def was_searched(typed: Mapping[str, str], proof: str) -> bool:
    """Whether nothing can search, or exactly this was searched for."""
    return not SEARCHES or constant_time_compare(proof, proof_of_search(typed))


def _plain(typed: Mapping[str, str]) -> str:
    return "\n".join(f"{name}={' '.join(value.split())}" for name, value in sorted(typed.items()) if value)
