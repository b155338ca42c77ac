"""A flood computes or waits; nobody is refused, and nobody's address is kept."""

from __future__ import annotations

import hashlib
import itertools
import time

import pytest

from desks import proof
from desks.proof import BITS, FREE, Haste, is_solved, new_ticket, receipt_of


def solved(ticket: str) -> str:
    """What a browser finds."""
    for number in itertools.count():
        digest = hashlib.sha256(f"{ticket}:{number}".encode()).digest()
        if int.from_bytes(digest, "big") >> (256 - BITS) == 0:
            return str(number)
    raise AssertionError


def test_solution_holds_for_its_ticket_only():
    ticket = new_ticket()
    solution = solved(ticket)
    assert is_solved(ticket, solution)
    assert not is_solved(new_ticket(), solution)


@pytest.mark.parametrize("solution", ["", "x", "²", "1" * 30])
def test_nonsense_is_no_solution(solution):
    assert not is_solved(new_ticket(), solution)


def test_ticket_that_is_not_ours_holds_no_receipt():
    ticket = new_ticket()
    assert receipt_of(ticket) is not None
    assert receipt_of(ticket[:-1] + "é") is None
    assert receipt_of("") is None


def test_first_reports_from_a_place_do_not_wait_and_later_ones_do(monkeypatch):
    waited: list[float] = []
    monkeypatch.setattr(proof.time, "sleep", waited.append)
    haste = Haste()
    assert [haste.slow("10.0.0.1") for _ in range(FREE + 20)] == [False] * FREE + [True] * 20
    assert (waited[:2], max(waited)) == ([0.25, 0.5], proof.LONGEST)
    assert haste.slow("10.0.0.2") is False


def test_one_waits_at_a_time_and_the_others_pass(monkeypatch):
    monkeypatch.setattr(proof, "FREE", 0)
    haste = Haste()
    haste.waiting.acquire()
    began = time.monotonic()
    assert haste.slow("10.0.0.1") is True
    assert time.monotonic() - began < 0.1


def test_places_are_kept_as_digests_and_forgotten_every_hour():
    haste = Haste()
    haste.slow("10.0.0.1")
    assert all(len(each) == 32 for each in haste.counts)
    haste.since -= proof.HOUR + 1
    before = haste.salt
    haste.slow("10.0.0.1")
    assert (haste.salt != before, list(haste.counts.values())) == (True, [1])
