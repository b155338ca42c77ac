"""The page of an alarm: everything on it works while the vault is locked, and it says nothing of the report."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from model_bakery import baker

from desks.duty import actions
from desks.duty.models import DutyAlarm
from desks.inbox.actions import conclude_report, triage_report
from desks.reports.models import Message
from desks.reports.states import ReportMove, Risk, Voice
from partners.help_lines.models import HelpLine
from tests.desks.duty.duty_gateway import NUMBER, DutyDesk, new_colleague
from tests.desks.inbox.inbox_desks import PORTAL, STORY, InboxDesk, stranger, unlocked_browser_of
from tests.people import browser_of, visitor
from tests.vault.people import own
from victor.accounts.models import User
from victor.vault.records.actions import read_envelope

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 3, 4, 0, 14, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LINES = {"emergency": "112", "child_protection": "1107", "police": "11188"}


@pytest.fixture
def alarm(duty: DutyDesk, at) -> DutyAlarm:
    """Danger that came four minutes ago."""
    at(NIGHT)
    for place, (purpose, number) in enumerate(LINES.items()):
        given = {"number": number, "dial": number, "purpose": purpose, "publish": True, "confidence": "high"}
        given |= {"name_en": purpose, "position": place, "last_checked": NIGHT.date()}
        baker.make(HelpLine, key=purpose, country=duty.desk.country, **given)
    alarm = actions.raise_alarm(duty.danger(received_at=NIGHT, language="bg"), by=PORTAL)
    at(NIGHT + 4 * MINUTE)
    return alarm


def address(alarm: DutyAlarm, rest: str = "") -> str:
    return f"/en/workspace/desks/{alarm.desk.slug}/duty/{alarm.pk}/{rest}"


def page(user: User, alarm: DutyAlarm) -> str:
    return browser_of(user).get(address(alarm)).content.decode()


def numbers_on(content: str) -> list[str]:
    return [number for number in LINES.values() if f'href="tel:{number}"' in content]


def test_show_alarm_with_a_locked_vault_offers_to_take_and_to_call(duty, alarm):
    content = page(duty.anna.person, alarm)
    assert "I take it" in content
    assert "4\xa0min ago" in content
    assert "Bulgarian" in content
    assert f"Otherwise called at 02:29: {duty.ben.person.name}" in content
    assert numbers_on(content) == list(LINES.values())


def test_show_alarm_says_nothing_of_the_report(duty, alarm):
    content = page(duty.anna.person, alarm)
    assert STORY not in content
    assert f"<title>Duty {alarm.code} · Desk" in content


@pytest.mark.parametrize("change", [{"publish": False}, {"confidence": "medium"}])
def test_show_alarm_leaves_out_numbers_that_may_not_be_shown(duty, alarm, change):
    HelpLine.objects.filter(purpose="child_protection").update(**change)
    assert numbers_on(page(duty.anna.person, alarm)) == ["112", "11188"]


def test_show_alarm_to_whose_vault_fails_names_who_can_read_it(duty, alarm):
    content = page(new_colleague(duty), alarm)
    assert f"Colleague who can read it: {duty.anna.person.name}" in content
    assert f'href="tel:{NUMBER}0"' in content


def test_show_alarm_with_an_open_vault_leads_to_the_report(duty, alarm):
    content = unlocked_browser_of(duty.anna).get(address(alarm)).content.decode()
    assert f'href="{duty.address(alarm.report)}"' in content
    assert "Your vault is locked" not in content


def test_take_alarm_says_that_nobody_else_is_called(duty, alarm):
    response = browser_of(duty.anna.person).post(address(alarm, "take/"), follow=True)
    assert "You have it. Nobody else is called." in response.content.decode()
    assert "I take it" not in response.content.decode()


def test_take_alarm_that_somebody_has_says_who(duty, alarm):
    actions.take_alarm(alarm, by=duty.ben.person)
    response = browser_of(duty.anna.person).post(address(alarm, "take/"), follow=True)
    name = duty.ben.person.name
    assert f"{name} took it at 02:18. There is nothing more for you to do." in response.content.decode()


def test_show_alarm_of_a_report_with_an_outcome_offers_nothing(duty, alarm):
    triage_report(alarm.report, risk=Risk.LOW, reason="", by=duty.ben.person)
    conclude_report(alarm.report, ReportMove.INFORM, reason="Told", by=duty.ben.person)
    content = page(duty.anna.person, alarm)
    assert "The report has an outcome." in content
    assert "I take it" not in content


def test_note_calls_with_a_locked_vault_seals_a_note(duty, alarm):
    text = "The police, 02:20, officer on duty"
    response = browser_of(duty.anna.person).post(address(alarm, "calls/"), {"text": text}, follow=True)
    note = Message.objects.get(voice=Voice.NOTE)
    assert "Your note has been saved." in response.content.decode()
    assert text not in response.content.decode()
    assert read_envelope(own(note.envelope), by=duty.ben) == {"text": text}


def test_note_calls_without_a_key_keeps_what_was_typed(duty, alarm):
    response = browser_of(new_colleague(duty)).post(address(alarm, "calls/"), {"text": "The police"})
    assert response.status_code == 409
    assert "The police" in response.content.decode()
    assert not Message.objects.filter(voice=Voice.NOTE).exists()


def test_note_calls_without_words_is_refused(duty, alarm):
    assert browser_of(duty.anna.person).post(address(alarm, "calls/"), {"text": " "}).status_code == 422


@pytest.mark.parametrize("rest", ["", "take/", "calls/"])
def test_alarm_does_not_exist_for_another_desk(alarm, rest):
    browser = browser_of(stranger())
    method = browser.post if rest else browser.get
    assert method(address(alarm, rest)).status_code == 404


def test_alarm_leads_a_visitor_to_the_log_in(alarm):
    assert "/accounts/login/" in visitor().get(address(alarm))["Location"]


def test_alarm_does_not_exist_where_its_report_has_gone(duty, alarm):
    other = InboxDesk("other")
    type(alarm.report).objects.filter(pk=alarm.report_id).update(desk=other.desk)
    assert browser_of(duty.anna.person).get(address(alarm)).status_code == 404
