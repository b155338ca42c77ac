"""A flood waits; nobody is refused, and nobody's address is kept."""

from __future__ import annotations

import time

from victor import throttling
from victor.throttling import Throttle

FREE = 3


def test_first_from_a_place_do_not_wait_and_later_ones_do(monkeypatch):
    waited: list[float] = []
    monkeypatch.setattr(throttling.time, "sleep", waited.append)
    some = Throttle(FREE)
    assert [some.delay("10.0.0.1") for _ in range(FREE + 20)] == [False] * FREE + [True] * 20
    assert (waited[:2], max(waited)) == ([0.25, 0.5], throttling.MAX_DELAY)
    assert some.delay("10.0.0.2") is False


def test_one_waits_at_a_time_and_the_others_pass():
    some = Throttle(0)
    some.waiting.acquire()
    began = time.monotonic()
    assert some.delay("10.0.0.1") is True
    assert time.monotonic() - began < 0.1


def test_places_are_kept_as_digests_and_forgotten_every_hour():
    some = Throttle(FREE)
    some.delay("10.0.0.1")
    assert all(len(each) == 32 for each in some.counts)
    some.since -= throttling.HOUR + 1
    before = some.salt
    some.delay("10.0.0.1")
    assert (some.salt != before, list(some.counts.values())) == (True, [1])
