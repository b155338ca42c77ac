"""What "Get help" and `/healthz` cost while the portal is attacked, as a ratio to quiet; and whether reports arrive."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

from tests.bench.load import Connection
from tests.bench.server import ROOT, Server
from tests.waiting import wait_for_moment
from victor.embedded import children

PAGES = {"healthz": "/healthz", "Get help": "/en/help/gr/"}
REQUESTS, PAUSE = 120, 0.05  # seconds between two
ATTACK_SECONDS = REQUESTS * PAUSE * len(PAGES) * 4 + 10
LIMIT = 3.0  # times as long as without an attack
FILES = ["films", "office", "pictures", "pdfs"]
ATTACKS = {**{kind: [kind] for kind in FILES}, "receipts": ["receipts"], "slow bodies": ["slow"]}
ATTACKS["all together"] = [*FILES, "receipts", "slow"]  # kinds that `tests/bench/attacks.py` knows
OWN_PLACES = {"TRUSTED_PROXY_COUNT": "1"}


def measure(environment: dict[str, str]) -> dict[str, dict[str, float]]:
    """By attack, the ratio of each page; and the milliseconds without one."""
    with Server("victor.asgi:application", workers=1, environment=environment | OWN_PLACES) as server:
        server.first_byte(PAGES["Get help"])
        latencies(server)
        quiet = latencies(server)
        ratios = {"none, in ms": quiet}
        for name, kinds in ATTACKS.items():
            with attacked(server.port, kinds, environment):
                during = latencies(server)
            ratios[name] = {page: during[page] / quiet[page] for page in PAGES}
    return ratios


def fault(ratios: dict[str, dict[str, float]]) -> str | None:
    """What takes longer under attack than the limit allows. None where nothing does."""
    slow = [f"{page} ({name})" for name, row in list(ratios.items())[1:] for page in row if row[page] > LIMIT]
    return f"More than {LIMIT:.0f} times as long: {', '.join(slow)}" if slow else None


def latencies(server: Server) -> dict[str, float]:
    """The median milliseconds for each page, asked evenly by somebody who does nothing else."""
    return {name: statistics.median(_times(server, path)) for name, path in PAGES.items()}


def _times(server: Server, path: str) -> list[float]:
    times = []
    with closing(Connection(server.port, path)) as connection:
        began = time.monotonic()
        for number in range(REQUESTS):
            wait_for_moment(began + number * PAUSE)
            asked = time.perf_counter()
            connection.ask()
            times.append((time.perf_counter() - asked) * 1000)
    return times


@contextmanager
def attacked(
    port: int, kinds: list[str], environment: dict[str, str], *, seconds: float = ATTACK_SECONDS
) -> Iterator[None]:
    """Attackers are at work, from a process of their own."""
    command = [sys.executable, "-m", "tests.bench.attacks", str(port), str(seconds), *kinds]
    attackers = children.start(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE)
    try:
        attackers.stdout.readline()
        yield
    finally:
        attackers.kill()
        attackers.wait()
        attackers.stdout.close()
