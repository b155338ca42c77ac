"""Answers of the gateway: what is forged, old or told twice changes nothing."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from desks.duty import actions
from desks.duty.gateway import sign
from desks.duty.models import DutyCall
from desks.duty.periodic import call_duty
from desks.duty.states import CallState
from desks.duty.tasks import send_calls
from tests.desks.duty.duty_gateway import NUMBER, DutyDesk, answer_of_gateway
from tests.desks.inbox.inbox_desks import PORTAL
from tests.people import visitor
from victor.audit.models import Entry
from victor.throttling import Throttle

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 3, 4, 0, 14, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def call(duty: DutyDesk, at) -> DutyCall:
    """A call that was sent at night."""
    at(NIGHT)
    actions.raise_alarm(duty.danger(), by=PORTAL)
    send_calls()
    return DutyCall.objects.get()


def heard(call: DutyCall) -> dict[str, str]:
    return {"id": str(call.pk), "event": "heard"}


def heard_at(call: DutyCall) -> datetime | None:
    call.refresh_from_db()
    return call.heard_at


def test_answer_that_is_signed_is_written_down(call):
    assert answer_of_gateway(heard(call)) == 204
    assert heard_at(call) == NIGHT
    assert call.delivered_at == NIGHT
    assert Entry.objects.get(action="duty.call_heard").actor == "system:duty_gateway"


def test_answer_of_delivery_is_written_down(call):
    assert answer_of_gateway({"id": str(call.pk), "event": "delivered"}) == 204
    assert heard_at(call) is None
    assert call.delivered_at == NIGHT


def test_answer_with_a_forged_signature_is_refused(call):
    assert answer_of_gateway(heard(call), signature="0" * 64) == 403
    assert heard_at(call) is None


def test_answer_with_the_signature_of_another_answer_is_refused(call):
    seconds = str(int(NIGHT.timestamp()))
    other = sign(json.dumps({"id": str(call.pk), "event": "delivered"}).encode(), seconds)
    assert answer_of_gateway(heard(call), signature=other) == 403
    assert heard_at(call) is None


@pytest.mark.parametrize("ago", [6 * MINUTE, -6 * MINUTE])
def test_answer_of_another_time_is_refused(call, ago):
    assert answer_of_gateway(heard(call), moment=(NIGHT - ago).timestamp()) == 403
    assert heard_at(call) is None


def test_answer_that_is_replayed_changes_nothing(call, at):
    assert answer_of_gateway(heard(call)) == 204
    at(NIGHT + 4 * MINUTE)
    assert answer_of_gateway(heard(call), moment=NIGHT.timestamp()) == 204
    assert heard_at(call) == NIGHT
    assert Entry.objects.filter(action="duty.call_heard").count() == 1


def test_answer_without_a_token_of_ours_is_refused(call, settings):
    settings.DUTY_GATEWAY_TOKEN = ""
    assert answer_of_gateway(heard(call)) == 403


@pytest.mark.parametrize("body", [{}, {"id": "x", "event": "heard"}, {"id": str(uuid4()), "event": "taken"}, ["heard"]])
def test_answer_that_cannot_be_read_is_refused(call, body):
    assert answer_of_gateway(body) == 403


def test_answer_that_is_too_long_is_refused(call):
    assert answer_of_gateway(heard(call) | {"more": "x" * 2000}) == 403


def test_answer_about_an_unknown_call_is_refused(call):
    assert answer_of_gateway({"id": str(uuid4()), "event": "heard"}) == 404


def test_answer_by_get_is_refused(call):
    assert visitor().get("/duty/calls").status_code == 405


def test_failed_call_is_followed_by_the_next_person_at_once(call, gateway):
    assert answer_of_gateway({"id": str(call.pk), "event": "failed"}) == 204
    call_duty()
    assert gateway.numbers == [f"{NUMBER}0", f"{NUMBER}1"]
    call.refresh_from_db()
    assert call.state == CallState.FAILED


def test_call_that_was_heard_cannot_fail_afterwards(call, gateway):
    answer_of_gateway(heard(call))
    assert answer_of_gateway({"id": str(call.pk), "event": "failed"}) == 204
    call_duty()
    assert gateway.numbers == [f"{NUMBER}0"]


def test_flood_of_answers_is_slowed_then_refused(call, monkeypatch):
    waits: list[float] = []
    monkeypatch.setattr("time.sleep", waits.append)
    monkeypatch.setattr("desks.duty.views.THROTTLE", Throttle(free=2))
    browser = visitor()
    statuses = [browser.post("/duty/calls", b"{}", content_type="application/json").status_code for _ in range(12)]
    assert statuses[:2] == [403, 403]
    assert statuses[-1] == 429
    assert len(waits) > 1
