"""The worker is killed twice while it seals records anew: once it goes on by itself, once a member lets it go on."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import psutil
import pytest
from django.utils import timezone

from tests import processes
from tests.mail.broker import Broker
from tests.vault.people import make_group, open_vault, reads, write_records
from tests.waiting import wait_until
from victor.vault.groups import actions as groups_actions
from victor.vault.groups import rotation
from victor.vault.groups.models import KeyRotation
from victor.vault.groups.states import RotationState
from victor.vault.keys.models import Grant

RECORDS = 1000
WORKER = ["-m", "celery", "-A", "victor", "worker", "--concurrency", "1", "--without-mingle", "--without-gossip"]


@pytest.fixture
def start(broker: Broker, tmp_path: Path) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Start a worker; what is still running in the end is ended."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        with (tmp_path / "log").open("ab") as log:
            variables = processes.environment(BROKER_URL=broker.url)
            started.append(processes.start(*WORKER, variables=variables, stdout=log, stderr=log))
        return started[-1]

    yield start
    for worker in started:
        if worker.poll() is None:
            processes.kill(worker)


def moved_past(count: int) -> int:
    """How many records are sealed anew, once more than so many are."""

    def moved() -> bool:
        rotation = KeyRotation.objects.get()
        return rotation.moved_count > count or rotation.state == RotationState.DONE

    wait_until(moved, pause=0.01)
    return KeyRotation.objects.get().moved_count


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_every_record_opens_by_the_new_key_only_when_the_worker_is_killed_twice(start, at, figure):
    anna, ben = open_vault(), open_vault()
    group = make_group(anna, ben)
    envelopes, worker = write_records(group, RECORDS), start()
    groups_actions.dismiss_member(group, ben.person, by=anna)
    moved_past(0)
    [child] = psutil.Process(worker.pid).children()
    os.kill(child.pid, signal.SIGKILL)
    first = moved_past(KeyRotation.objects.get().moved_count + 100)
    processes.kill(worker)
    assert first < RECORDS
    assert all(reads(each, anna) for each in envelopes[::100])
    start()
    at(timezone.now() + timedelta(minutes=2))
    assert rotation.resume_rotations(by=anna) == 1
    moved_past(RECORDS)
    group.refresh_from_db()
    assert Grant.objects.filter(holder=group.key).count() == RECORDS
    assert KeyRotation.objects.get().moved_count == RECORDS
    assert Grant.objects.exclude(holder=group.key).values_list("holder", flat=True).get() == anna.key_id
    assert [sum(reads(each, who) for each in envelopes) for who in (anna, ben)] == [RECORDS, 0]
    figure("vault: records that open by the new key after 2 kills", f"{RECORDS} of {RECORDS}")
