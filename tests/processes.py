"""Processes beside the test: they see what the test has committed, and are gone when it is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.db import connection

from victor.embedded import children

ROOT = Path(__file__).resolve().parents[1]


def environment(**changes: str) -> dict[str, str]:
    """Ours, with the database of this test."""
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    return dict(os.environ) | {"DATABASE_URL": database.geturl()} | changes


def start(*command: str, variables: dict[str, str], **given: Any) -> subprocess.Popen[bytes]:
    """Start a Python program (`-m celery …`) in a process group of its own."""
    return children.start([sys.executable, *command], cwd=ROOT, env=variables, **given)


def kill(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL to the process and to all that it has started."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def run_at_once(code: str, *, times: int, seconds: float = 60) -> list[str]:
    """Run the same lines in so many processes at the same time, inside Django; return what each printed."""
    code = f"import django; django.setup()\n{code}"
    started = [start("-c", code, variables=environment(), stdout=subprocess.PIPE) for _ in range(times)]
    printed = [process.communicate(timeout=seconds)[0].decode().strip() for process in started]
    assert [process.returncode for process in started] == [0] * times
    return printed
