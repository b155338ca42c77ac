from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings

from tests.mail.broker import Broker
from tests.mail.office import PostOffice
from tests.mail.sink import Sink
from victor.celery import app
from victor.env import Environment
from victor.mail.actions import queue
from victor.mail.models import Message
from victor.mail.worker import WorkerNotifier


@pytest.fixture
def write() -> Callable[..., Message]:
    """Put a message into the outbox."""

    def write(recipient: str = "anna@example.org", **changes: str | bool) -> Message:
        words = {"subject": "A word", "text": "Come in.", "language": "en", "sender": "VICTOR <victor@example.org>"}
        return queue(recipient=recipient, **words | changes)

    return write


@pytest.fixture
def sink(settings: LazySettings) -> Iterator[Sink]:
    """A mail server; the portal sends to it."""
    with Sink() as sink:
        settings.DELIVERY = Environment({"EMAIL_URL": sink.url}).mail("EMAIL_URL")
        yield sink


@pytest.fixture
def broker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Broker]:
    """A broker of the test's own, to be killed; what is published here goes to it."""
    with Broker(tmp_path) as broker:
        monkeypatch.setattr(app.conf, "broker_write_url", broker.url)
        monkeypatch.setattr(app.amqp, "_producer_pool", None)
        monkeypatch.setattr(app, "_pool", None)
        monkeypatch.setattr("victor.mail.worker.NOTIFIER", WorkerNotifier())
        yield broker


@pytest.fixture
def office(broker: Broker, sink: Sink, tmp_path: Path) -> Iterator[PostOffice]:
    office = PostOffice(broker, sink, tmp_path)
    yield office
    office.close()
