"""One server for all commands of a checkout: started by the first, ended when the last has gone.

Each user holds a shared lock, which the operating system releases even for one that was killed. A keeper, started
with the server, ends it and itself as soon as nobody holds that lock any more. So no command leaves a server behind,
and no two servers ever open the same data.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Protocol

from victor.embedded import children

ROOT = Path(__file__).resolve().parents[2]
START_LIMIT = 60.0  # seconds
PAUSE = 0.1  # seconds between two looks at whether anybody is left


class Server(Protocol):
    """A program that serves one data folder on a socket, which lies in a folder of its own."""

    data: Path
    folder: Path
    end: signal.Signals

    @property
    def words(self) -> list[str]:
        """What the keeper is told, so that it keeps the same server."""

    def answers(self) -> bool:
        """Whether it serves."""

    def start(self) -> subprocess.Popen[bytes]:
        """Start it; it ends with the process that calls."""


@contextlib.contextmanager
def use_server(server: Server) -> Iterator[None]:
    """Use the server: start it where it does not run, and wait for its end where nobody else uses it.

    Raises RuntimeError where it does not start.
    """
    server.data.parent.mkdir(parents=True, exist_ok=True)
    with _lock_file(server, "gate") as gate, _lock_file(server, "users") as users:
        try:
            fcntl.flock(gate, fcntl.LOCK_EX)
            fcntl.flock(users, fcntl.LOCK_SH)
            if not server.answers():
                _start_supervisor(server)
            fcntl.flock(gate, fcntl.LOCK_UN)
            yield
        finally:
            fcntl.flock(gate, fcntl.LOCK_EX)
            _leave(server, users)


def supervise(server: Server) -> int:
    """What the keeper does: hold the server until nobody uses it."""
    with _lock_file(server, "users") as users, _lock_file(server, "keeper") as mine:
        if not _try_lock(mine, fcntl.LOCK_EX):
            return 0  # another keeper came first
        process = server.start()
        while process.poll() is None:
            if _try_lock(users, fcntl.LOCK_EX):
                children.stop(process, server.end)
                shutil.rmtree(server.folder, ignore_errors=True)
                return 0
            time.sleep(PAUSE)
        return 1


def socket_folder(kind: str, data: Path, owner: int) -> Path:
    """A folder for the server's socket: its path has at most 107 bytes, which a deep checkout would pass.

    Raises RuntimeError where somebody else has made it.
    """
    folder = Path(tempfile.gettempdir(), f"victor-{kind}-{hashlib.sha256(bytes(data)).hexdigest()[:12]}")
    folder.mkdir(mode=0o700, exist_ok=True)
    if owner != os.geteuid() and folder.stat().st_uid == os.geteuid():
        os.chown(folder, owner, -1)
    if folder.is_symlink() or folder.stat().st_uid != owner:
        raise RuntimeError(f"{folder} belongs to somebody else.")
    return folder


def _start_supervisor(server: Server) -> None:
    with Path(f"{server.data}.log").open("ab") as log:
        keeper = children.start(
            [sys.executable, "-m", "victor.embedded.supervisor", *server.words],
            end_with_us=None,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    limit = time.monotonic() + START_LIMIT
    while not server.answers():
        if keeper.poll() or time.monotonic() > limit:
            raise RuntimeError(f"A server did not start, see {server.data}.log")
        time.sleep(0.02)
    keeper.returncode = 0  # it may outlive us: not a child to wait for


def _leave(server: Server, users: IO[str]) -> None:
    if not _try_lock(users, fcntl.LOCK_EX):
        fcntl.flock(users, fcntl.LOCK_SH)  # others use it, or the keeper has begun to end it: then this waits
        return
    fcntl.flock(users, fcntl.LOCK_UN)
    with _lock_file(server, "keeper") as keeper:
        fcntl.flock(keeper, fcntl.LOCK_EX)


def _try_lock(file: IO[str], how: int) -> bool:
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _lock_file(server: Server, name: str) -> IO[str]:
    return Path(f"{server.data}.{name}").open("w")
