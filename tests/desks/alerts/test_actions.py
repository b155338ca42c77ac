"""Alerts between desks: who can send and read one, and what is left of it once it is over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from desks.alerts import actions
from desks.alerts.errors import (
    AlertOver,
    DeskCannotReceive,
    EndNotPossible,
    InformationLacks,
    NobodyAgreed,
    NoDeskChosen,
    WhoIsMissingLacks,
)
from desks.alerts.models import Alert
from desks.alerts.periodic import watch_alerts
from desks.alerts.states import AlertAnswer, AlertState
from desks.desk.models import Desk
from desks.duty.models import DutyAlarm
from desks.duty.states import AlarmState
from tests.desks.alerts.sent_alerts import WHO, facts, sent_alert
from tests.desks.canaries import hits_in, places_outside, read_log
from tests.desks.inbox.inbox_desks import stranger
from victor.audit.models import Entry
from victor.mail.models import Message as Mail
from victor.vault.keys.models import Key

pytestmark = pytest.mark.django_db


def alarm_of(desks) -> DutyAlarm:
    return DutyAlarm.objects.get(alert__isnull=False, desk=desks.sofia.desk)


def test_read_alert_at_chosen_desk_gives_words(desks):
    alert = sent_alert(desks)
    assert actions.read_alert(alert, desks.sofia.desk, by=desks.sofia.ben)["who"] == WHO


def test_read_alert_at_sending_desk_gives_words(desks):
    alert = sent_alert(desks)
    assert actions.read_alert(alert, desks.athens.desk, by=desks.athens.anna)["who"] == WHO


def test_read_alert_notes_once_that_desk_has_opened_it(desks):
    alert = sent_alert(desks)
    actions.read_alert(alert, desks.sofia.desk, by=desks.sofia.ben)
    actions.read_alert(alert, desks.sofia.desk, by=desks.sofia.anna)
    assert Entry.objects.filter(action="alert.opened").count() == 1


def test_read_alert_by_sender_does_not_count_as_opened(desks):
    alert = sent_alert(desks)
    actions.read_alert(alert, desks.athens.desk, by=desks.athens.anna)
    assert alert.deliveries.get().opened_at is None


def test_read_alert_by_stranger_is_refused(desks):
    alert = sent_alert(desks)
    with pytest.raises(PermissionDenied):
        actions.read_alert(alert, desks.sofia.desk, by=desks.athens.anna)


def test_send_alert_by_stranger_is_refused(desks):
    with pytest.raises(PermissionDenied):
        actions.send_alert(desks.athens.desk, facts(), [desks.sofia.desk], by=stranger())


def test_send_alert_calls_duty(desks):
    sent_alert(desks)
    assert alarm_of(desks).state == AlarmState.CALLING


def test_send_alert_queues_mail_for_receivers(desks):
    sent_alert(desks)
    assert Mail.objects.filter(recipient=desks.sofia.ben.person.email).exists()


def test_read_alert_ends_alarm(desks):
    actions.read_alert(sent_alert(desks), desks.sofia.desk, by=desks.sofia.ben)
    assert alarm_of(desks).state == AlarmState.ENDED


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"who": " "}, WhoIsMissingLacks),
        ({"where": ""}, WhoIsMissingLacks),
        ({"agreed": ""}, NobodyAgreed),
        ({"office": " "}, NobodyAgreed),
        ({"how": ""}, NobodyAgreed),
        ({"agreed_on": timezone.localdate() + timedelta(days=800)}, NobodyAgreed),
        ({"ends_at": timezone.now() - timedelta(days=800)}, EndNotPossible),
        ({"ends_at": timezone.now() + timedelta(days=800)}, EndNotPossible),
    ],
)
def test_send_alert_refuses_what_is_not_whole(desks, given, refusal):
    with pytest.raises(refusal):
        sent_alert(desks, **given)


def test_send_alert_to_no_desk_is_refused(desks):
    with pytest.raises(NoDeskChosen):
        actions.send_alert(desks.athens.desk, facts(), [], by=desks.athens.anna.person)


def test_send_alert_to_unpublished_desk_is_refused(desks):
    Desk.objects.filter(pk=desks.sofia.desk.pk).update(group=None)
    hidden = Desk.objects.get(pk=desks.sofia.desk.pk)
    with pytest.raises(DeskCannotReceive):
        actions.send_alert(desks.athens.desk, facts(), [hidden], by=desks.athens.anna.person)


def test_take_back_alert_deletes_key_and_words(desks):
    alert = sent_alert(desks)
    key = alert.key_id
    actions.take_back_alert(alert, by=desks.athens.anna.person)
    assert not Key.objects.filter(pk=key).exists()


def test_take_back_alert_ends_reading(desks):
    alert = sent_alert(desks)
    actions.take_back_alert(alert, by=desks.athens.anna.person)
    with pytest.raises(AlertOver):
        actions.read_alert(alert, desks.sofia.desk, by=desks.sofia.ben)


def test_take_back_alert_ends_alarm(desks):
    actions.take_back_alert(sent_alert(desks), by=desks.athens.anna.person)
    assert alarm_of(desks).state == AlarmState.ENDED


def test_take_back_alert_twice_is_refused(desks):
    alert = sent_alert(desks)
    actions.take_back_alert(alert, by=desks.athens.anna.person)
    with pytest.raises(AlertOver):
        actions.take_back_alert(alert, by=desks.athens.anna.person)


def test_take_back_alert_by_receiver_is_refused(desks):
    with pytest.raises(PermissionDenied):
        actions.take_back_alert(sent_alert(desks), by=desks.sofia.ben.person)


def test_take_back_alert_deletes_answers(desks):
    alert = sent_alert(desks)
    row = actions.answer_alert(
        alert, desks.sofia.desk, AlertAnswer.INFORMATION, "Seen at noon", by=desks.sofia.ben.person
    )
    actions.take_back_alert(alert, by=desks.athens.anna.person)
    assert not Key.objects.filter(pk=row.key_id).exists()


def test_answer_alert_gives_sender_words(desks):
    alert = sent_alert(desks)
    row = actions.answer_alert(
        alert, desks.sofia.desk, AlertAnswer.INFORMATION, "Seen at noon", by=desks.sofia.ben.person
    )
    assert actions.read_answers(alert, desks.athens.desk, by=desks.athens.anna) == {row.pk: "Seen at noon"}


def test_answer_alert_again_deletes_earlier_words(desks):
    alert, by = sent_alert(desks), desks.sofia.ben.person
    row = actions.answer_alert(alert, desks.sofia.desk, AlertAnswer.INFORMATION, "Seen at noon", by=by)
    actions.answer_alert(alert, desks.sofia.desk, AlertAnswer.NOTHING, "", by=by)
    assert not Key.objects.filter(pk=row.key_id).exists()


def test_answer_alert_without_information_is_refused(desks):
    alert = sent_alert(desks)
    with pytest.raises(InformationLacks):
        actions.answer_alert(alert, desks.sofia.desk, AlertAnswer.INFORMATION, " ", by=desks.sofia.ben.person)


def test_watch_alerts_on_last_day_ends_alert(desks, at):
    alert = sent_alert(desks)
    at(alert.ends_at + timedelta(seconds=1))
    watch_alerts()
    assert Alert.objects.get(pk=alert.pk).state == AlertState.ENDED


def test_watch_alerts_before_last_day_ends_nothing(desks):
    sent_alert(desks)
    assert watch_alerts() == 0


def test_watch_alerts_after_ten_minutes_tells_sender_once(desks, at):
    alert = sent_alert(desks)
    at(alert.sent_at + timedelta(minutes=11))
    watch_alerts()
    watch_alerts()
    assert Mail.objects.filter(recipient=desks.athens.anna.person.email).count() == 1


def test_watch_alerts_tells_nobody_of_opened_alert(desks, at):
    alert = sent_alert(desks)
    actions.read_alert(alert, desks.sofia.desk, by=desks.sofia.ben)
    at(alert.sent_at + timedelta(minutes=11))
    watch_alerts()
    assert not Mail.objects.filter(recipient=desks.athens.anna.person.email).exists()


def test_alert_that_is_over_cannot_keep_key(desks):
    alert = sent_alert(desks)
    with pytest.raises(IntegrityError), transaction.atomic():
        Alert.objects.filter(pk=alert.pk).update(state=AlertState.ENDED, closed_at=timezone.now())


def test_words_lie_nowhere_outside_envelope(desks):
    with read_log() as log:
        alert = sent_alert(desks)
        actions.read_alert(alert, desks.sofia.desk, by=desks.sofia.ben)
        actions.take_back_alert(alert, by=desks.athens.anna.person)
        hits = hits_in(places_outside(log))
    assert not any(hits.values()), hits
