"""Child processes that end with this one, however it ends."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, TypedDict, Unpack

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
STOP_SECONDS = 10.0  # between the first signal and SIGKILL


class ProcessUser(TypedDict, total=False):
    """Options of `subprocess.Popen` that say as whom a program runs."""

    user: int
    group: int
    extra_groups: Sequence[int]


class ProcessOptions(ProcessUser, total=False):
    """Options of `subprocess.Popen` that pass through here."""

    cwd: str | Path
    env: Mapping[str, str]
    stdin: int
    stdout: int | IO[bytes]
    stderr: int | IO[bytes]
    pass_fds: Sequence[int]


def start(
    command: Sequence[str | Path],
    *,
    end_with_us: signal.Signals | None = signal.SIGTERM,
    **options: Unpack[ProcessOptions],
) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own, so that Ctrl-C reaches this process first.

    `end_with_us`: the signal that Linux sends it when this process is gone, even by SIGKILL. Without it, it runs on.
    """
    return subprocess.Popen(
        [str(part) for part in command],
        start_new_session=True,
        preexec_fn=_end_with_parent(LIBC, os.getpid(), end_with_us) if LIBC and end_with_us else None,
        **options,
    )


def stop(child: subprocess.Popen[bytes], how: signal.Signals = signal.SIGTERM) -> None:
    """Ask a child to end. Kill it after ten seconds."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(child.pid, how)
    try:
        child.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


class ProcessGroup:
    """Programs that are started with the same options and ended together."""

    def __init__(self, **options: Unpack[ProcessOptions]) -> None:
        self.options = options
        self.members: dict[str, subprocess.Popen[bytes]] = {}
        self.finite: set[str] = set()  # the names of those that may end before the others

    def __enter__(self) -> ProcessGroup:
        return self

    def __exit__(self, *_exception: object) -> None:
        for member in self.members.values():
            member.terminate()
        for member in self.members.values():
            stop(member)

    def start(self, name: str, command: Sequence[str | Path]) -> subprocess.Popen[bytes]:
        """Start a program that runs until the end."""
        self.members[name] = start(command, **self.options)
        return self.members[name]

    def start_finite(self, name: str, command: Sequence[str | Path]) -> subprocess.Popen[bytes]:
        """Start a program that may end before the others, which run on."""
        self.finite.add(name)
        return self.start(name, command)

    def run(self, command: Sequence[str | Path]) -> int:
        """Run a program to its end. Returns its exit code."""
        code = self.start("", command).wait()
        del self.members[""]
        return code

    def ended(self) -> str:
        """Which program has ended, and with which code. Empty while all are running."""
        descriptions = (
            f"{name} ended with {member.poll()}"
            for name, member in self.members.items()
            if member.poll() is not None and name not in self.finite
        )
        return next(descriptions, "")


def _end_with_parent(libc: ctypes.CDLL, parent: int, how: signal.Signals) -> Callable[[], None]:
    def ask() -> None:
        libc.prctl(PR_SET_PDEATHSIG, how)
        if os.getppid() != parent:  # the parent ended before
            os._exit(1)

    return ask
