"""The one command: it serves, keeps its data, leaves nothing behind and recovers."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from django.conf import settings

GREEK_PARTNER = "el/partners/smile-of-the-child/"
COMMAND = [sys.executable, "-m", "victor.embedded", "run"]
FIRST_START = 180.0
FIRST_PAGE = 8.0  # seconds from the command, at the second start


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Run:
    """`make run` without make: the same command, with a folder and a port of its own."""

    def __init__(self, var: Path) -> None:
        self.var, self.port = var, free_port()
        own = {"DATABASE_URL", "BROKER_URL", "CACHE_URL", "SECRET_KEY", "FIELD_KEYS", "AUDIT_KEY", "SITE_URL"}
        own |= {"EMAIL_URL", "ALLOWED_HOSTS", "LOG_LEVEL", "STATIC_ROOT", "MEDIA_ROOT"}
        self.environment = {name: value for name, value in os.environ.items() if name not in own}
        self.environment |= {"VICTOR_VAR": str(var), "PORT": str(self.port)}
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> float:
        """Start; return after how many seconds the Greek partner page came."""
        began = time.monotonic()
        with (self.var / "output").open("a") as output:
            self.process = subprocess.Popen(
                COMMAND, cwd=settings.BASE_DIR, env=self.environment, stdout=output, stderr=output, text=True
            )
        while time.monotonic() - began < FIRST_START:
            assert self.process.poll() is None, (self.var / "output").read_text()
            if self.page_answers():
                return time.monotonic() - began
            time.sleep(0.05)
        raise AssertionError((self.var / "output").read_text())

    def page_answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{GREEK_PARTNER}", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False

    def end(self, how: signal.Signals) -> int:
        assert self.process
        self.process.send_signal(how)
        return self.process.wait(60)

    def left_over(self) -> list[str]:
        """Processes that still know of our folder, once they had a moment to end."""
        limit = time.monotonic() + 15
        while (found := list(self._ours())) and time.monotonic() < limit:
            time.sleep(0.2)
        return found

    def _ours(self) -> Iterator[str]:
        for process in psutil.process_iter(["cmdline", "status", "environ"]):
            if process.info["status"] == psutil.STATUS_ZOMBIE or process.pid == os.getpid():
                continue
            command = " ".join(process.info["cmdline"] or [])
            # The database server has an environment of its own, the broker a command line of its own.
            if str(self.var) in command or (process.info["environ"] or {}).get("VICTOR_VAR") == str(self.var):
                yield command


@pytest.fixture
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    running = Run(tmp_path_factory.mktemp("var"))
    yield running
    if running.process and running.process.poll() is None:
        running.end(signal.SIGTERM)


def manage(run: Run, *arguments: str) -> str:
    command = [sys.executable, "-m", "victor.embedded", "manage", *arguments]
    return subprocess.run(
        command, cwd=settings.BASE_DIR, env=run.environment, capture_output=True, text=True, check=True
    ).stdout


def test_run_serves_keeps_its_data_and_leaves_nothing(run, figure):
    figure("first start to first page", run.start(), "s")
    manage(run, "shell", "-c", "from partners.models import Country; Country.objects.create(code='XK', name_en='X')")
    assert run.end(signal.SIGINT) == 130
    assert run.left_over() == []
    second = run.start()
    figure("second start to first page", second, "s")
    assert second <= FIRST_PAGE
    kept = manage(run, "shell", "-c", "from partners.models import Country; print(Country.objects.count())")
    assert kept.split()[-1] == "16"
    assert "supervisor@demo.victor.example" in manage(run, "demo_accounts")
    assert run.end(signal.SIGTERM) == 143
    assert run.left_over() == []


def test_run_recovers_from_a_kill(run, figure):
    run.start()
    run.end(signal.SIGKILL)
    assert run.left_over() == []
    figure("start after SIGKILL to first page", run.start(), "s")
    assert run.end(signal.SIGHUP) == 129
    assert run.left_over() == []


def test_run_whose_worker_dies_says_so_and_stops(run):
    run.start()
    while not (workers := [each for each in psutil.Process(run.process.pid).children() if "worker" in each.cmdline()]):
        time.sleep(0.1)
    workers[0].kill()
    assert run.process.wait(60) == 1
    assert "worker ended with -9" in (run.var / "output").read_text()
    assert run.left_over() == []


def test_run_killed_while_it_prepares_leaves_nothing(run):
    for moment in (0.5, 1.5, 3.0):
        with (run.var / "output").open("a") as output:
            run.process = subprocess.Popen(
                COMMAND, cwd=settings.BASE_DIR, env=run.environment, stdout=output, stderr=output, text=True
            )
        time.sleep(moment)
        run.end(signal.SIGTERM if moment > 1 else signal.SIGKILL)
        assert run.left_over() == []
    run.start()


def test_run_beside_another_of_the_same_folder_is_refused(run):
    run.start()
    done = refused(run.environment | {"PORT": str(free_port())})
    assert "VICTOR already runs from this folder" in done
    assert run.page_answers()


def test_run_beside_a_taken_port_says_so(run):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", run.port))
        taken.listen()
        assert f"Port {run.port} is taken" in refused(run.environment)


def refused(environment: dict[str, str]) -> str:
    done = subprocess.run(COMMAND, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    return done.stderr
