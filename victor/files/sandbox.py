"""Runs what reads hostile files in a process of its own, with bounds on its time, memory and output.

The process is started for one file and ends with it. It has none of our keys: its environment is empty, it opens no
file and no connection once it has begun to read (`sandbox_process.py`), and what it reads and writes stays in memory.
Whatever becomes of it, a crash, a kill or an end of its time, is one refusal: `SandboxFailed`.

Never call this in a transaction or while anything is locked.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, NamedTuple

import structlog

from victor.server.turns import TURNS

if TYPE_CHECKING:
    from collections.abc import Iterator

MEGABYTE = 1024 * 1024
ENTRY = Path(__file__).with_name("sandbox_process.py")
CPU_SECONDS, WALL_SECONDS = 20, 25.0
LONG_CPU_SECONDS, LOOK_SECONDS = 2.0, 0.5  # most files take less; how often that is looked at
MEMORY_BYTES = 1024 * MEGABYTE  # of addresses, libraries included
OUTPUT_BYTES = 64 * MEGABYTE
AT_ONCE = 2  # processes that one process of ours has at a time, of its four threads
WAITING = 1  # threads that wait for one of them to end; whoever comes after that is refused at once
WAIT_SECONDS = 2.0
MADE, REFUSED = 0, 3  # exit codes of the process
HEAD_BYTES = 64 * 1024  # the longest first line of an answer

_slots, _entered = BoundedSemaphore(AT_ONCE), BoundedSemaphore(AT_ONCE + WAITING)
log = structlog.get_logger(__name__)


class SandboxFailed(Exception):
    """The file was refused, or the process did not end well, in time and within its bounds."""


class Answer(NamedTuple):
    """What the process says of a file, and the content that it made."""

    about: dict[str, object]
    content: bytes


def run_in_sandbox(task: str, content: bytes, *, seconds: float = WALL_SECONDS, **options: object) -> Answer:
    """Do a task of `sandbox_process.TASKS` with a file.

    Raises:
        SandboxFailed: it could not be done, or too many others are being done.
    """
    with ExitStack() as stack:
        stack.enter_context(TURNS.given_away())
        until = time.monotonic() + min(seconds, WALL_SECONDS)
        stack.enter_context(_slot(until))
        source, output = (_open_memory(stack) for _ in range(2))
        _write_all(source, content)
        _run(task, options, source, output, until)
        return _read_answer(output)


@contextmanager
def _slot(until: float) -> Iterator[None]:
    """One of the processes that may run at once. At most `WAITING` threads wait for one."""
    if not _entered.acquire(blocking=False):
        raise SandboxFailed("too many at once")
    try:
        if not _slots.acquire(timeout=max(0.0, min(WAIT_SECONDS, until - time.monotonic()))):
            raise SandboxFailed("too many at once")
        try:
            yield
        finally:
            _slots.release()
    finally:
        _entered.release()


def _open_memory(stack: ExitStack) -> int:
    """A file that is nowhere but in memory."""
    descriptor = os.memfd_create("file", os.MFD_CLOEXEC)
    stack.callback(os.close, descriptor)
    return descriptor


def _write_all(descriptor: int, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[os.write(descriptor, view) :]
    os.lseek(descriptor, 0, os.SEEK_SET)


def _run(task: str, options: dict[str, object], source: int, output: int, until: float) -> None:
    bounds = {"cpu": CPU_SECONDS, "memory": MEMORY_BYTES, "output": OUTPUT_BYTES, "wall": int(WALL_SECONDS) + 1}
    command = [sys.executable, "-I", str(ENTRY), task, json.dumps(options), json.dumps(bounds)]
    # The interpreter and the script are our own; the file comes in by its standard input only.
    process = subprocess.Popen(  # noqa: S603
        command, stdin=source, stdout=output, stderr=subprocess.DEVNULL, env={}, cwd="/", start_new_session=True
    )
    try:
        _wait(process, until)
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
    if process.returncode != MADE:
        if process.returncode != REFUSED:
            log.warning("reader of a file did not end well", task=task, code=process.returncode)
        raise SandboxFailed(f"{task} ended with {process.returncode}")


def _wait(process: subprocess.Popen[bytes], until: float) -> None:
    """Wait until the process has ended, or its time is over. One that takes long gives way to everything else."""
    watched = os.pidfd_open(process.pid)
    try:
        poll = select.poll()
        poll.register(watched, select.POLLIN)
        while (seconds := until - time.monotonic()) > 0 and not poll.poll(min(seconds, LOOK_SECONDS) * 1000):
            if _processor_seconds(process.pid) > LONG_CPU_SECONDS:
                with suppress(OSError):
                    os.sched_setscheduler(process.pid, os.SCHED_IDLE, os.sched_param(0))
    finally:
        os.close(watched)


def _processor_seconds(pid: int) -> float:
    """How long a process has used a processor."""
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


def _read_answer(output: int) -> Answer:
    """The first line says what was made; the rest is the file."""
    size = os.lseek(output, 0, os.SEEK_END)
    os.lseek(output, 0, os.SEEK_SET)
    with os.fdopen(os.dup(output), "rb") as file:
        head = file.readline(HEAD_BYTES)
        content = file.read(min(size, OUTPUT_BYTES))
    try:
        about = json.loads(head)
    except ValueError as damage:
        raise SandboxFailed("no answer") from damage
    if not isinstance(about, dict):
        raise SandboxFailed("no answer")
    return Answer(about, content)
