"""The one command: it serves, keeps its data, leaves nothing behind and recovers."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from tests.make_run import COMMAND, Run
from tests.plugins.portal import free_port
from tests.processes import ROOT
from tests.waiting import LIMIT, wait_until

pytestmark = pytest.mark.long


@pytest.fixture
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    yield from ended(Run(tmp_path_factory.mktemp("var")))


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the command has run once."""
    first = Run(tmp_path_factory.mktemp("used"))
    first.start()
    first.wait_until_announced()
    first.end(signal.SIGTERM)
    return first.var


@pytest.fixture
def again(used: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """The command with the data of an earlier run."""
    running = Run(tmp_path_factory.mktemp("var"))
    subprocess.run(["cp", "--archive", f"{used}/.", running.var], check=True)  # with the owner of the database's files
    yield from ended(running)


def ended(running: Run) -> Iterator[Run]:
    yield running
    if running.process and running.process.poll() is None:
        running.end(signal.SIGTERM)


def manage(run: Run, *arguments: str) -> str:
    command = [sys.executable, "-m", "victor.embedded", "manage", *arguments]
    return subprocess.run(command, cwd=ROOT, env=run.environment, capture_output=True, text=True, check=True).stdout


def test_run_serves_keeps_its_data_and_leaves_nothing(run, figure):
    figure("first start to first page", run.start(), "s")
    run.wait_until_announced()
    manage(
        run,
        "shell",
        "-c",
        "from partners.directory.models import Country; Country.objects.create(code='XK', name_en='X')",
    )
    assert run.end(signal.SIGINT) == 130
    assert run.left_over() == []
    figure("second start to first page", run.start(), "s")
    run.wait_until_announced()
    printed = manage(
        run, "shell", "-c", "from partners.directory.models import Country; print(Country.objects.count())"
    )
    assert printed.split()[-1] == "16"
    assert "supervisor@demo.victor.example" in manage(run, "demo_accounts")
    assert run.end(signal.SIGTERM) == 143
    assert run.left_over() == []


@pytest.mark.prove
def test_run_recovers_from_a_kill(again, figure):
    again.start()
    again.end(signal.SIGKILL)
    assert again.left_over() == []
    figure("start after SIGKILL to first page", again.start(), "s")
    assert again.end(signal.SIGHUP) == 129
    assert again.left_over() == []


def children(run: Run, argument: str) -> list[psutil.Process]:
    """The processes that the command has started with this argument, and that have not ended meanwhile."""
    with suppress(psutil.Error):
        return [child for child in psutil.Process(run.process.pid).children() if argument in child.cmdline()]
    return []


@pytest.mark.prove
def test_run_whose_worker_dies_says_so_and_stops(again):
    again.start()
    wait_until(lambda: children(again, "worker"))
    children(again, "worker")[0].kill()
    assert again.process.wait(LIMIT) == 1
    assert "worker ended with -9" in (again.var / "output").read_text()
    assert again.left_over() == []


@pytest.mark.prove
def test_run_killed_while_it_prepares_leaves_nothing(run):
    end_when(run, signal.SIGKILL, lambda: (run.var / "running.lock").exists())
    end_when(run, signal.SIGTERM, lambda: children(run, "structure"))
    end_when(run, signal.SIGTERM, lambda: children(run, "contents"))
    run.start()


def end_when(run: Run, how: signal.Signals, reached: Callable[[], object]) -> None:
    """Start the command, and end it as soon as it has reached a stage."""
    run.launch()
    wait_until(reached)
    run.end(how)
    assert run.left_over() == []


@pytest.mark.prove
def test_run_beside_another_of_the_same_folder_is_refused(again):
    again.start()
    done = refused(again.environment | {"PORT": str(free_port())})
    assert "VICTOR already runs from this folder" in done
    assert again.page_answers()


def test_run_beside_a_taken_port_says_so(run):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", run.port))
        taken.listen()
        assert f"Port {run.port} is taken" in refused(run.environment)


def refused(environment: dict[str, str]) -> str:
    done = subprocess.run(COMMAND, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    return done.stderr
