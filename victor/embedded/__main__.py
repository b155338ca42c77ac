"""`python -m victor.embedded run` runs the whole site in the foreground, `… manage <command>` a command beside it."""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import socket
import sys
import time
import urllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from victor.embedded.children import ProcessGroup
from victor.embedded.environment import environment, for_processes, port, var
from victor.embedded.postgres import PROCESSES
from victor.embedded.sharing import ROOT

LEFTOVER_SECONDS = 15.0  # that an earlier run has to end
READY_SECONDS = 60.0
END_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run() -> int:
    """Prepare the site, start web, worker and beat, print the address, and wait for the end."""
    with _only_run() as lock:
        _refuse_taken_port()
        with environment() as variables:
            # All of them inherit the lock, so the next start knows when the last one has ended.
            with ProcessGroup(cwd=ROOT, env=variables, pass_fds=[lock.fileno()]) as owner:
                _prepare(owner, "structure")
                _separate_roles(owner)
            return _serve(lock, for_processes(variables))


def _serve(lock: IO[str], variables: dict[str, str]) -> int:
    """Start web, worker and beat with a role of the database that owns nothing, and wait for the end."""
    with ProcessGroup(cwd=ROOT, env=variables, pass_fds=[lock.fileno()]) as group:
        web, *others = _commands().items()
        group.start(*web)
        _prepare(group, "contents")
        _await_web(group)
        for name, command in others:
            group.start(name, command)
        _announce(group, variables["SITE_URL"])
        group.start_finite("stories", [sys.executable, "manage.py", "play_stories"])
        return _wait(group)


def _separate_roles(owner: ProcessGroup) -> None:
    """Make the role of the processes in the embedded database. Another database has its own roles."""
    if "DATABASE_URL" in os.environ:
        return
    if owner.run([sys.executable, "manage.py", "database_roles", "--processes", PROCESSES]):
        raise SystemExit("The roles of the database could not be made: the reason is above.")


def manage(arguments: list[str]) -> int:
    """Run a command of Django with the same servers and secrets."""
    with environment() as variables, ProcessGroup(cwd=ROOT, env=variables) as group:
        return group.run([sys.executable, "manage.py", *arguments])


def _prepare(group: ProcessGroup, what: str) -> None:
    if group.run([sys.executable, "-m", "victor.embedded.preparation", what]):
        raise SystemExit("The portal could not be prepared: the reason is above.")


def _commands() -> dict[str, list[str]]:
    python = [sys.executable, "-m"]
    celery = [*python, "celery", "-A", "victor"]
    granian = [*python, "granian", "--interface", "asginl", "--host", "127.0.0.1", "--port", str(port())]
    return {
        "web": [
            *granian,
            "--workers",
            "1",
            "--backlog",
            "4096",
            "--backpressure",
            "2048",
            "--log-level",
            "warning",
            "victor.asgi:application",
        ],
        "worker": [
            *celery,
            "worker",
            "--concurrency",
            "2",
            "--loglevel",
            "warning",
            "--without-mingle",
            "--without-gossip",
        ],
        "beat": [*celery, "beat", "--loglevel", "warning", "--pidfile="],
    }


@contextlib.contextmanager
def _only_run() -> Iterator[IO[str]]:
    """Allow one run for each checkout. Processes of an earlier one have a moment to end."""
    var().mkdir(parents=True, exist_ok=True)
    with (var() / "running.lock").open("w") as lock:
        limit = time.monotonic() + LEFTOVER_SECONDS
        while not _try_lock(lock):
            if time.monotonic() > limit:
                raise SystemExit("VICTOR already runs from this folder. Stop it there, or set VICTOR_VAR and PORT.")
            if limit - time.monotonic() > LEFTOVER_SECONDS - 0.5:
                print("Waiting for an earlier run to end …", flush=True)
            time.sleep(0.5)
        yield lock


def _try_lock(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _refuse_taken_port() -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port()))
        except OSError:
            raise SystemExit(f"Port {port()} is taken. Choose another: make run PORT=8001") from None


def _await_web(group: ProcessGroup) -> None:
    limit = time.monotonic() + READY_SECONDS
    while not (_is_ready() or group.ended() or time.monotonic() > limit):
        time.sleep(0.1)


def _announce(group: ProcessGroup, address: str) -> None:
    if group.ended():
        return
    print(f"\n  VICTOR is open: {address}/\n", flush=True)
    group.run([sys.executable, "manage.py", "demo_accounts"])
    print(f"\n  To try a desk: report at {address}/el/report/gr/ and answer as worker, opening the vault.")
    print("  Its agreement and its test report are invented. The other desks are closed, as without a demo.")
    print("  Everything in the demo is invented. It is still being filled: the workspace says how far.")
    print("  Five minutes for each role: docs/demo.md")
    print("\n  Mails of the demo are files in", Path(var(), "mail"), "· Ctrl-C stops everything.\n", flush=True)


def _is_ready() -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port()}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _wait(group: ProcessGroup) -> int:
    while not (ended := group.ended()):
        time.sleep(0.2)
    print(f"{ended}; stopping the others.", file=sys.stderr)
    return 1


def _end(number: int, frame: object) -> None:
    for end_signal in END_SIGNALS:
        signal.signal(end_signal, signal.SIG_IGN)
    raise SystemExit(128 + number)


if __name__ == "__main__":
    for end_signal in END_SIGNALS:
        signal.signal(end_signal, _end)
    match sys.argv[1:]:
        case ["run"]:
            sys.exit(run())
        case ["manage", *arguments]:
            sys.exit(manage(arguments))
        case _:
            sys.exit("python -m victor.embedded run | manage <command>")
