"""An alarm is raised with the danger, calls one person after the other, and stops when somebody takes it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from desks.desk.models import OpeningHours
from desks.duty import actions
from desks.duty.errors import AlarmOver, AlarmTaken
from desks.duty.models import DutyAlarm, DutyCall, DutyPolicy
from desks.duty.periodic import call_duty
from desks.duty.states import AlarmState, CallState, DutyHours
from desks.duty.tasks import send_calls
from desks.inbox import actions as inbox_actions
from desks.intake.actions import receive_report
from desks.reports.models import Report
from desks.reports.states import ReportMove, Risk
from tests.desks.duty.duty_gateway import NUMBER, DutyDesk, answer_of_gateway, give_number, new_colleague
from tests.desks.inbox.inbox_desks import PORTAL, InboxDesk, stranger
from tests.desks.staffed_desks import copy_of_receipt_keys
from victor.access import ReceiptHolder, Reporter
from victor.audit.models import Entry

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 3, 4, 0, 14, tzinfo=UTC)  # 02:14 in Athens, a Wednesday
MINUTE = timedelta(minutes=1)
ANNA, BEN = f"{NUMBER}0", f"{NUMBER}1"


@pytest.fixture(autouse=True)
def night(at) -> None:
    at(NIGHT)


def receive(duty: DutyDesk, *, danger: bool = True, answers: dict | None = None) -> Report:
    """Somebody reports at the desk's form."""
    given = {"country": duty.desk.country, "language": "bg", "danger": danger, "by": Reporter()}
    content = answers or {"story": "A girl of about nine begs", "danger": danger}
    report, _is_new = receive_report(duty.desk, content, receipt=copy_of_receipt_keys(), **given)
    return report


def alarm_of(duty: DutyDesk) -> DutyAlarm:
    return actions.raise_alarm(duty.danger(), by=PORTAL)


def open_all_day(duty: DutyDesk) -> None:
    """The desk is open today until 18:00, and calls only when it is closed."""
    OpeningHours.objects.create(desk=duty.desk, weekday=NIGHT.weekday(), opens=time(), closes=time(18))
    DutyPolicy.objects.create(desk=duty.desk, hours=DutyHours.CLOSED)


def test_receive_danger_calls_the_first_on_duty(duty, gateway):
    report = receive(duty)
    assert DutyAlarm.objects.get().report == report
    assert gateway.taken == []  # nothing is sent before the transaction is over
    send_calls()
    assert gateway.numbers == [ANNA]


def test_receive_report_without_danger_calls_nobody(duty, gateway):
    receive(duty, danger=False)
    call_duty()
    assert not DutyAlarm.objects.exists()
    assert gateway.taken == []


def test_add_danger_to_a_report_calls_the_first_on_duty(duty):
    receive(duty, danger=False)
    receive(duty, answers={"story": "He has come back", "danger": True})
    assert DutyAlarm.objects.get().calls.get().person == duty.anna.person


def test_triage_to_danger_calls_the_first_on_duty(duty):
    report = duty.report()
    inbox_actions.triage_report(report, risk=Risk.DANGER, reason="", by=duty.ben.person)
    assert DutyAlarm.objects.get().calls.get().person == duty.anna.person


def test_triage_of_known_danger_raises_no_second_alarm(duty):
    report = duty.danger()
    actions.take_alarm(actions.raise_alarm(report, by=PORTAL), by=duty.anna.person)
    inbox_actions.triage_report(report, risk=Risk.DANGER, reason="", by=duty.anna.person)
    assert DutyAlarm.objects.count() == 1


def test_raise_alarm_again_keeps_the_one_that_calls(duty):
    report = duty.danger()
    assert actions.raise_alarm(report, by=PORTAL) == actions.raise_alarm(report, by=PORTAL)
    assert DutyCall.objects.count() == 1


def test_raise_alarm_while_the_desk_is_open_calls_where_it_calls_at_all_hours(duty):
    open_all_day(duty)
    DutyPolicy.objects.update(hours=DutyHours.ALWAYS)
    assert alarm_of(duty).calls.count() == 1


def test_raise_alarm_while_the_desk_is_open_waits_until_it_closes(duty, gateway, at):
    open_all_day(duty)
    receive(duty)
    call_duty()
    assert gateway.taken == []
    at(NIGHT + timedelta(hours=15, minutes=45))  # 17:59
    call_duty()
    assert gateway.taken == []
    at(NIGHT + timedelta(hours=15, minutes=46))
    call_duty()
    assert gateway.numbers == [ANNA]


def test_call_next_after_fifteen_minutes_calls_the_next_on_duty(duty, gateway, at):
    alarm_of(duty)
    call_duty()
    at(NIGHT + 14 * MINUTE)
    call_duty()
    assert gateway.numbers == [ANNA]
    at(NIGHT + 15 * MINUTE)
    call_duty()
    assert gateway.numbers == [ANNA, BEN]


