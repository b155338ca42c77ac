"""The pages of alerts: who sees which, what is typed stays, and nothing is left once one is over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from desks.alerts import actions
from desks.alerts.models import Alert
from desks.alerts.states import AlertState
from tests.desks.alerts.sent_alerts import WHO, sent_alert
from tests.desks.inbox.inbox_desks import stranger, unlocked_browser_of
from tests.desks.referrals.referral_desks import ReferralDesks
from tests.people import browser_of

pytestmark = pytest.mark.django_db


def url_at(here, alert: Alert | None = None, rest: str = "") -> str:
    return f"/en/workspace/desks/{here.desk.slug}/alerts/{f'{alert.pk}/' if alert else ''}{rest}"


def typed(two: ReferralDesks, **given: object) -> dict[str, object]:
    today = timezone.localdate()
    answers = {"who": WHO, "where": "Station", "since": "2026-01-05 09:00", "desks": [two.sofia.desk.pk]}
    answers |= {"agreed": "guardian", "office": "Her mother", "agreed_on": f"{today}", "how": "On paper"}
    return answers | {"ends_on": f"{today + timedelta(days=7)}"} | given


def test_alert_of_receiver_shows_words(desks):
    alert = sent_alert(desks)
    page = unlocked_browser_of(desks.sofia.ben).get(url_at(desks.sofia, alert))
    assert WHO in page.content.decode()


def test_alert_with_locked_vault_covers_words(desks):
    alert = sent_alert(desks)
    page = browser_of(desks.sofia.ben.person).get(url_at(desks.sofia, alert))
    assert WHO not in page.content.decode()


def test_alert_of_sender_says_who_has_not_opened_it(desks):
    alert = sent_alert(desks)
    page = unlocked_browser_of(desks.athens.anna).get(url_at(desks.athens, alert))
    assert "has not opened it" in page.content.decode()


@pytest.mark.parametrize("rest", ["", "answer/", "take-back/"])
def test_alert_of_stranger_is_not_found(desks, rest):
    alert = sent_alert(desks)
    browser = browser_of(desks.athens.anna.person)
    answer = browser.post(url_at(desks.sofia, alert, rest)) if rest else browser.get(url_at(desks.sofia, alert))
    assert answer.status_code == 404


def test_alert_without_desk_role_is_refused(desks):
    answer = browser_of(stranger()).get(url_at(desks.sofia))
    assert answer.status_code in {403, 404}


def test_alert_that_was_taken_back_is_not_found_at_receiver(desks):
    alert = sent_alert(desks)
    actions.take_back_alert(alert, by=desks.athens.anna.person)
    assert unlocked_browser_of(desks.sofia.ben).get(url_at(desks.sofia, alert)).status_code == 404


def test_alerts_lists_nothing_that_was_taken_back(desks):
    alert = sent_alert(desks)
    actions.take_back_alert(alert, by=desks.athens.anna.person)
    assert str(alert.pk) not in browser_of(desks.sofia.ben.person).get(url_at(desks.sofia)).content.decode()


def test_new_sends_alert(desks):
    browser_of(desks.athens.anna.person).post(url_at(desks.athens, None, "new/"), typed(desks))
    assert Alert.objects.filter(from_desk=desks.athens.desk).count() == 1


@pytest.mark.parametrize(
    "given", [{"agreed": ""}, {"desks": []}, {"ends_on": "2040-01-01"}, {"since": "2090-01-01 09:00"}]
)
def test_new_with_bad_input_keeps_what_was_typed(desks, given):
    answer = browser_of(desks.athens.anna.person).post(url_at(desks.athens, None, "new/"), typed(desks, **given))
    assert WHO in answer.content.decode()


def test_answer_by_receiver_is_noted(desks):
    alert = sent_alert(desks)
    browser_of(desks.sofia.ben.person).post(url_at(desks.sofia, alert, "answer/"), {"answer": "nothing"})
    assert alert.deliveries.get().answer == "nothing"


def test_take_back_asks_first(desks):
    alert = sent_alert(desks)
    browser_of(desks.athens.anna.person).post(url_at(desks.athens, alert, "take-back/"))
    assert Alert.objects.get(pk=alert.pk).state == AlertState.RUNNING


def test_take_back_ends_alert(desks):
    alert = sent_alert(desks)
    browser_of(desks.athens.anna.person).post(url_at(desks.athens, alert, "take-back/"), {"confirmed": "yes"})
    assert Alert.objects.get(pk=alert.pk).state == AlertState.TAKEN_BACK


def test_alarm_leads_to_alert(desks):
    alert = sent_alert(desks)
    alarm = alert.deliveries.get().duty_alarms.get()
    page = browser_of(desks.sofia.ben.person).get(f"/en/workspace/desks/{desks.sofia.desk.slug}/duty/{alarm.pk}/")
    assert url_at(desks.sofia, alert) in page.content.decode()
