"""Child processes that end with us, however we end."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
PATIENCE = 10.0  # seconds between the polite signal and SIGKILL


def die_with_parent(how: signal.Signals) -> Callable[[], None] | None:
    """What a child runs before it becomes its program: Linux sends it `how` when we are gone, even by SIGKILL."""
    if LIBC is None:
        return None

    def ask() -> None:
        LIBC.prctl(PR_SET_PDEATHSIG, how)

    return ask


def start(command: Sequence[str | Path], *, outlives_us: bool = False, **given: Any) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own, so that Ctrl-C reaches it through us, in order.

    `outlives_us`: it is shared with others and stays when we are killed; the next who uses it will end it.
    """
    return subprocess.Popen(
        [str(part) for part in command],
        start_new_session=True,
        preexec_fn=None if outlives_us else die_with_parent(signal.SIGTERM),
        **given,
    )


def stop(child: subprocess.Popen[bytes], how: signal.Signals = signal.SIGTERM) -> None:
    """Ask a child to end; insist after ten seconds."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(child.pid, how)
    try:
        child.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
