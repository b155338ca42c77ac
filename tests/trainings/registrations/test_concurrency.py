"""Real processes at one seminar: no seat twice, nobody passed over, no offer lost with the process that made it."""

from __future__ import annotations

import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from tests import processes
from tests.connections import another_connection
from tests.mail.sink import Sink
from tests.trainings.sample_seminars import applicant, make_seminar
from tests.waiting import wait_until
from trainings.registrations.actions import register
from trainings.registrations.models import Registration
from trainings.registrations.periodic import fill_seats
from trainings.registrations.states import RegistrationState
from trainings.seminars.models import Quota
from victor.access import System
from victor.celery import app
from victor.mail.periodic import sweep

pytestmark = pytest.mark.django_db(transaction=True)
PROCESSES, EACH = 4, 50
GATE = 7  # of the lock that lets all processes begin at the same time
US = System("test")
COMING = """
from concurrent.futures import ThreadPoolExecutor
from os import getpid
from django.db import connection
from trainings.registrations.public_registration import sign_up
from trainings.registrations.models import Registration
from trainings.seminars.models import Seminar
from victor.access import Visitor
seminar = Seminar.objects.get()
connection.close()
def come(number):
    given = dict(organisation="Police", organisation_type="law_enforcement", country=seminar.country, language="en")
    given["profession"] = ["police", "teacher"][number % 2]
    given |= dict(name="Person", email=f"p{getpid()}.{number}@example.org")
    try:
        sign_up(Registration(seminar=seminar, **given), by=Visitor())
    finally:
        connection.close()
with connection.cursor() as cursor:
    cursor.execute("SELECT pg_advisory_lock_shared(GATE)")
connection.close()
with ThreadPoolExecutor(10) as pool:
    print(len(list(pool.map(come, range(50)))))
"""
LEAVING = """
import os, signal
from django.db import transaction
from trainings.registrations.actions import give_up_registration
from trainings.registrations.models import Registration
from victor.access import Participant
first = Registration.objects.order_by("pk").first()
with transaction.atomic():
    {early}
    give_up_registration(first, by=Participant(first))
    {late}
"""
KILL = "os.kill(os.getpid(), signal.SIGKILL)"
SWEEPING = """
from django.conf import settings
from victor.env import Environment
from victor.mail.periodic import sweep
settings.DELIVERY = Environment({"EMAIL_URL": "%s"}).mail("EMAIL_URL")
print(sweep())
"""
BETWEEN_SWEEPS = 15  # seconds, as victor.celery has it


def come() -> float:
    """Two hundred people at once, once all processes have started; how many seconds it took them."""
    code = COMING.replace("GATE", str(GATE))
    with another_connection() as submit:
        with closed_gate():
            printed = submit(processes.run_at_once, code, times=PROCESSES, seconds=300)
            wait_until(lambda: waiting_at_gate() == PROCESSES)
        begin = time.monotonic()
        assert list(map(int, printed.result())) == [EACH] * PROCESSES
        return time.monotonic() - begin


@contextmanager
def closed_gate() -> Iterator[None]:
    """A lock at which the processes wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [GATE])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [GATE])


def waiting_at_gate() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        return cursor.fetchone()[0]


def leave_and_be_killed(*, early: str, late: str) -> None:
    """The first of all gives the place up in a process that ends as if the power had gone."""
    code = f"import django; django.setup()\n{LEAVING.format(early=early, late=late)}"
    assert processes.start("-c", code, variables=processes.environment()).wait(60) == -signal.SIGKILL


@pytest.mark.prove
@pytest.mark.long
@pytest.mark.parametrize("time_", ["first", "second"])
def test_two_hundred_at_once_get_twenty_seats_in_the_order_of_arrival(time_, figure):
    make_seminar(seats=20)
    took = come()
    states = list(Registration.objects.order_by("pk").values_list("state", flat=True))
    assert states == [RegistrationState.CONFIRMED] * 20 + [RegistrationState.WAITING] * 180
    figure(f"200 registrations at once on 20 seats, {time_} time", took, "s")


@pytest.mark.long
def test_two_hundred_at_once_keep_to_the_quotas_and_pass_nobody_over():
    seminar = make_seminar(seats=20)
    Quota.objects.create(seminar=seminar, profession="police", seats=5)
    Quota.objects.create(seminar=seminar, profession="teacher", seats=12)
    come()
    came = list(Registration.objects.order_by("pk").values_list("profession", "state"))
    left = Counter(police=5, teacher=12)
    for profession, state in came:
        assert state == (RegistrationState.CONFIRMED if left[profession] > 0 else RegistrationState.WAITING)
        left[profession] -= 1


@pytest.mark.long
def test_sweep_sends_an_offer_whose_process_was_killed(figure):
    seminar = make_seminar(seats=1)
    for _ in range(2):
        register(applicant(seminar), by=US)
    leave_and_be_killed(early=f"transaction.on_commit(lambda: {KILL})", late="")
    assert [each.state for each in Registration.objects.order_by("pk")] == [
        RegistrationState.LEFT,
        RegistrationState.OFFERED,
    ]
    started = time.monotonic()
    with Sink() as sink:
        processes.run_at_once(SWEEPING % sink.url, times=1)
    took = time.monotonic() - started
    assert len(sink.message_ids) == 4
    figure("an offer whose process was killed: sent by the next sweep at the latest after", took + BETWEEN_SWEEPS, "s")
    assert fill_seats() == 0


def test_sweep_of_the_outbox_runs_often_enough_for_a_minute():
    intervals = [entry["schedule"] for entry in app.conf.beat_schedule.values() if entry["task"] == sweep.name]
    assert intervals == [BETWEEN_SWEEPS]


def test_process_killed_before_the_end_changes_nothing_and_blocks_nobody():
    seminar = make_seminar(seats=1)
    for _ in range(2):
        register(applicant(seminar), by=US)
    leave_and_be_killed(early="", late=KILL)
    assert [each.state for each in Registration.objects.order_by("pk")] == [
        RegistrationState.CONFIRMED,
        RegistrationState.WAITING,
    ]
