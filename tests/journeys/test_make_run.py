"""The one command: it serves, keeps its data, leaves nothing behind and recovers."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.make_run import COMMAND, Run
from tests.plugins.portal import free_port
from tests.processes import ROOT

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
    kept = manage(run, "shell", "-c", "from partners.directory.models import Country; print(Country.objects.count())")
    assert kept.split()[-1] == "16"
    assert "supervisor@demo.victor.example" in manage(run, "demo_accounts")
    assert run.end(signal.SIGTERM) == 143
    assert run.left_over() == []


def test_run_recovers_from_a_kill(again, figure):
    again.start()
    again.end(signal.SIGKILL)
    assert again.left_over() == []
    figure("start after SIGKILL to first page", again.start(), "s")
    assert again.end(signal.SIGHUP) == 129
    assert again.left_over() == []


def is_worker(process: psutil.Process) -> bool:
    try:
        return "worker" in process.cmdline()
    except psutil.Error:  # it has ended meanwhile
        return False


def test_run_whose_worker_dies_says_so_and_stops(again):
    again.start()
    while not (workers := [each for each in psutil.Process(again.process.pid).children() if is_worker(each)]):
        assert again.process.poll() is None
        time.sleep(0.1)
    workers[0].kill()
    assert again.process.wait(60) == 1
    assert "worker ended with -9" in (again.var / "output").read_text()
    assert again.left_over() == []


def test_run_killed_while_it_prepares_leaves_nothing(run):
    for moment in (0.5, 1.5, 3.0):
        with (run.var / "output").open("a") as output:
            run.process = subprocess.Popen(
                COMMAND, cwd=ROOT, env=run.environment, stdout=output, stderr=output, text=True
            )
        time.sleep(moment)
        run.end(signal.SIGTERM if moment > 1 else signal.SIGKILL)
        assert run.left_over() == []
    run.start()


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
