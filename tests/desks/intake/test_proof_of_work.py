"""A flood computes, and each search is good for one report."""

from __future__ import annotations

import hashlib
import itertools
from typing import Any

import pytest
from django.test import RequestFactory

from desks.intake.proof_of_work import BITS, MAX_USES, is_solved, new_ticket, receipt_of, use_proof
from victor.server.states import MEMORY, RequestMemory


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


def press(ticket: str, solution: str) -> Any:
    return RequestFactory().post("/", {"ticket": ticket, "proof": solution})


def test_press_that_has_waited_uses_its_ticket_once():
    ticket = new_ticket()
    solution = solved(ticket)
    for _ in range(MAX_USES + 2):
        again = press(ticket, solution)
        again.META[MEMORY] = RequestMemory(waited=1)
        assert use_proof(again)


def test_ticket_has_few_uses():
    ticket = new_ticket()
    solution = solved(ticket)
    uses = [use_proof(press(ticket, solution)) for _ in range(MAX_USES + 2)]
    assert uses == [True] * MAX_USES + [False] * 2


def test_ticket_without_its_solution_has_no_use():
    assert not use_proof(press(new_ticket(), "1"))
