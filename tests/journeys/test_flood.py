"""A flood from one address, with the disk full, mail, broker and cache down: every genuine report arrives in time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.reporting_desk import DESK
from tests.plugins.portal import _serve, free_port

JUNK, GENUINE, SECONDS = (int(each) for each in os.environ.get("FLOOD", "12 5 30").split())
COUNT = "from desks.reports.models import Report; print(Report.objects.filter(suspected_spam=False).count())"

pytestmark = pytest.mark.long


@pytest.fixture
def broken(portal, tmp_path) -> Iterator[int]:
    """The portal on a day when everything around it fails; its address ends in this port."""
    portal.manage("shell", "--no-imports", "-c", DESK)
    full = tmp_path / "full"
    full.write_text("a file where the folder should be")
    port = free_port()
    down = {
        "BROKER_URL": "redis://127.0.0.1:1/0",
        "CACHE_URL": "redis://127.0.0.1:1/1",
        "EMAIL_URL": "smtp://127.0.0.1:1",
    }
    process = _serve(port, portal.environment | down | {"VAULT_ROOT": str(full), "TRUSTED_PROXY_COUNT": "1"})
    yield port
    process.terminate()
    process.wait(30)


def send_reports(port: int, *, junk: int, genuine: int, seconds: int) -> dict[str, float]:
    """What came of so many of each, sent in so many seconds."""
    command = [sys.executable, "-m", "tests.desks.flood", *map(str, (port, junk, genuine, seconds))]
    done = subprocess.run(command, cwd=Path.cwd(), capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_genuine_reports_arrive_among_junk(broken, portal, figure):
    before = int(portal.manage("shell", "--no-imports", "-c", COUNT).split()[-1])
    undisturbed = send_reports(broken, junk=0, genuine=2, seconds=2)["p95"]
    counts = send_reports(broken, junk=JUNK, genuine=GENUINE, seconds=SECONDS)
    figure(f"reports: {JUNK} junk from one address and {GENUINE} genuine in {SECONDS} s", json.dumps(counts))
    assert counts["genuine"] == GENUINE
    assert counts["genuine_refused"] == 0
    assert counts["junk_refused"] == 0
    assert counts["p95"] <= max(3, 3 * undisturbed)  # which a busy machine slows too
    after = int(portal.manage("shell", "--no-imports", "-c", COUNT).split()[-1])
    assert after - before >= GENUINE + 2
