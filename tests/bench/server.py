"""One web server under measurement: when its first byte came, how fast it answers, how much memory it takes."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path
from typing import Any, Self

import psutil

from tests.bench.load import Connection
from tests.plugins.portal import free_port
from tests.waiting import wait_until
from victor.embedded import children

ROOT = Path(__file__).resolve().parents[2]
CLIENTS = 4
MOST = 20_000  # requests of one client
START_LIMIT = 300.0


class Server:
    """Granian with the portal, as the Procfile starts it, or with a WSGI application."""

    def __init__(self, application: str, *, workers: int, environment: dict[str, str], port: int = 0) -> None:
        self.port = port or free_port()
        granian = [sys.executable, "-m", "granian", "--host", "127.0.0.1", "--port", str(self.port)]
        options = ["--workers", str(workers), "--no-access-log", *_interface(application)]
        self.started = time.perf_counter()
        self.process = children.start(
            [*granian, *options, "--log-level", "error", application],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        children.stop(self.process)

    def first_byte(self, path: str) -> float:
        """Seconds from the start of the process to the first answer."""
        wait_until(lambda: self._answers(path), seconds=START_LIMIT, pause=0.005)
        return time.perf_counter() - self.started

    def copy_of(self, path: str) -> dict[str, Any]:
        """Headers and body of a page."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as answer:
            own = {"date", "server", "content-length", "connection"}
            headers = [header for header in answer.headers.items() if header[0].lower() not in own]
            return {
                "headers": [*headers, ("Content-Length", answer.headers["Content-Length"])],
                "body": answer.read().decode(),
            }

    def rate(self, path: str, *, seconds: float) -> dict[str, float]:
        """Answers a second to several clients; in ms, the slowest of 19 in 20 and the processor's time for one."""
        command = [sys.executable, "-m", "tests.bench.load", str(self.port), path, str(seconds), str(MOST)]
        before = self._processor()
        clients = [children.start(command, cwd=ROOT, stdout=subprocess.PIPE) for _ in range(CLIENTS)]
        results = [json.loads(client.communicate(timeout=seconds + 60)[0]) for client in clients]
        return {
            "rate": sum(result["answers"] / result["seconds"] for result in results),
            "p95": statistics.median(result["p95"] for result in results),
            "processor": (self._processor() - before) * 1000 / sum(result["answers"] for result in results),
        }

    def memory(self) -> float:
        """MB of one web process: what is its own, and its share of what it has in common with others (PSS)."""
        return statistics.mean(worker.memory_full_info().pss for worker in self._workers()) / 1e6

    def _answers(self, path: str) -> bool:
        try:
            with closing(Connection(self.port, path)) as connection:
                connection.ask()
        except OSError:
            return False
        return True

    def _processor(self) -> float:
        times = [worker.cpu_times() for worker in self._workers()]
        return sum(each.user + each.system for each in times)

    def _workers(self) -> list[psutil.Process]:
        return [child for child in psutil.Process(self.process.pid).children(recursive=True) if _is_python(child)]


def _interface(application: str) -> list[str]:
    """How Granian speaks to an application."""
    if application.startswith("victor."):
        return ["--interface", "asginl", "--backlog", "4096", "--backpressure", "2048"]
    return ["--interface", "wsgi", "--blocking-threads", "4"]


def _is_python(process: psutil.Process) -> bool:
    # The multiprocessing module's own tracker of resources serves nobody.
    command = " ".join(process.cmdline())
    return "python" in command and "resource_tracker" not in command
