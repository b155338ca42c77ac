"""Which records are perhaps about the same child, why, and in which order. Nothing is decrypted for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, NamedTuple, Protocol
from uuid import UUID

from desks.duplicates.states import MatchReason, TokenKind

if TYPE_CHECKING:
    from desks.duplicates.blind_tokens import Question
    from victor.accounts.models import User

MAX_CANDIDATES = 10
WEIGHTS = {
    MatchReason.SAME_DOCUMENT: 1000,
    MatchReason.SAME_TELEPHONE: 400,
    MatchReason.NAME: 100,
    MatchReason.NAME_PART: 10,
    MatchReason.SAME_YEAR: 40,
    MatchReason.YEAR_APART: 20,
}
NAMES = {TokenKind.NAME_YEAR: MatchReason.NAME, TokenKind.PART_YEAR: MatchReason.NAME_PART}
NUMBERS = {TokenKind.DOCUMENT: MatchReason.SAME_DOCUMENT, TokenKind.TELEPHONE: MatchReason.SAME_TELEPHONE}


class Candidate(NamedTuple):
    """A record that is perhaps about the same child, known by its key in the vault."""

    key_id: UUID
    reasons: tuple[MatchReason, ...]

    @property
    def weight(self) -> int:
        """How much speaks for it: only for the order."""
        return sum(WEIGHTS[reason] for reason in self.reasons)


class RecordGuard(Protocol):
    """What a higher slice knows of its records: which of them somebody must not learn of, and who is told."""

    def hidden_from(self, person: User, keys: Collection[UUID]) -> set[UUID]:
        """Those of these records of which the person learns no more than of a record of another desk."""

    def tell_of_search(self, keys: Collection[UUID]) -> None:
        """Tell the people of hidden records that somebody at their desk has searched for this child."""


RECORD_GUARDS: list[RecordGuard] = []


def add_record_guard(guard: RecordGuard) -> None:
    """Let a higher slice hide records."""
    RECORD_GUARDS.append(guard)


def rank(question: Question, hits: Iterable[tuple[UUID, str]], dated: Collection[UUID]) -> list[Candidate]:
    """The records with a token that was asked for, the likeliest first.

    `hits` are keys of records and values; `dated` are the records that say in which year the child was born.
    """
    by_key: dict[UUID, set[tuple[TokenKind, int]]] = defaultdict(set)
    for key_id, value in hits:
        by_key[key_id].add(question.tokens[value])
    candidates = [
        Candidate(key_id, _reasons(kinds, is_other_year=question.has_year and key_id in dated, question=question))
        for key_id, kinds in by_key.items()
    ]
    likely = [candidate for candidate in candidates if candidate.reasons]
    return sorted(likely, key=lambda candidate: (-candidate.weight, candidate.key_id))


def _reasons(kinds: set[tuple[TokenKind, int]], *, is_other_year: bool, question: Question) -> tuple[MatchReason, ...]:
    """Why a record is a candidate. `is_other_year` holds where both say a year, unless a token of the years matches."""
    reasons = [reason for kind, reason in NUMBERS.items() if (kind, 0) in kinds]
    for kind, reason in NAMES.items():
        if (kind, 0) in kinds:
            return (*reasons, reason, MatchReason.SAME_YEAR)
        if (kind, 1) in kinds:
            return (*reasons, reason, MatchReason.YEAR_APART)
    if (TokenKind.NAME, 0) in kinds and (reasons or not is_other_year):
        return (*reasons, MatchReason.NAME)
    if (TokenKind.PART, 0) in kinds and (reasons or not (is_other_year and question.is_one_name)):
        return (*reasons, MatchReason.NAME_PART)
    return tuple(reasons)
