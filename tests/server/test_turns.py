"""One thread of forms uses the processor at a time; who waits for something else lets others go on."""

from __future__ import annotations

import threading

import pytest

from tests.connections import another_connection
from tests.waiting import wait_until
from victor.server.turns import Turns


def test_turn_is_given_to_one_thread_at_a_time():
    turns, end = Turns(), threading.Event()

    def hold() -> None:
        with turns.one():
            end.wait(60)

    with another_connection() as submit:
        holding = submit(hold)
        wait_until(lambda: turns._free._value == 0)
        assert not turns._free.acquire(blocking=False)
        end.set()
        holding.result(60)
    assert turns._free.acquire(blocking=False)


def test_turn_is_given_away_and_taken_back():
    turns = Turns()
    with turns.one():
        with turns.given_away():
            assert turns._free._value == 1
        assert turns._free._value == 0
    assert turns._free._value == 1


def test_thread_without_a_turn_gives_none_away():
    turns = Turns()
    with turns.given_away():
        assert turns._free._value == 1
    assert turns._free._value == 1


def test_turn_is_free_again_after_an_error():
    turns = Turns()
    with pytest.raises(LookupError), turns.one(), turns.given_away():
        {}["nothing"]
    assert turns._free._value == 1
