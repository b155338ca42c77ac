"""Processes beside the test: they see what the test has committed, and are gone when it is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.db import connection

from tests.plugins.migrated import url_of
from tests.waiting import LIMIT
from victor.embedded import children

ROOT = Path(__file__).resolve().parents[1]


def environment(**changes: str) -> dict[str, str]:
    """Ours, with the database of this test."""
    return dict(os.environ) | {"DATABASE_URL": url_of(connection.settings_dict["NAME"])} | changes


def start(*command: str, variables: dict[str, str], **given: Any) -> subprocess.Popen[bytes]:
    """Start a Python program (`-m celery …`) in a process group of its own."""
    return children.start([sys.executable, *command], cwd=ROOT, env=variables, **given)


def kill(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL to the process and to all that it has started."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def run_at_once(code: str, *, times: int, seconds: float = LIMIT) -> list[str]:
    """Run the same lines in so many processes at the same time, inside Django; return what each printed."""
    return run_all_at_once([code] * times, seconds=seconds)


def run_all_at_once(codes: Sequence[str], *, seconds: float = LIMIT, **changes: str) -> list[str]:
    """Run each of the codes in a process of its own, all at the same time; return what each printed."""
    variables = environment(**changes)
    processes = [
        start("-c", f"import django; django.setup()\n{code}", variables=variables, stdout=subprocess.PIPE)
        for code in codes
    ]
    try:
        printed = [process.communicate(timeout=seconds)[0].decode().strip() for process in processes]
    finally:  # one that goes on would go on asking the database
        for process in processes:
            if process.poll() is None:
                kill(process)
    assert [process.returncode for process in processes] == [0] * len(codes)
    return printed
