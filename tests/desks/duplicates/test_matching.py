"""A thousand children are found among twenty thousand others with the same frequent names of eight countries."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from uuid import UUID

import pytest

from desks.duplicates.blind_tokens import Question, TypedIdentity, question_about, tokens_to_store
from desks.duplicates.matching import MAX_CANDIDATES, Candidate, rank
from desks.duplicates.states import MatchReason, TokenKind
from tests.data.children import Child, pairs, read_pairs, strangers

DATED = {TokenKind.NAME_YEAR, TokenKind.PART_YEAR}
MIN_RECALL, MIN_PRECISION = 0.95, 0.5


def identity(child: Child) -> TypedIdentity:
    return TypedIdentity(given_name=child.given, family_name=child.family, birth_year=child.year)


class Records:
    """Tokens of records, found as the database finds them."""

    def __init__(self) -> None:
        self.keys: dict[str, list[UUID]] = defaultdict(list)
        self.dated: set[UUID] = set()

    def add(self, number: int, child: Child) -> None:
        """Add a record with this number."""
        for value, kind in tokens_to_store(identity(child)).items():
            self.keys[value].append(UUID(int=number))
            self.dated |= {UUID(int=number)} if kind in DATED else set()

    def candidates(self, child: Child) -> list[Candidate]:
        """What a search for the child shows."""
        question = question_about(identity(child))
        hits = [(key, value) for value in question.tokens for key in self.keys.get(value, [])]
        return rank(question, hits, self.dated)[:MAX_CANDIDATES]


@cache
def searched() -> list[tuple[UUID, list[Candidate]]]:
    """For each of the pairs: the record that should be found, and what is."""
    records, children = Records(), read_pairs()
    for number, (known, _asked) in enumerate(children):
        records.add(number, known)
    for number, stranger in enumerate(strangers(), start=len(children)):
        records.add(number, stranger)
    return [(UUID(int=number), records.candidates(asked)) for number, (_known, asked) in enumerate(children)]


def test_read_pairs_of_the_file_gives_those_that_its_script_writes():
    assert read_pairs() == list(pairs())


def test_pairs_are_of_three_alphabets_and_all_differ():
    alphabets = [{_alphabet(child.given + child.family) for child in both} for both in read_pairs()]
    assert set().union(*alphabets) == {"Latin", "Greek", "Cyrillic"}
    assert sum(len(alphabet) == 2 for alphabet in alphabets) >= 300
    assert [both for both in read_pairs() if both[0] == both[1]] == []


def _alphabet(text: str) -> str:
    if any("Ͱ" <= sign <= "Ͽ" for sign in text):
        return "Greek"
    return "Cyrillic" if any("Ѐ" <= sign <= "ӿ" for sign in text) else "Latin"


@pytest.mark.long
def test_search_a_thousand_children_finds_them_among_many_of_the_same_names(figure):
    results = searched()
    shown = sum(len(candidates) for _wanted, candidates in results)
    right = sum(wanted in [candidate.key_id for candidate in candidates] for wanted, candidates in results)
    first = sum(bool(candidates) and candidates[0].key_id == wanted for wanted, candidates in results)
    figure("duplicates: recall among 21,000 records", right / len(results))
    figure("duplicates: precision of what is shown", right / shown)
    figure("duplicates: the right one first", first / len(results))
    assert right / len(results) >= MIN_RECALL
    assert right / shown >= MIN_PRECISION


def question(*kinds: tuple[TokenKind, int], has_year: bool = True, is_one_name: bool = False) -> Question:
    return Question({str(number): kind for number, kind in enumerate(kinds)}, has_year, is_one_name)


EVERYTHING = [
    (TokenKind.DOCUMENT, 0), (TokenKind.TELEPHONE, 0), (TokenKind.NAME_YEAR, 0), (TokenKind.NAME_YEAR, 1),
    (TokenKind.NAME, 0), (TokenKind.PART_YEAR, 0), (TokenKind.PART, 0),
]  # fmt: skip
REASONS = [
    ("0", {"document"}),
    ("014", {"document", "telephone", "name"}),
    ("24", {"name", "same_year"}),
    ("34", {"name", "year_apart"}),
    ("4", set()),
    ("14", {"telephone", "name"}),
    ("5", {"part", "same_year"}),
    ("6", {"part"}),
]


@pytest.mark.parametrize(("hits", "reasons"), REASONS)
def test_rank_dated_record_gives_its_reasons(hits, reasons):
    key = UUID(int=1)
    ranked = rank(question(*EVERYTHING), [(key, hit) for hit in hits], {key})
    assert {reason for candidate in ranked for reason in candidate.reasons} == reasons


def test_rank_record_without_a_year_gives_the_name_as_reason():
    ranked = rank(question(*EVERYTHING), [(UUID(int=1), "4")], set())
    assert ranked == [Candidate(UUID(int=1), (MatchReason.NAME,))]


def test_rank_several_records_gives_the_likeliest_first():
    hits = [(UUID(int=number), hit) for number, hit in enumerate("632410")]
    dated = {UUID(int=1), UUID(int=2)}
    ranked = rank(question(*EVERYTHING), hits, dated)
    assert [candidate.key_id.int for candidate in ranked] == [5, 4, 2, 1, 3, 0]
