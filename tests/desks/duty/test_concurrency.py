"""Two who take an alarm at once, and two workers that send one call: in connections of their own."""

from __future__ import annotations

import pytest

from desks.duty import actions
from desks.duty.errors import AlarmTaken
from desks.duty.models import DutyAlarm, DutyCall
from desks.duty.periodic import call_duty
from desks.duty.states import AlarmState
from desks.duty.tasks import send_calls
from tests.connections import call_at_once
from tests.desks.duty.duty_gateway import DutyDesk
from tests.desks.inbox.inbox_desks import PORTAL
from victor.accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_who_take_at_once_are_told_who_has_it(duty: DutyDesk):
    alarm = actions.raise_alarm(duty.danger(), by=PORTAL)

    def take(person: User) -> User | str:
        try:
            return actions.take_alarm(DutyAlarm.objects.get(pk=alarm.pk), by=person).taken_by
        except AlarmTaken as refusal:
            return str(refusal)

    people = [duty.anna.person, duty.ben.person]
    answers = call_at_once(take, people)
    alarm.refresh_from_db()
    [refused] = [answer for answer in answers if isinstance(answer, str)]
    assert alarm.state == AlarmState.TAKEN
    assert alarm.taken_by in answers
    assert alarm.taken_by.name in refused


def test_two_workers_send_one_call_once(duty: DutyDesk, gateway):
    actions.raise_alarm(duty.danger(), by=PORTAL)
    call_at_once(lambda _number: send_calls(), range(4))
    assert len(gateway.taken) == 1


def test_two_sweeps_raise_one_alarm(duty: DutyDesk, gateway):
    duty.danger()
    call_at_once(lambda _number: call_duty(), range(4))
    assert DutyAlarm.objects.count() == 1
    assert DutyCall.objects.count() == 1
    assert len(gateway.taken) == 1


def test_two_raise_one_alarm_for_a_report(duty: DutyDesk):
    report = duty.danger()
    call_at_once(lambda _number: actions.raise_alarm_or_leave_it(report, by=PORTAL), range(4))
    assert DutyAlarm.objects.count() == 1
