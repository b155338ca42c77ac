"""A flood computes, and each search is good for one report."""

from __future__ import annotations

import hashlib
import itertools

import pytest

from desks.intake.proof_of_work import BITS, is_solved, new_ticket, receipt_of


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
