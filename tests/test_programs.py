"""The programs that a host starts: where they listen, and what they read (findings 13 and 25)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.conf import settings

from victor.celery import app, refuse_foreign_schedule

PROCFILE = (settings.BASE_DIR / "Procfile").read_text()


@pytest.fixture
def schedule(tmp_path, monkeypatch) -> Path:
    """The clock's schedule in a state folder of this test."""
    folder = tmp_path / "state"
    monkeypatch.setitem(app.conf, "beat_schedule_filename", str(folder / "beat"))
    return folder / "beat"


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
    refuse_foreign_schedule()
    assert schedule.parent.stat().st_mode & 0o777 == 0o700


def test_clock_refuses_a_folder_to_which_others_may_write(schedule):
    """Finding 13."""
    schedule.parent.mkdir()
    schedule.parent.chmod(0o777)
    with pytest.raises(SystemExit):
        refuse_foreign_schedule()


def test_clock_refuses_a_schedule_that_is_a_link(schedule, tmp_path):
    """Finding 13."""
    schedule.parent.mkdir(mode=0o700)
    (tmp_path / "foreign").touch()
    schedule.symlink_to(tmp_path / "foreign")
    with pytest.raises(SystemExit):
        refuse_foreign_schedule()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_clock_refuses_a_schedule_of_another_user(schedule):
    """Finding 13."""
    schedule.parent.mkdir(mode=0o700)
    schedule.touch(0o600)
    os.chown(schedule, 65534, 65534)
    with pytest.raises(SystemExit):
        refuse_foreign_schedule()


def test_clock_goes_on_with_a_schedule_of_its_own(schedule):
    refuse_foreign_schedule()
    schedule.touch(0o600)
    refuse_foreign_schedule()
