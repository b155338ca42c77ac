"""The whole way of danger at night, with a worker and a clock of their own: within two minutes somebody is called."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from desks.duty.models import DutyCall
from desks.intake.actions import receive_report
from tests import processes
from tests.desks.duty.duty_gateway import NUMBER, TOKEN, DutyDesk
from tests.desks.staffed_desks import copy_of_receipt_keys
from tests.mail.broker import Broker
from tests.mail.office import CELERY, WORKER
from tests.waiting import wait_until
from victor.access import Reporter

MOST_SECONDS = 120


def receive(duty: DutyDesk, number: int) -> None:
    given = {"country": duty.desk.country, "language": "el", "danger": True, "by": Reporter()}
    receive_report(duty.desk, {"story": "Now", "danger": True}, receipt=copy_of_receipt_keys(number), **given)


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_call_reaches_the_gateway_within_two_minutes_of_the_report(gateway, tmp_path: Path, figure):
    duty = DutyDesk()
    with Broker(tmp_path) as broker, (tmp_path / "log").open("ab") as log:
        given = {"BROKER_URL": broker.url, "DUTY_GATEWAY_URL": gateway.url, "DUTY_GATEWAY_TOKEN": TOKEN}
        variables = processes.environment(**given, LOG_LEVEL="info")
        beat = [*CELERY, "beat", "--schedule", str(tmp_path / "beat"), "--pidfile="]
        running = [processes.start(*command, variables=variables, stdout=log, stderr=log) for command in (beat, WORKER)]
        started = time.monotonic()
        receive(duty, 7)  # this process asks a broker of its own, so that only the clock can find it
        wait_until(lambda: gateway.taken, seconds=MOST_SECONDS)
        figure("danger at night: seconds until the gateway has it", time.monotonic() - started, "s")
        for process in running:
            processes.kill(process)
    assert gateway.numbers[0] == f"{NUMBER}0"
    assert DutyCall.objects.get().attempts == 1
