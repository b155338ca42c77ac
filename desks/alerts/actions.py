"""What happens to an alert: it is sent, opened, answered and taken back, or it ends on its day.

It is sealed to the chosen desks and to the sender's. Its end deletes key and words in the same transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from desks.alerts.errors import (
    AlertOver,
    DeskCannotReceive,
    EndNotPossible,
    InformationLacks,
    NobodyAgreed,
    NoDeskChosen,
    WhoIsMissingLacks,
)
from desks.alerts.models import Alert, AlertDesk
from desks.alerts.states import MAX_DAYS, Agreed, AlertAnswer, AlertPurpose, AlertState
from desks.desk.errors import NoKeys
from desks.desk.querysets import colleagues
from desks.duty.actions import end_alert_alarm, raise_alert_alarm, raise_alert_alarm_or_leave_it
from desks.referrals.errors import ReceiverNotReady
from desks.referrals.receivers import require_holders
from desks.reports import emails as reports_emails
from victor.access import System, account_of, require
from victor.accounts.models import User
from victor.audit.actions import record
from victor.vault.errors import Unopenable
from victor.vault.keys.keyring import save_stamped, update_stamped, verify_stamp
from victor.vault.records.actions import create_record, destroy_record, read_all, read_envelope, write_envelope
from victor.vault.records.expectations import Expected

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from desks.desk.models import Desk
    from victor.access import Actor
    from victor.vault.groups.models import Group
    from victor.vault.keys.keyring import UnlockedVault

CLOCK = System("clock")


@dataclass(frozen=True)
class AlertFacts:
    """What is typed of an alert. `office` and `how`: who agreed, and in which way."""

    who: str
    where: str
    since: datetime
    agreed: Agreed | str
    office: str
    agreed_on: date
    how: str
    ends_at: datetime

    @property
    def words(self) -> dict[str, str]:
        """What is sealed."""
        words = {"who": self.who, "where": self.where, "since": self.since.isoformat()}
        return words | {"office": self.office, "how": self.how}


@transaction.atomic
def send_alert(desk: Desk, facts: AlertFacts, desks: Sequence[Desk], *, by: User) -> Alert:
    """Tell other desks that a child is missing. They can read it at once; whoever is on duty there is called.

    Raises:
        WhoIsMissingLacks, NobodyAgreed, EndNotPossible, NoDeskChosen: something was not said.
        DeskCannotReceive: a chosen desk is not published, or has too few people who hold its keys.
        NoKeys: the desk that sends has no keys.
    """
    people = {person for other in desks for person in colleagues(other)}
    mails = reports_emails.compose_alerts(people)
    require(by, "desks.send_alert", desk)
    _require_whole(facts, desks)
    own = desk.trusted_group
    if own is None:
        raise NoKeys
    groups = [_group_of(other, desk) for other in desks]
    key = create_record(own, *groups, by=by)
    alert = Alert(from_desk=desk, key=key, sent_by=by, agreed=facts.agreed, agreed_on=facts.agreed_on)
    alert.envelope = write_envelope(key, facts.words, purpose=AlertPurpose.ALERT, by=by)
    alert.ends_at = facts.ends_at
    save_stamped(alert)
    for other in desks:
        delivery = AlertDesk(alert=alert, desk=other)
        save_stamped(delivery)
        raise_alert_alarm_or_leave_it(delivery, by=by)
    for mail in mails.values():
        mail.send()
    record("alert.sent", alert, by=by, desks=" ".join(sorted(other.slug for other in desks)))
    return alert


def _require_whole(facts: AlertFacts, desks: Sequence[Desk]) -> None:
    now = timezone.now()
    if not facts.who.strip() or not facts.where.strip():
        raise WhoIsMissingLacks
    is_said = facts.agreed in Agreed and facts.office.strip() and facts.how.strip()
    if not is_said or facts.agreed_on > timezone.localdate():
        raise NobodyAgreed
    if not now < facts.ends_at <= now + timedelta(days=MAX_DAYS + 1):
        raise EndNotPossible
    if not desks:
        raise NoDeskChosen


def can_receive(desk: Desk) -> bool:
    """Whether a desk is published, and two people hold its keys."""
    try:
        require_holders(desk)
    except ReceiverNotReady:
        return False
    return True


def _group_of(desk: Desk, sender: Desk) -> Group:
    group = desk.trusted_group
    if group is None or desk.pk == sender.pk or not can_receive(desk):
        raise DeskCannotReceive(desk)
    return group


@transaction.atomic
def read_alert(alert: Alert, desk: Desk, *, by: UnlockedVault) -> dict[str, str]:
    """What the alert says. That a desk has opened it is noted once, and nobody else is called there.

    It waits for whoever takes the alert back, so nothing is read after that.

    Raises:
        AlertOver: it was taken back, or its day has come.
        NoGrant, Unopenable: it cannot be read, or was altered.
    """
    alert = _lock_running(alert)
    delivery = alert.deliveries.filter(desk=desk).select_related("desk").first()
    if delivery is None:
        require(by.person, "desks.send_alert", alert.from_desk)
    else:
        require(by.person, "desks.answer_alert", delivery)
    if alert.key_id is None or alert.envelope is None:
        raise AlertOver
    words: dict[str, str] = read_envelope(Expected(alert.envelope, alert.key_id, {AlertPurpose.ALERT}), by=by)
    if delivery is not None and delivery.opened_at is None:
        delivery.opened_at, delivery.opened_by = timezone.now(), account_of(by.person)
        update_stamped(delivery, "opened_at", "opened_by")
        end_alert_alarm(delivery, by=by.person)
        record("alert.opened", alert, by=by.person, desk=desk.pk)
    return words


@transaction.atomic
def read_answers(alert: Alert, desk: Desk, *, by: UnlockedVault) -> dict[int, str]:
    """What the desks have answered, by the row's primary key: all for the desk that sends, else the own answer.

    Raises:
        NoGrant, Unopenable: an answer cannot be read, or was altered.
    """
    require(by.person, "desks.read_alert_answers", desk)
    expected = {}
    for row in alert.deliveries.select_related("envelope__key"):
        if row.envelope is not None and row.key_id and desk.pk in {alert.from_desk_id, row.desk_id}:
            if verify_stamp(row).alert_id != alert.pk:
                raise Unopenable
            expected[row.pk] = Expected(row.envelope, row.key_id, {AlertPurpose.ANSWER})
    contents = read_all(expected.values(), by=by)
    return {pk: str(contents[wanted.envelope.pk]["text"]) for pk, wanted in expected.items()}


@transaction.atomic
def answer_alert(alert: Alert, desk: Desk, answer: AlertAnswer, text: str, *, by: User) -> AlertDesk:
    """Answer the desk that has sent it. The words are sealed to the two desks; a later answer replaces an earlier one.

    Raises:
        AlertOver: it was taken back, or its day has come.
        InformationLacks: the desk has information, and nothing says which.
        NoKeys: a desk has no keys.
    """
    mails = reports_emails.compose_alerts([alert.sent_by])
    alert = _lock_running(alert)
    delivery = alert.deliveries.select_related("desk__group", "key").get(desk=desk)
    require(by, "desks.answer_alert", delivery)
    if answer == AlertAnswer.INFORMATION and not text.strip():
        raise InformationLacks
    sender, own = alert.from_desk.trusted_group, delivery.desk.trusted_group
    if sender is None or own is None:
        raise NoKeys
    earlier, delivery.key, delivery.envelope = delivery.key, None, None
    if text.strip():
        delivery.key = create_record(sender, own, by=by)
        delivery.envelope = write_envelope(delivery.key, {"text": text}, purpose=AlertPurpose.ANSWER, by=by)
    delivery.answer, delivery.answered_at, delivery.answered_by = answer, timezone.now(), by
    update_stamped(delivery, "answer", "answered_at", "answered_by", "key", "envelope")
    if earlier is not None:
        destroy_record(earlier, by=by)
    for mail in mails.values():
        mail.send()
    record("alert.answered", alert, by=by, desk=desk.pk, answer=str(answer))
    return delivery


@transaction.atomic
def take_back_alert(alert: Alert, *, by: User) -> Alert:
    """Take it back: no desk can open it from now on. What the desks have answered is deleted, too.

    Raises:
        AlertOver: it is over already.
    """
    alert = _lock(alert)
    require(by, "desks.send_alert", alert.from_desk)
    _close(alert, AlertState.TAKEN_BACK, by=by)
    record("alert.taken_back", alert, by=by)
    return alert


@transaction.atomic
def end_alert(alert: Alert, *, by: System) -> Alert:
    """Its day has come: the same.

    Raises:
        AlertOver: somebody was faster, or its day has not come.
    """
    alert = _lock(alert)
    require(by, "desks.send_alert", alert.from_desk)
    if alert.ends_at > timezone.now():
        raise AlertOver
    _close(alert, AlertState.ENDED, by=by)
    record("alert.ended", alert, by=by)
    return alert


def _close(alert: Alert, state: AlertState, *, by: Actor) -> None:
    if alert.state != AlertState.RUNNING:
        raise AlertOver
    keys = [alert.key]
    alert.state, alert.key, alert.envelope = state, None, None
    alert.closed_at, alert.closed_by = timezone.now(), account_of(by)
    update_stamped(alert, "state", "key", "envelope", "closed_at", "closed_by")
    for delivery in alert.deliveries.select_related("key"):
        end_alert_alarm(delivery, by=by)
        keys.append(delivery.key)
        delivery.key, delivery.envelope = None, None
        update_stamped(delivery, "key", "envelope")
    for key in keys:
        if key is not None:
            destroy_record(key, by=by)


@transaction.atomic
def warn_sender(alert: Alert, *, by: System) -> bool:
    """Tell whoever has sent it, once, that no desk has opened it. Return whether they were told."""
    mails = reports_emails.compose_alerts([alert.sent_by])
    alert = _lock(alert)
    require(by, "desks.send_alert", alert.from_desk)
    if not Alert.objects.unopened_by(timezone.now()).filter(pk=alert.pk).exists():
        return False
    alert.warned_at = timezone.now()
    update_stamped(alert, "warned_at")
    for mail in mails.values():
        mail.send()
    record("alert.unopened", alert, by=by)
    return True


@transaction.atomic
def call_duty(delivery: AlertDesk, *, by: System) -> bool:
    """Call whoever is on duty where nobody was called yet: the desk was open when it was sent."""
    _lock_running(delivery.alert)
    if not AlertDesk.objects.without_alarm().filter(pk=delivery.pk).exists():
        return False
    return raise_alert_alarm(delivery, by=by) is not None


def _lock_running(alert: Alert) -> Alert:
    alert = _lock(alert)
    if not alert.is_running:
        raise AlertOver
    return alert


def _lock(alert: Alert) -> Alert:
    """The alert as it is now. Nobody else reads or ends it until the transaction ends."""
    related = ("from_desk__group", "from_desk__country", "key", "envelope__key", "sent_by")
    locked = Alert.objects.select_for_update(of=["self"]).select_related(*related)
    return verify_stamp(locked.get(pk=alert.pk))
