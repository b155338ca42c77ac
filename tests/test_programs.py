"""The programs that a host starts: where they listen, and what they read (findings 13 and 25)."""

from __future__ import annotations

import os
import shelve
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from celery.beat import PersistentScheduler, Service
from django.conf import settings

from victor.celery import GuardedScheduler, app

PROCFILE = (settings.BASE_DIR / "Procfile").read_text()


@pytest.fixture
def schedule(tmp_path) -> Path:
    """The clock's schedule in a state folder of this test."""
    return tmp_path / "state" / "beat"


def open_clock(schedule: Path) -> PersistentScheduler:
    """The clock as `celery beat` makes it: the schedule is opened at once."""
    clock = Service(app, scheduler_cls=app.conf.beat_scheduler, schedule_filename=str(schedule)).get_scheduler()
    assert isinstance(clock, GuardedScheduler)
    return clock


class Trap:
    """What runs when it is unpickled."""

    def __reduce__(self) -> tuple[Callable[..., object], tuple[str]]:
        return os.mkdir, (f"{os.environ['TRAP']}",)


def test_web_server_listens_on_this_machine_only():
    """Finding 25: whoever reaches the port past the proxy could choose the address that is counted."""
    assert "--host 127.0.0.1 " in PROCFILE
    assert PROCFILE.count("--host") == 1


def test_clock_keeps_its_schedule_in_the_state_folder():
    """Finding 13: that file is a pickle; in `/tmp` another user of the machine could write it first."""
    assert "--schedule" not in PROCFILE
    assert app.conf.beat_schedule_filename == str(settings.STATE_ROOT / "beat")


def test_clock_makes_the_state_folder_for_the_portal_alone(schedule):
    """Finding 13."""
    open_clock(schedule).close()
    assert schedule.parent.stat().st_mode & 0o777 == 0o700


def test_clock_refuses_a_folder_to_which_others_may_write(schedule):
    """Finding 13."""
    schedule.parent.mkdir()
    schedule.parent.chmod(0o777)
    with pytest.raises(SystemExit):
        open_clock(schedule).close()


def test_clock_refuses_a_schedule_that_is_a_link(schedule, tmp_path):
    """Finding 13."""
    schedule.parent.mkdir(mode=0o700)
    (tmp_path / "foreign").touch()
    schedule.symlink_to(tmp_path / "foreign")
    with pytest.raises(SystemExit):
        open_clock(schedule).close()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_clock_refuses_a_schedule_of_another_user(schedule):
    """Finding 13."""
    schedule.parent.mkdir(mode=0o700)
    schedule.touch(0o600)
    os.chown(schedule, 65534, 65534)
    with pytest.raises(SystemExit):
        open_clock(schedule).close()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_clock_runs_nothing_of_a_schedule_of_another_user(schedule, tmp_path, monkeypatch):
    """Finding 13: that file is a pickle."""
    monkeypatch.setenv("TRAP", str(tmp_path / "sprung"))
    schedule.parent.mkdir(mode=0o700)
    with shelve.open(str(schedule)) as entries:  # noqa: S301 - it is a trap of ours
        entries["entries"] = Trap()
    for path in schedule.parent.iterdir():
        os.chown(path, 65534, 65534)
    with pytest.raises(SystemExit):
        open_clock(schedule)
    assert not (tmp_path / "sprung").exists()


def test_clock_goes_on_with_a_schedule_of_its_own(schedule):
    open_clock(schedule).close()
    clock = open_clock(schedule)
    assert "audit.anchor" in clock.schedule
    clock.close()


@pytest.mark.parametrize("program", ["tests.bench.__main__", "tests.prove", "tests.make_run"])
def test_programs_that_make_their_own_settings_are_imported_without_any(program):
    bare = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME"}}
    command = [sys.executable, "-c", f"import {program}"]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=bare, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
