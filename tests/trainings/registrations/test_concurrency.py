"""Real processes at one seminar: no seat twice, nobody passed over, no offer lost with the process that made it."""

from __future__ import annotations

import signal
import time
from collections import Counter

import pytest

from tests import processes
from tests.mail.sink import Sink
from tests.trainings.sample_seminars import held, somebody
from trainings.registrations.actions import register
from trainings.registrations.models import Registration
from trainings.registrations.periodic import fill_seats
from trainings.registrations.states import RegistrationState
from trainings.seminars.models import Quota
from victor.access import System

pytestmark = pytest.mark.django_db(transaction=True)
PROCESSES, EACH = 4, 50
US = System("test")
COMING = """
import time
from concurrent.futures import ThreadPoolExecutor
from os import getpid
from django.db import connection
from trainings.registrations.actions import sign_up
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
time.sleep(max(BEGIN - time.time(), 0))
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
    """Two hundred people at once; how long it took from the first press."""
    begin = time.time() + 15
    printed = processes.run_at_once(COMING.replace("BEGIN", str(begin)), times=PROCESSES, seconds=300)
    assert list(map(int, printed)) == [EACH] * PROCESSES
    return time.time() - begin


def leave_and_be_killed(*, early: str, late: str) -> None:
    """The first of all gives the place up in a process that ends as if the power had gone."""
    code = f"import django; django.setup()\n{LEAVING.format(early=early, late=late)}"
    assert processes.start("-c", code, variables=processes.environment()).wait(60) == -signal.SIGKILL


@pytest.mark.long
@pytest.mark.parametrize("time_", ["first", "second"])
def test_two_hundred_at_once_get_twenty_seats_in_the_order_of_arrival(time_, figure):
    held(seats=20)
    took = come()
    states = list(Registration.objects.order_by("pk").values_list("state", flat=True))
    assert states == [RegistrationState.CONFIRMED] * 20 + [RegistrationState.WAITING] * 180
    figure(f"200 registrations at once on 20 seats, {time_} time", took, "s")


@pytest.mark.long
def test_two_hundred_at_once_keep_to_the_quotas_and_pass_nobody_over():
    seminar = held(seats=20)
    Quota.objects.create(seminar=seminar, profession="police", seats=5)
    Quota.objects.create(seminar=seminar, profession="teacher", seats=12)
    come()
    came = list(Registration.objects.order_by("pk").values_list("profession", "state"))
    left = Counter(police=5, teacher=12)
    for profession, state in came:
        assert state == (RegistrationState.CONFIRMED if left[profession] > 0 else RegistrationState.WAITING)
        left[profession] -= 1


def test_offer_is_sent_within_a_minute_though_its_process_was_killed(figure):
    seminar = held(seats=1)
    for _ in range(2):
        register(somebody(seminar), by=US)
    began = time.monotonic()
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
    assert (time.monotonic() - began + BETWEEN_SWEEPS < 60, fill_seats()) == (True, 0)


def test_process_killed_before_the_end_changes_nothing_and_blocks_nobody():
    seminar = held(seats=1)
    for _ in range(2):
        register(somebody(seminar), by=US)
    leave_and_be_killed(early="", late=KILL)
    assert [each.state for each in Registration.objects.order_by("pk")] == [
        RegistrationState.CONFIRMED,
        RegistrationState.WAITING,
    ]
