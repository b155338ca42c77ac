"""One server for all commands of a checkout. The first command starts it, and it ends after the last one.

Each command has a shared lock, which the operating system releases even if the command is killed. A supervisor, started
with the server, ends the server and itself when nobody has that lock. So no command leaves a server behind, and two
servers never open the same data.
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
PAUSE = 0.1  # seconds between two checks whether anybody uses the server


class Server(Protocol):
    """A program that serves one data folder on a socket in a folder of its own."""

    data: Path
    folder: Path
    end: signal.Signals

    @property
    def words(self) -> list[str]:
        """The arguments of the supervisor, which describe the same server."""

    def answers(self) -> bool:
        """Whether it serves."""

    def start(self) -> subprocess.Popen[bytes]:
        """Start it. It ends with the process that calls this."""


@contextlib.contextmanager
def use_server(server: Server) -> Iterator[None]:
    """Use the server. Start it where it does not run, and wait for its end where nobody else uses it.

    Raises:
        RuntimeError: it does not start.
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
    """Run the server until nobody uses it. Returns an exit code."""
    with _lock_file(server, "users") as users, _lock_file(server, "keeper") as own_lock:
        if not _try_lock(own_lock, fcntl.LOCK_EX):
            return 0  # another supervisor was first
        process = server.start()
        while process.poll() is None:
            if _try_lock(users, fcntl.LOCK_EX):
                children.stop(process, server.end)
                shutil.rmtree(server.folder, ignore_errors=True)
                return 0
            time.sleep(PAUSE)
        return 1


def socket_folder(kind: str, data: Path, owner: int) -> Path:
    """A folder for the server's socket, whose path may have at most 107 bytes (unix(7)).

    Raises:
        RuntimeError: another user has made it.
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
        supervisor = children.start(
            [sys.executable, "-m", "victor.embedded.supervisor", *server.words],
            end_with_us=None,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    limit = time.monotonic() + START_LIMIT
    while not server.answers():
        if supervisor.poll() or time.monotonic() > limit:
            raise RuntimeError(f"A server did not start, see {server.data}.log")
        time.sleep(0.02)
    supervisor.returncode = 0  # it may outlive this process, so nothing waits for it


def _leave(server: Server, users: IO[str]) -> None:
    if not _try_lock(users, fcntl.LOCK_EX):
        fcntl.flock(users, fcntl.LOCK_SH)  # others use it, or the supervisor is ending it: then this waits
        return
    fcntl.flock(users, fcntl.LOCK_UN)
    with _lock_file(server, "keeper") as supervisor:
        fcntl.flock(supervisor, fcntl.LOCK_EX)


def _try_lock(file: IO[str], how: int) -> bool:
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _lock_file(server: Server, name: str) -> IO[str]:
    return Path(f"{server.data}.{name}").open("w")
