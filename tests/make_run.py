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

COMMAND = [sys.executable, "-m", "victor.embedded", "run"]
GREEK_PARTNER = "el/partners/smile-of-the-child/"
FIRST_START = 180.0  # seconds


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
        with (self.var / "output").open("a") as output:
            self.process = subprocess.Popen(
                COMMAND, cwd=ROOT, env=self.environment, stdout=output, stderr=output, text=True
            )
        while time.monotonic() - began < FIRST_START:
            assert self.process.poll() is None, (self.var / "output").read_text()
            if self.page_answers():
                return time.monotonic() - began
            time.sleep(0.05)
        raise AssertionError((self.var / "output").read_text())

    def wait_until_announced(self) -> None:
        """Wait until everything is loaded and the demo accounts are printed."""
        limit = time.monotonic() + FIRST_START
        while (self.var / "output").read_text().count("Ctrl-C stops everything.") < self.starts:
            assert time.monotonic() < limit
            time.sleep(0.1)

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
