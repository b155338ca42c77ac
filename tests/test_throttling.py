"""A flood waits for its turn, however many come at once; nobody's address is stored."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.test import RequestFactory

from victor import throttling
from victor.server.states import MEMORY, CallAgain, RequestMemory
from victor.throttling import MAX_WAIT, Passage, Throttle, client_ip, network_of, pass_throttle, place_of

FREE = 3


@pytest.fixture
def clock(monkeypatch) -> list[float]:
    """What the clock shows, as the one number of a list. It stands still unless a test moves it."""
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    return now


def request(memory: RequestMemory | None = None, **headers: str) -> Any:
    """A request as the server's loop hands it on, or without a loop."""
    made = RequestFactory().post("/", headers=headers)
    if memory:
        made.META[MEMORY] = memory
    return made


def test_turns_that_are_used_one_after_the_other_take_longer_each_time(clock):
    some, waits = Throttle(FREE), []
    for _ in range(FREE + 20):
        waits.append(some.take_turn("10.0.0.1"))
        clock[0] += waits[-1]
    assert waits[: FREE + 2] == [0] * FREE + [0.25, 0.5]
    assert max(waits) == throttling.MAX_DELAY


def test_turns_of_many_at_once_come_one_after_the_other(clock):
    """Finding 24: eight at once were as fast as one."""
    some = Throttle(FREE)
    waits = [some.take_turn("10.0.0.1") for _ in range(FREE + 4)]
    assert waits[FREE:] == [0.25, 0.75, 1.5, 2.5]


def test_no_turn_is_given_where_too_many_wait(clock):
    some = Throttle(FREE)
    waits = [some.take_turn("10.0.0.1") for _ in range(FREE + 30)]
    assert waits[-20:] == [None] * 20
    assert max(wait for wait in waits if wait is not None) <= MAX_WAIT


def test_turns_are_given_again_after_a_crowd(clock):
    some = Throttle(FREE)
    for _ in range(FREE + 30):
        some.take_turn("10.0.0.1")
    clock[0] += MAX_WAIT
    assert some.take_turn("10.0.0.1") == throttling.MAX_DELAY


def test_turns_of_another_place_are_its_own(clock):
    some = Throttle(FREE)
    for _ in range(FREE + 30):
        some.take_turn("10.0.0.1")
    assert some.take_turn("10.0.0.2") == 0


def test_unknown_places_are_neither_one_place_nor_none(clock):
    """Finding 24: behind a proxy that names nobody, everybody was one place."""
    some = Throttle(FREE)
    assert {some.take_turn(throttling.UNKNOWN) for _ in range(20)} == {throttling.MAX_DELAY}
    assert not some.counts


def test_places_are_stored_as_digests_and_forgotten_every_hour(clock):
    some = Throttle(FREE)
    some.take_turn("10.0.0.1")
    assert all(len(digest) == 32 for digest in some.counts)
    before = some.salt
    clock[0] += throttling.HOUR + 1
    some.take_turn("10.0.0.1")
    assert some.salt != before
    assert list(some.counts.values()) == [1]


def test_request_that_has_to_wait_comes_again_and_passes(clock):
    some, memory = Throttle(0), RequestMemory()
    with pytest.raises(CallAgain) as wait:
        pass_throttle(request(memory), some)
    assert wait.value.seconds == throttling.DELAY_STEP
    assert pass_throttle(request(memory), some) == Passage.DELAYED


def test_request_without_a_turn_waits_for_room_and_is_crowded_out_in_the_end(clock):
    some, memory = Throttle(0), RequestMemory()
    for _ in range(30):
        some.take_turn("127.0.0.1")
    with pytest.raises(CallAgain):
        pass_throttle(request(memory), some)
    memory.waited = throttling.PATIENCE
    assert pass_throttle(request(memory), some) == Passage.CROWDED


def test_request_waits_right_here_where_nobody_can_call_again(clock, monkeypatch):
    waits: list[float] = []
    monkeypatch.setattr(time, "sleep", waits.append)
    assert pass_throttle(request(), Throttle(0)) == Passage.DELAYED
    assert waits == [throttling.DELAY_STEP]


@pytest.mark.parametrize(
    ("text", "network"),
    [
        ("10.0.0.1", "10.0.0.1"),
        ("10.0.0.1:4711", "10.0.0.1"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::9", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::9]:443", "2001:db8:1:2::/64"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("unknown", ""),
        ("10.0.0.1.5", ""),
    ],
)
def test_network_is_one_connection_to_the_internet(text, network):
    assert network_of(text) == network


@pytest.mark.parametrize(
    ("trusted", "header", "address"),
    [
        (0, "6.6.6.6", "127.0.0.1"),
        (1, "6.6.6.6, 10.0.0.1", "10.0.0.1"),
        (2, "6.6.6.6, 10.0.0.1, 10.0.0.2", "10.0.0.1"),
        (2, "10.0.0.2", ""),
        (1, "", ""),
    ],
)
def test_address_is_what_the_outermost_trusted_proxy_has_seen(settings, trusted, header, address):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = trusted
    assert client_ip(request(**{"X-Forwarded-For": header})) == address


def test_place_is_unknown_where_a_trusted_proxy_names_nobody(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert place_of(request()) == throttling.UNKNOWN
