"""What a call says, in eight languages; and what follows where the gateway does not take it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings as project
from django.db import connections
from django.utils.translation import override

from desks.duty import actions
from desks.duty.models import DutyAlarm, DutyCall, DutyNumber
from desks.duty.periodic import call_duty, forget_codes
from desks.duty.sending import MAX_ATTEMPTS
from desks.duty.states import CallPurpose, CallState, DutyChannel
from desks.duty.tasks import send_calls
from tests.desks.duty.duty_gateway import NUMBER, TOKEN, DutyDesk
from tests.desks.inbox.inbox_desks import PORTAL, InboxDesk
from tests.people import browser_of
from victor.accounts.models import User
from victor.languages import language_tag

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 3, 4, 0, 14, tzinfo=UTC)
SECOND = timedelta(seconds=1)
ANNA, BEN = f"{NUMBER}0", f"{NUMBER}1"
SMS = {
    "en": "Duty 4821: please log in.",
    "el": "Εφημερία 4821: παρακαλούμε συνδεθείτε.",
    "bg": "Дежурство 4821: моля, влезте в профила си.",
    "ro": "Gardă 4821: vă rugăm să vă autentificați.",
    "sl": "Dežurstvo 4821: prosimo, vpišite se.",
    "sr": "Дежурство 4821: молимо вас, улогујте се.",
    "sr-latn": "Dežurstvo 4821: molimo vas, ulogujte se.",
    "hu": "Ügyelet 4821: kérjük, jelentkezzen be.",
    "uk": "Чергування 4821: будь ласка, увійдіть.",
}
SPOKEN = "This is the duty service. Please log in. Press 1 if you have heard this."
HOME = "/en/workspace/"


@pytest.fixture(autouse=True)
def night(at) -> None:
    at(NIGHT)


def alarm_of(duty: DutyDesk) -> DutyAlarm:
    return actions.raise_alarm(duty.danger(), by=PORTAL)


def tasks_of(user: User) -> str:
    """What stands under "Now" on the first page."""
    content = browser_of(user).get(HOME).content.decode()
    return content.partition("<h2>Now</h2>")[2].partition("Waits for me")[0]


def test_every_language_has_its_text():
    assert set(SMS) == {code for code, _name in project.LANGUAGES}


@pytest.mark.parametrize("language", SMS)
def test_send_text_message_says_the_code_and_nothing_else(duty, gateway, language):
    User.objects.filter(pk=duty.anna.person.pk).update(language=language)
    alarm = alarm_of(duty)
    send_calls()
    [content] = gateway.taken
    assert content["text"] == SMS[language].replace("4821", alarm.code)
    assert content["language"] == language_tag(language)
    assert content["channel"] == "sms"


def test_send_call_reads_out_the_text_without_a_code(duty, gateway):
    DutyNumber.objects.update(channel=DutyChannel.VOICE)
    alarm_of(duty)
    send_calls()
    assert gateway.taken[0]["text"] == SPOKEN
    assert gateway.taken[0]["channel"] == "voice"


def test_send_call_names_no_report_and_no_desk(duty, gateway):
    report = alarm_of(duty).report
    send_calls()
    content = str(gateway.taken)
    assert set(gateway.taken[0]) == {"id", "channel", "to", "from", "language", "text", "answers"}
    assert report.reference not in content
    assert duty.desk.slug not in content
    assert gateway.tokens == {f"Bearer {TOKEN}"}


def test_send_call_deletes_what_it_said(duty):
    alarm = alarm_of(duty)
    send_calls()
    call = alarm.calls.get()
    assert call.state == CallState.SENT
    assert call.sent_at == NIGHT
    assert call.encrypted_code == ""


def test_send_call_once_sends_it_once(duty, gateway):
    alarm_of(duty)
    send_calls()
    send_calls()
    assert gateway.numbers == [ANNA]


def test_gateway_that_is_down_is_asked_again(duty, gateway, at):
    alarm_of(duty)
    gateway.status = 503
    send_calls()
    gateway.status = 202
    send_calls()
    assert gateway.numbers == []
    at(NIGHT + 20 * SECOND)
    send_calls()
    assert gateway.numbers == [ANNA]


def test_gateway_that_does_not_listen_is_asked_again(duty, gateway, settings, at):
    alarm_of(duty)
    settings.DUTY_GATEWAY_URL = "http://127.0.0.1:1/calls"
    send_calls()
    assert DutyCall.objects.get().failure == "ConnectionRefusedError"
    settings.DUTY_GATEWAY_URL = gateway.url
    at(NIGHT + 20 * SECOND)
    send_calls()
    assert gateway.numbers == [ANNA]


def test_supervisors_are_told_while_the_gateway_is_down(duty, gateway, at):
    alarm_of(duty)
    gateway.status = 503
    send_calls()
    line = "Duty calls fail since 02:14. Telephone the duty person."
    assert line in tasks_of(duty.chief.person)
    assert line not in tasks_of(duty.anna.person)
    gateway.status = 202
    at(NIGHT + 20 * SECOND)
    send_calls()
    assert line not in tasks_of(duty.chief.person)


def test_refused_number_is_followed_by_the_next_person_at_once(duty, gateway):
    gateway.refusals = {ANNA}
    alarm = alarm_of(duty)
    send_calls()
    assert gateway.numbers == [BEN]
    states = {call.person: call.state for call in alarm.calls.select_related("person")}
    assert states == {duty.anna.person: CallState.FAILED, duty.ben.person: CallState.SENT}


def test_all_numbers_refused_do_not_use_up_the_calls(duty, gateway, at):
    gateway.refusals = {ANNA, BEN}
    alarm = alarm_of(duty)
    send_calls()
    assert alarm.calls.count() == 2
    gateway.refusals = set()
    at(NIGHT + 15 * 60 * SECOND)
    call_duty()
    assert gateway.numbers == [ANNA]


def test_call_of_somebody_without_a_number_goes_to_the_next(duty, gateway):
    alarm_of(duty)
    DutyNumber.objects.filter(person=duty.anna.person).delete()
    send_calls()
    assert gateway.numbers == [BEN]


def test_nobody_with_a_number_is_told_to_supervisors(duty):
    DutyNumber.objects.all().delete()
    alarm_of(duty)
    assert "Duty calls fail since 02:14." in tasks_of(duty.chief.person)


def test_without_a_gateway_the_alarm_waits_on_the_first_page(at):
    inbox = InboxDesk()
    alarm = actions.raise_alarm(inbox.report(danger=True), by=PORTAL)
    assert call_duty() == 0
    assert not alarm.calls.exists()
    assert f"Duty {alarm.code}: nobody has taken it yet" in tasks_of(inbox.anna.person)


def test_task_leaves_the_first_page_when_somebody_takes_it(duty):
    alarm = alarm_of(duty)
    assert "nobody has taken it yet" in tasks_of(duty.ben.person)
    actions.take_alarm(alarm, by=duty.anna.person)
    assert "nobody has taken it yet" not in tasks_of(duty.ben.person)


def test_call_that_is_never_taken_by_the_gateway_is_given_up(duty, gateway, at):
    alarm = alarm_of(duty)
    gateway.status = 500
    DutyCall.objects.update(attempts=MAX_ATTEMPTS - 1)
    send_calls()
    assert alarm.calls.earliest("created_at").state == CallState.FAILED


def test_forget_codes_leaves_calls_of_alarms(duty, at):
    alarm_of(duty)
    actions.send_call(purpose=CallPurpose.CODE, person=duty.anna.person, channel=DutyChannel.SMS, code="123456")
    at(NIGHT + timedelta(days=31))
    assert forget_codes() == 1
    assert DutyCall.objects.get().purpose == CallPurpose.ALARM


@pytest.mark.django_db(transaction=True)
def test_gateway_is_asked_outside_of_any_transaction(gateway):
    connection, seen = connections["default"], []
    gateway.watch = lambda: seen.append(connection.in_atomic_block)
    alarm_of(DutyDesk())
    send_calls()
    assert seen == [False]


def test_text_in_the_active_language_is_the_persons_and_not_the_workers(duty, gateway):
    alarm = alarm_of(duty)
    with override("el"):
        send_calls()
    assert gateway.taken[0]["text"] == f"Duty {alarm.code}: please log in."
