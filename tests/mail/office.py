"""The processes that send mail, for tests that kill them."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests import processes
from tests.mail.broker import Broker
from tests.mail.sink import Sink

CELERY = ["-m", "celery", "-A", "victor"]
WORKER = [*CELERY, "worker", "--concurrency", "2", "--loglevel", "info", "--without-mingle", "--without-gossip"]


class PostOffice:
    """The processes that send mail, as `make run` starts them, and the ways to kill them."""

    def __init__(self, broker: Broker, sink: Sink, folder: Path) -> None:
        self.broker, self.log = broker, folder / "log"
        self.variables = processes.environment(BROKER_URL=broker.url, EMAIL_URL=sink.url, LOG_LEVEL="info")
        self.beat = self._start(*CELERY, "beat", "--schedule", str(folder / "beat"), "--pidfile=")
        self.worker = self._start(*WORKER)

    def close(self) -> None:
        """End everything."""
        processes.kill(self.worker)
        processes.kill(self.beat)

    def kill(self, victim: str) -> None:
        """SIGKILL, to the worker's whole process group."""
        if victim == "worker":
            processes.kill(self.worker)
        else:
            self.broker.kill()

    def start(self, victim: str) -> None:
        """Start again what was killed."""
        if victim == "worker":
            self.worker = self._start(*WORKER)
        else:
            self.broker.start()

    def _start(self, *command: str) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return processes.start(*command, variables=self.variables, stdout=log, stderr=log)
