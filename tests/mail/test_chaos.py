"""Mail under fire: worker and broker are killed while they send, and nothing is lost.

A real worker and a real beat on a real broker, speaking to a real mail server, which dawdles between keeping a message
and saying so: the kills mostly strike there, where a message is doubled if it ever is.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable

import pytest

from tests.mail.office import PostOffice
from tests.mail.sink import Sink
from tests.waiting import wait_until
from victor.mail.models import Message
from victor.mail.states import MessageState

MESSAGES = 500
VICTIMS = ["worker", "broker", "worker", "worker"]
BATCH = MESSAGES // (len(VICTIMS) + 1)
RANDOM = random.Random(2)


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_delivers_all_of_500_when_the_worker_is_killed_three_times_and_the_broker_once(
    office: PostOffice, sink: Sink, write: Callable[..., Message], figure: Callable[..., None]
) -> None:
    started, sink.pause = time.monotonic(), 0.01
    write_batch(write)
    for round_, victim in enumerate(VICTIMS):
        caught = round_ * BATCH + BATCH // 2 + RANDOM.randrange(5)
        assert sink.wait_for(count=caught, seconds=60), office.log.read_text()
        office.kill(victim)
        write_batch(write)
        office.start(victim)
    assert sink.wait_for(count=MESSAGES, seconds=60), office.log.read_text()
    note_figures(figure, sink, time.monotonic() - started)
    assert_sent_once_but_for_the_kills(sink)
    assert "example.org" not in office.log.read_text()


def write_batch(write: Callable[..., Message]) -> None:
    """Each in a transaction of its own, as requests do."""
    for _ in range(BATCH):
        write(f"person{RANDOM.randrange(10**9)}@example.org")


def assert_sent_once_but_for_the_kills(sink: Sink) -> None:
    """Every message has come, at most one twice for each kill; the outbox agrees and has forgotten the words."""
    wait_until_settled()
    times = Counter(sink.message_ids)
    assert set(times) == set(Message.objects.values_list("message_id", flat=True))
    assert len(times) == MESSAGES
    assert sum(times.values()) - MESSAGES <= len(VICTIMS)
    assert set(Message.objects.values_list("state", "text", "html")) == {(MessageState.SENT, "", "")}


def wait_until_settled() -> None:
    """The last message has come before its row says so."""
    wait_until(lambda: not Message.objects.exclude(state=MessageState.SENT).exists())


def note_figures(figure: Callable[..., None], sink: Sink, seconds: float) -> None:
    """What the run has shown."""
    delivered = len(set(sink.message_ids))
    figure("mail: delivered after 3 kills of the worker, 1 of the broker", f"{delivered} of {MESSAGES}")
    figure("mail: doubled by these 4 kills", len(sink.message_ids) - delivered)
    figure("mail: time for all of it", seconds, "s")
