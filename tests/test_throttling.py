"""A flood waits; nobody is refused, and nobody's address is kept."""

from __future__ import annotations

import time

import pytest

from victor import throttling
from victor.throttling import Throttle

FREE = 3


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How many seconds were waited each time; the clock does not run meanwhile."""
    seconds: list[float] = []
    monkeypatch.setattr(time, "sleep", seconds.append)
    return seconds


def test_delay_from_one_address_waits_after_the_first_ones(waits):
    some = Throttle(FREE)
    assert [some.delay("10.0.0.1") for _ in range(FREE + 20)] == [False] * FREE + [True] * 20
    assert waits[:2] == [0.25, 0.5]
    assert max(waits) == throttling.MAX_DELAY


def test_delay_from_another_address_does_not_wait(waits):
    some = Throttle(FREE)
    for _ in range(FREE + 1):
        some.delay("10.0.0.1")
    assert some.delay("10.0.0.2") is False
    assert len(waits) == 1


def test_delay_while_another_waits_passes_at_once(waits):
    some = Throttle(0)
    some.waiting.acquire()
    assert some.delay("10.0.0.1") is True
    assert waits == []


def test_places_are_kept_as_digests_and_forgotten_every_hour():
    some = Throttle(FREE)
    some.delay("10.0.0.1")
    assert all(len(each) == 32 for each in some.counts)
    some.since -= throttling.HOUR + 1
    before = some.salt
    some.delay("10.0.0.1")
    assert some.salt != before
    assert list(some.counts.values()) == [1]