def test_call_next_after_all_on_duty_calls_supervisors_then_begins_again(duty, gateway, at):
    give_number(new_colleague(duty), "+30690000003")
    give_number(duty.chief.person, "+30690000002")
    alarm_of(duty)
    for number in range(5):
        at(NIGHT + number * 15 * MINUTE)
        call_duty()
    assert gateway.numbers == [ANNA, BEN, "+30690000002", "+30690000003", ANNA]


def test_call_next_ends_after_twelve_calls(duty, gateway, at):
    alarm_of(duty)
    for number in range(20):
        at(NIGHT + number * 15 * MINUTE)
        call_duty()
    assert len(gateway.taken) == actions.MAX_CALLS


def test_take_alarm_stops_all_calls(duty, gateway, at):
    alarm = alarm_of(duty)
    call_duty()
    at(NIGHT + 2 * MINUTE)
    actions.take_alarm(alarm, by=duty.ben.person)
    at(NIGHT + 60 * MINUTE)
    call_duty()
    assert gateway.numbers == [ANNA]


def test_take_alarm_before_the_call_is_sent_sends_nothing(duty, gateway):
    alarm = alarm_of(duty)
    actions.take_alarm(alarm, by=duty.ben.person)
    send_calls()
    assert gateway.taken == []
    assert alarm.calls.get().state == CallState.CANCELLED


def test_take_alarm_notes_who_and_gives_them_the_report(duty):
    alarm = actions.take_alarm(alarm_of(duty), by=duty.anna.person)
    assert alarm.taken_at == NIGHT
    assert Report.objects.get().assignee == duty.anna.person
    assert alarm.calls.get().taken_at == NIGHT
    assert Entry.objects.filter(action="duty.taken").exists()


def test_take_alarm_leaves_a_report_with_whoever_has_it(duty):
    alarm = actions.raise_alarm(duty.danger(assignee=duty.ben.person), by=PORTAL)
    actions.take_alarm(alarm, by=duty.anna.person)
    assert Report.objects.get().assignee == duty.ben.person


def test_take_alarm_that_a_colleague_has_says_who_and_when(duty, at):
    alarm = alarm_of(duty)
    at(NIGHT + 2 * MINUTE)
    actions.take_alarm(alarm, by=duty.ben.person)
    with pytest.raises(AlarmTaken) as refusal:
        actions.take_alarm(alarm, by=duty.anna.person)
    name = duty.ben.person.name
    assert str(refusal.value) == f"{name} took it at 02:16. There is nothing more for you to do."


def test_take_alarm_twice_changes_nothing(duty, at):
    alarm = actions.take_alarm(alarm_of(duty), by=duty.anna.person)
    at(NIGHT + MINUTE)
    assert actions.take_alarm(alarm, by=duty.anna.person).taken_at == NIGHT


def test_take_alarm_without_a_key_is_possible(duty):
    colleague = new_colleague(duty)
    assert actions.take_alarm(alarm_of(duty), by=colleague).taken_by == colleague


def test_take_alarm_of_another_desk_is_refused(duty):
    alarm = alarm_of(duty)
    with pytest.raises(PermissionDenied):
        actions.take_alarm(alarm, by=stranger())


def test_hear_call_stops_nothing(duty, gateway, at):
    alarm = alarm_of(duty)
    call_duty()
    assert answer_of_gateway({"id": gateway.taken[0]["id"], "event": "heard"}) == 204
    at(NIGHT + 15 * MINUTE)
    call_duty()
    assert alarm.calls.earliest("created_at").heard_at == NIGHT
    assert gateway.numbers == [ANNA, BEN]


def test_report_with_an_outcome_ends_its_alarm(duty, gateway, at):
    report = duty.danger()
    alarm = actions.raise_alarm(report, by=PORTAL)
    call_duty()
    inbox_actions.triage_report(report, risk=Risk.LOW, reason="", by=duty.ben.person)
    inbox_actions.conclude_report(report, ReportMove.INFORM, reason="Told", by=duty.ben.person)
    at(NIGHT + 15 * MINUTE)
    call_duty()
    alarm.refresh_from_db()
    assert alarm.state == AlarmState.ENDED
    assert gateway.numbers == [ANNA]
    with pytest.raises(AlarmOver):
        actions.take_alarm(alarm, by=duty.anna.person)


def test_report_that_went_to_another_desk_calls_there(duty, gateway, at):
    report, other = duty.danger(), InboxDesk("other")
    give_number(other.anna.person, "+30690000009")
    actions.raise_alarm(report, by=PORTAL)
    call_duty()
    Report.objects.filter(pk=report.pk).update(desk=other.desk)
    at(NIGHT + 15 * MINUTE)
    call_duty()
    assert gateway.numbers == [ANNA, "+30690000009"]


def test_raise_alarm_by_a_receipt_of_another_report_is_refused(duty):
    with pytest.raises(PermissionDenied):
        actions.raise_alarm(duty.danger(), by=ReceiptHolder(duty.report()))


def test_raise_alarm_by_a_reporter_without_danger_is_refused(duty):
    with pytest.raises(PermissionDenied):
        actions.raise_alarm(duty.report(), by=Reporter())
