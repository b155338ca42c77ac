"""`make run` without make: the same command, with a folder and a port of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil

from tests.plugins.portal import free_port
from tests.processes import ROOT
from tests.waiting import LIMIT, becomes_true, wait_until

COMMAND = [sys.executable, "-m", "victor.embedded", "run"]
GREEK_PARTNER = "el/partners/smile-of-the-child/"
FIRST_START = 600.0  # seconds


class Run:
    """One folder, and the command that may run in it."""

    def __init__(self, var: Path) -> None:
        self.var, self.port = var, free_port()
        own = {
            "DATABASE_URL",
            "BROKER_URL",
            "CACHE_URL",
            "SECRET_KEY",
            "FIELD_KEYS",
            "AUDIT_KEY",
            "RECEIPT_KEY",
            "DUPLICATES_KEY",
            "FACTS_KEY",
            "SITE_URL",
        }
        own |= {"EMAIL_URL", "ALLOWED_HOSTS", "LOG_LEVEL", "STATIC_ROOT", "MEDIA_ROOT"}
        self.environment = {name: value for name, value in os.environ.items() if name not in own}
        self.environment |= {"VICTOR_VAR": str(var), "PORT": str(self.port)}
        self.process: subprocess.Popen[str] | None = None
        self.starts = 0

    def start(self) -> float:
        """Start; return after how many seconds the Greek partner page came."""
        began = time.monotonic()
        self.starts += 1
        self.launch()
        assert becomes_true(self.answers_or_ended, seconds=FIRST_START), self.output()
        assert self.process.poll() is None, self.output()
        return time.monotonic() - began

    def launch(self) -> None:
        """Start, and do not wait for anything."""
        with (self.var / "output").open("a") as output:
            self.process = subprocess.Popen(
                COMMAND, cwd=ROOT, env=self.environment, stdout=output, stderr=output, text=True
            )

    def wait_until_announced(self) -> None:
        """Wait until everything is loaded and the demo accounts are printed."""
        wait_until(
            lambda: self.output().count("Ctrl-C stops everything.") >= self.starts, seconds=FIRST_START, pause=0.1
        )

    def output(self) -> str:
        """All that was printed, of every start."""
        return (self.var / "output").read_text()

    def answers_or_ended(self) -> bool:
        return self.page_answers() or self.process is None or self.process.poll() is not None

    def page_answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{GREEK_PARTNER}", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False

    def end(self, how: signal.Signals) -> int:
        assert self.process
        self.process.send_signal(how)
        return self.process.wait(LIMIT)

    def left_over(self) -> list[str]:
        """Processes that still know of our folder, once they had a moment to end."""
        becomes_true(lambda: not list(self._ours()))
        return list(self._ours())

    def _ours(self) -> Iterator[str]:
        for process in psutil.process_iter(["cmdline", "status", "environ"]):
            if process.info["status"] == psutil.STATUS_ZOMBIE or process.pid == os.getpid():
                continue
            command = " ".join(process.info["cmdline"] or [])
            # The database server has an environment of its own, the broker a command line of its own.
            if str(self.var) in command or (process.info["environ"] or {}).get("VICTOR_VAR") == str(self.var):
                yield command
