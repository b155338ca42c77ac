"""A mail server, a broker and the processes that send mail, for tests that kill them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.conf import LazySettings

    from tests.mail.broker import Broker
    from tests.mail.office import PostOffice
    from tests.mail.sink import Sink

# What they use is imported inside: a plugin is loaded before the settings are ready.
# ruff: noqa: PLC0415


@pytest.fixture
def sink(settings: LazySettings) -> Iterator[Sink]:
    """A mail server; the portal sends to it."""
    from tests.mail.sink import Sink
    from victor.env import Environment

    with Sink() as sink:
        settings.DELIVERY = Environment({"EMAIL_URL": sink.url}).mail("EMAIL_URL")
        yield sink


@pytest.fixture
def broker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Broker]:
    """A broker of the test's own, to be killed; what is published here goes to it."""
    from tests.mail.broker import Broker
    from victor.celery import app
    from victor.mail.worker import WorkerNotifier

    with Broker(tmp_path) as broker:
        monkeypatch.setattr(app.conf, "broker_write_url", broker.url)
        monkeypatch.setattr(app.amqp, "_producer_pool", None)
        monkeypatch.setattr(app, "_pool", None)
        monkeypatch.setattr("victor.mail.worker.NOTIFIER", WorkerNotifier())
        yield broker


@pytest.fixture
def office(broker: Broker, sink: Sink, tmp_path: Path) -> Iterator[PostOffice]:
    """A worker and a clock that send by them."""
    from tests.mail.office import PostOffice

    office = PostOffice(broker, sink, tmp_path)
    yield office
    office.close()
