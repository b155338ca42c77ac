"""Databases that tests copy: to migrate takes a minute, to load the project's data as long.

They are kept beside the tests' own server until the sources change, and dropped after a run on any other server, each
with its files. `python -m tests.plugins.migrated` makes them.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from hashlib import blake2b
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest
from psycopg2.extensions import cursor

from tests.plugins.database import VAR, is_own_server

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("victor", "partners", "desks", "trainings", "campaigns", "locale")
# The variables with their names
PREPARED, MIGRATED, LOADED = "PREPARED_DATABASE", "MIGRATED_DATABASE", "LOADED_DATABASE"
OURS = "^(prepared|migrated|loaded)_[0-9a-f]{12}(_[0-9a-f]{4})?$"
MIGRATE = [("migrate", "--verbosity=0")]
AHEAD: list[subprocess.Popen[bytes]] = []  # makes them while several workers still collect their tests
LOAD = ("load_partnership", "load_pages", "load_campaigns", "load_desks", "load_trainings", "load_demo_accounts")


@contextmanager
def server() -> Iterator[cursor]:
    """The server of the tests, for what stands outside any transaction."""
    with closing(psycopg2.connect(os.environ["DATABASE_URL"])) as connection:
        connection.autocommit = True
        yield connection.cursor()


def url_of(name: str) -> str:
    """The address of another database of the server."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def files_of(name: str) -> Path:
    """The folder with the files of a database. Another server has folders of its own for databases of the same name."""
    if is_own_server():
        return VAR / name
    return VAR / f"{name}_{blake2b(url_of(name).encode(), digest_size=6).hexdigest()}"


def make_migrated() -> str:
    """The name of the migrated database. The first who asks makes it.

    It follows from the prepared one, in which all migrations of another day may have run: permissions are brought up
    to date, and no migration runs again. A prepared one follows from an earlier one whose migrations are all still
    there: only new ones run.
    """
    is_new = _make(os.environ[PREPARED], earlier_prepared(), MIGRATE, {})
    if not list_of(os.environ[PREPARED]).exists():
        list_of(os.environ[PREPARED]).write_text("\n".join(sorted(_migrations())))
    _make(os.environ[MIGRATED], os.environ[PREPARED], [] if is_new else MIGRATE, {})
    return os.environ[MIGRATED]


def list_of(name: str) -> Path:
    """The file that says which migrations have run in a prepared database."""
    return files_of(name).with_suffix(".txt")


def earlier_prepared() -> str:
    """The prepared database in which the most of today's migrations have run and no others, or an empty one."""
    today = _migrations()
    with server() as query:
        query.execute("SELECT datname FROM pg_database WHERE datistemplate AND datname ~ '^prepared_'")
        lists = {name: list_of(name) for (name,) in query.fetchall()}
    ran = {name: set(path.read_text().splitlines()) for name, path in lists.items() if path.exists()}
    fitting = [name for name, migrations in ran.items() if migrations <= today]
    return max(fitting, key=lambda name: len(ran[name]), default="template1")


def _migrations() -> set[str]:
    """The migrations of the project, each with a digest of its content."""
    return {f"{path.relative_to(ROOT)} {_digest([path])}" for path in _sources() if path.parent.name == "migrations"}


def make_loaded(commands: Sequence[str] = LOAD) -> tuple[str, Path]:
    """The same after commands that load what the project brings along, all unless some are named; and its files."""
    name = f"{os.environ[LOADED]}_{blake2b(' '.join(commands).encode(), digest_size=2).hexdigest()}"
    *before, last = commands
    template, earlier = make_loaded(before) if before else (make_migrated(), None)
    folder = files_of(name)
    variables = {"FILES_ROOT": f"{folder}/files", "VAULT_ROOT": f"{folder}/vault"}
    _make(name, template, [(last, "--verbosity=0")], variables, files=earlier)
    return name, folder


def _make(
    name: str,
    template: str,
    commands: Sequence[tuple[str, ...]],
    variables: Mapping[str, str],
    *,
    files: Path | None = None,
) -> bool:
    """Make a database, unless it is there; whether it was made. One process makes it, the others wait."""
    with server() as query:
        query.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])
        query.execute("SELECT 1 FROM pg_database WHERE datname = %s AND datistemplate", [name])
        if query.fetchone() is not None:
            return False
        query.execute(f"DROP DATABASE IF EXISTS {name}")  # somebody was ended while making it
        shutil.rmtree(files_of(name), ignore_errors=True)
        if files and files.exists():
            shutil.copytree(files, files_of(name))
        query.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        own = os.environ | {"DATABASE_URL": url_of(name)} | variables
        for command in commands:
            subprocess.run(
                [sys.executable, "manage.py", *command], cwd=ROOT, env=own, check=True, stdout=subprocess.DEVNULL
            )
        query.execute(f"ALTER DATABASE {name} WITH IS_TEMPLATE true ALLOW_CONNECTIONS false")
        drop_outdated(query)
    return True


def drop_outdated(query: cursor) -> None:
    """Drop those of other sources."""
    _drop(query, current={os.environ[PREPARED], os.environ[MIGRATED], os.environ[LOADED]})


def _drop(query: cursor, *, current: Iterable[str]) -> None:
    query.execute("SELECT datname FROM pg_database WHERE datistemplate AND datname ~ %s", [OURS])
    for (name,) in query.fetchall():
        if re.sub("_[0-9a-f]{4}$", "", name) not in current:
            query.execute(f"ALTER DATABASE {name} WITH IS_TEMPLATE false")
            query.execute(f"DROP DATABASE {name}")
            shutil.rmtree(files_of(name), ignore_errors=True)
            list_of(name).unlink(missing_ok=True)


def _sources() -> list[Path]:
    """The files that the databases are made of."""
    paths = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.*")]
    return [path for path in paths if path.is_file() and path.suffix not in {".pyc", ".mo", ".tmp"}]


def _digest(files: Iterable[Path]) -> str:
    digest = blake2b(digest_size=6)
    for path in sorted(files):
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def pytest_configure() -> None:
    """Name the databases by what they are made of. The workers of xdist inherit the names."""
    if PREPARED in os.environ:
        return
    sources = _sources()
    of_sources = _digest([*sources, ROOT / "requirements.txt"])
    os.environ[PREPARED] = f"prepared_{_digest(path for path in sources if path.parent.name == 'migrations')}"
    os.environ[MIGRATED], os.environ[LOADED] = f"migrated_{of_sources}", f"loaded_{of_sources}"


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Begin to make them while several workers still collect their tests."""
    if getattr(session.config.option, "numprocesses", None) and "PYTEST_XDIST_WORKER" not in os.environ:
        AHEAD.append(subprocess.Popen([sys.executable, "-m", "tests.plugins.migrated"], cwd=ROOT))


def pytest_sessionfinish() -> None:
    """Leave nothing behind on a server that is not the tests' own."""
    for process in AHEAD:
        process.wait()
    if "PYTEST_XDIST_WORKER" not in os.environ and not is_own_server():
        with server() as query:
            _drop(query, current=[])


if __name__ == "__main__":
    make_loaded()
