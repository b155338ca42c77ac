"""Hostile files, made-up receipts, slow bodies at once: genuine reports and readers get through (findings 2 to 5)."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench.availability import ATTACKS, OWN_PLACES, attacked
from tests.bench.server import Server
from tests.journeys.reporting_desk import DESK
from tests.journeys.test_flood import COUNT, send_reports
from tests.server.raw_http import ask, request_head
from tests.waiting import wait_for_moment

GENUINE, READINGS, SECONDS = 20, 20, 80
MAX_DELAY = 3.0  # seconds that sending may take longer than without an attack
HELP = "/el/help/gr/"

pytestmark = pytest.mark.long


@pytest.fixture
def server(portal) -> Iterator[Server]:
    """The portal as the Procfile starts it, with a desk that takes files."""
    portal.manage("shell", "--no-imports", "-c", DESK)
    with Server("victor.asgi:application", workers=2, environment=portal.environment | OWN_PLACES) as running:
        running.first_byte(HELP)
        yield running


def start_sending(port: int) -> subprocess.Popen[bytes]:
    """Send the genuine reports from another process, as browsers without scripts do."""
    command = [sys.executable, "-m", "tests.desks.flood", *map(str, (port, 0, GENUINE, SECONDS))]
    return subprocess.Popen(command, cwd=Path.cwd(), stdout=subprocess.PIPE)


def read_help(port: int, began: float) -> list[int]:
    """The statuses of readings, evenly over the time."""
    statuses = []
    for number in range(READINGS):
        wait_for_moment(began + number * SECONDS / READINGS)
        statuses.append(ask(port, request_head(HELP, method="GET")).status)
    return statuses


def test_reports_and_readers_get_through_all_attacks_together(server, portal, figure):
    quiet = send_reports(server.port, junk=0, genuine=5, seconds=10)["p95"]
    stored = int(portal.manage("shell", "--no-imports", "-c", COUNT).split()[-1])
    with attacked(server.port, ATTACKS["all together"], portal.environment, seconds=SECONDS * 3):
        sending = start_sending(server.port)
        statuses = read_help(server.port, time.monotonic())
        counts = json.loads(sending.communicate(timeout=SECONDS * 3)[0])
    figure(f"{GENUINE} reports and {READINGS} readings under all attacks; sending took {quiet:.1f} s before", counts)
    assert statuses == [200] * READINGS
    assert counts["genuine"] == GENUINE
    assert counts["genuine_refused"] == 0
    assert counts["p95"] <= quiet + MAX_DELAY
    assert int(portal.manage("shell", "--no-imports", "-c", COUNT).split()[-1]) >= stored + GENUINE
