"""`python -m victor.embedded run`: the whole portal as one foreground command; `… manage <command>`: beside it."""

from __future__ import annotations

import contextlib
import fcntl
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from victor.embedded import children
from victor.embedded.environment import ROOT, environment, port, var

LEFTOVERS = 15.0  # seconds that an earlier run gets to disappear
READY = 60.0


def run() -> int:
    """Prepare, start web, worker and beat, say where, and wait for the end."""
    with _only_run() as lock, environment(own_broker=True) as variables:
        _refuse_taken_port()
        subprocess.run([sys.executable, "-m", "victor.embedded.preparation"], cwd=ROOT, env=variables, check=True)
        started: dict[str, subprocess.Popen[bytes]] = {}
        try:
            for name, command in _commands().items():
                # The inherited lock tells the next start when the last of us is gone.
                started[name] = children.start(command, cwd=ROOT, env=variables, pass_fds=[lock.fileno()])
            _announce(started, variables)
            return _wait(started)
        finally:
            for child in started.values():
                child.terminate()
            for child in started.values():
                children.stop(child)


def manage(arguments: list[str]) -> int:
    """Run a command of Django's with the same servers and secrets."""
    with environment(own_broker=False) as variables:
        return subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=ROOT, env=variables, check=False
        ).returncode


def _commands() -> dict[str, list[str]]:
    python = [sys.executable, "-m"]
    celery = [*python, "celery", "-A", "victor"]
    granian = [*python, "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port())]
    return {
        "web": [
            *granian,
            "--workers",
            "1",
            "--blocking-threads",
            "4",
            "--log-level",
            "warning",
            "victor.wsgi:application",
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
        "beat": [*celery, "beat", "--loglevel", "warning", "--schedule", str(var() / "beat"), "--pidfile="],
    }


@contextlib.contextmanager
def _only_run() -> Iterator[IO[str]]:
    """One run a checkout; what an earlier one left behind gets a moment to end."""
    var().mkdir(parents=True, exist_ok=True)
    with (var() / "running.lock").open("w") as lock:
        limit = time.monotonic() + LEFTOVERS
        while not _locked(lock):
            if time.monotonic() > limit:
                raise SystemExit("VICTOR already runs from this folder. Stop it there, or set VICTOR_VAR and PORT.")
            if limit - time.monotonic() > LEFTOVERS - 0.5:
                print("Waiting for an earlier run to end …", flush=True)
            time.sleep(0.5)
        yield lock


def _locked(lock: IO[str]) -> bool:
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


def _announce(started: dict[str, subprocess.Popen[bytes]], variables: dict[str, str]) -> None:
    limit = time.monotonic() + READY
    while not _ready():
        if time.monotonic() > limit or any(child.poll() is not None for child in started.values()):
            return
        time.sleep(0.1)
    print(f"\n  VICTOR is open: {variables['SITE_URL']}/\n", flush=True)
    subprocess.run([sys.executable, "manage.py", "demo_accounts"], cwd=ROOT, env=variables, check=False)
    print("\n  Mails of the demo are files in", Path(var(), "mail"), "· Ctrl-C stops everything.\n", flush=True)


def _ready() -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port()}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _wait(started: dict[str, subprocess.Popen[bytes]]) -> int:
    while True:
        for name, child in started.items():
            if child.poll() is not None:
                print(f"{name} ended with {child.returncode}; stopping the others.", file=sys.stderr)
                return 1
        time.sleep(0.2)


def _end(number: int, frame: Any) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise SystemExit(128 + number)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, _end)
    signal.signal(signal.SIGTERM, _end)
    match sys.argv[1:]:
        case ["run"]:
            sys.exit(run())
        case ["manage", *arguments]:
            sys.exit(manage(arguments))
        case _:
            sys.exit("python -m victor.embedded run | manage <command>")
