"""Reports are deleted on their day, with all that is in them. What is left proves it and tells of nobody.

`Report.erase_on` is what both sides are shown. Whatever changes the course of a report calls `schedule`; the clock sets
right what was missed, warns, deletes what is due, and puts off what something stops.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from desks import emails
from desks.errors import NotDue, NotPossible, Stopped
from desks.models import Desk, Report, RetentionRule, Tally, Tombstone, Warned
from desks.querysets import colleagues
from desks.retention import (
    NOTICE,
    announced,
    answer_kept,
    began,
    outcome_of,
    ruling,
    steps_due,
    stop,
    triage_kept,
)
from desks.states import Stop
from victor.access import System, require
from victor.accounts.models import User
from victor.audit.actions import record
from victor.vault.actions import destroy
from victor.vault.models import Key

CLOCK = System("clock")


class Swept(NamedTuple):
    """What the clock did: how many were deleted, and how many put off."""

    erased: int
    kept: int


@transaction.atomic
def schedule(report: Report) -> date | None:
    """Set the day on which a report will be deleted; None while the law holds it."""
    return _schedule(locked(report))


def schedule_all() -> int:
    """Set the days that are not what the rules of today say; return how many changed."""
    rules, today = list(RetentionRule.objects.approved()), timezone.localdate()
    everything: Any = Report.objects.with_last_words().select_related("desk").order_by("pk")
    changed = [each.pk for each in everything.iterator() if _day(each, each.last_words, rules, today) != each.erase_on]
    return sum(_rescheduled(pk) for pk in changed)


@transaction.atomic
def _rescheduled(pk: UUID) -> bool:
    report = Report.objects.select_for_update(of=["self"]).select_related("desk").filter(pk=pk).first()
    return report is not None and report.erase_on != _schedule(report)


def _schedule(report: Report) -> date | None:
    found: Any = Report.objects.with_last_words().get(pk=report.pk)
    day = _day(report, found.last_words, RetentionRule.objects.approved(), timezone.localdate())
    Report.objects.filter(pk=report.pk).update(erase_on=day)
    return day


def _day(report: Report, last_words: datetime | None, rules: Iterable[RetentionRule], today: date) -> date | None:
    if report.hold:
        return None
    days = ruling(rules, country=report.desk.country_id, outcome=outcome_of(report), on=today).days
    return announced(began(report, last_words) + timedelta(days=days), shown=report.erase_on, today=today)


def warn() -> int:
    """Tell each desk what is deleted within thirty days, seven and one: once each; return how many were told."""
    today = timezone.localdate()
    soon = Report.objects.filter(erase_on__gt=today, erase_on__lte=today + NOTICE)
    return sum(_warn(desk, today) for desk in Desk.objects.filter(pk__in=soon.values("desk")).order_by("pk"))


@transaction.atomic
def _warn(desk: Desk, today: date) -> int:
    """Note every warning that is due, and send one mail to each person, however many there are."""
    soon: Any = Report.objects.filter(desk=desk, erase_on__gt=today, erase_on__lte=today + NOTICE)
    new = 0
    for report in soon.select_for_update(of=["self"]).order_by("pk"):
        steps = steps_due(report.erase_on, today)
        made = [Warned.objects.get_or_create(report=report, day=report.erase_on, step=step)[1] for step in steps]
        if any(made):
            new += 1
            record("report.erasure_near", report, by=CLOCK, days=(report.erase_on - today).days)
    if new:
        for person in colleagues(desk).order_by("pk"):
            emails.something_waits(person)
    return new


def erase_due() -> Swept:
    """Delete what is due, each in a transaction of its own; what something stops gets thirty days more."""
    due = Report.objects.filter(erase_on__lte=timezone.localdate()).order_by("erase_on", "pk")
    done = [_erase_or_keep(pk) for pk in list(due.values_list("pk", flat=True))]
    return Swept(erased=done.count(True), kept=done.count(False))


@transaction.atomic
def _erase_or_keep(pk: UUID) -> bool | None:
    """Whether it was deleted; None where somebody was faster, or its day has moved."""
    report = Report.objects.filter(pk=pk).first()
    if report is None:
        return None
    try:
        erase(report, by=CLOCK)
    except (Report.DoesNotExist, NotDue):
        return None
    except Stopped as stopped:
        _put_off(report, stopped.why)
        return False
    return True


def _put_off(report: Report, why: Stop) -> None:
    today = timezone.localdate()
    until = today + NOTICE
    if Report.objects.filter(pk=report.pk, erase_on__lte=today).update(erase_on=until):
        record("report.kept", report, by=CLOCK, why=why, until=until.isoformat())


@transaction.atomic
def erase(report: Report, *, by: User | System) -> Tombstone:
    """Delete a report whose day has come.

    Raises:
        NotDue: it has not.
        Stopped: words that nobody has read, work that is not finished, or the law keep it.
    """
    report = locked(report)
    require(by, "desks.lead", report.desk)
    if why := stop(report):
        raise Stopped(why)
    day = _schedule(report)
    if day is None or day > timezone.localdate():
        raise NotDue
    return _erase(report, due=day, by=by)


@transaction.atomic
def erase_on_request(report: Report, *, by: User | System) -> Tombstone:
    """Delete a report at once, since its reporter asks for it and a supervisor agrees.

    Raises:
        NotPossible: nobody has asked.
        Stopped: the law keeps it, or the reporter has written words that nobody has read.
    """
    report = locked(report)
    require(by, "desks.lead", report.desk)
    if report.deletion_asked_at is None:
        raise NotPossible
    if (why := stop(report)) and why != Stop.OPEN:
        raise Stopped(why)
    return _erase(report, due=None, by=by)


def _erase(report: Report, *, due: date | None, by: User | System) -> Tombstone:
    """Rows, keys, texts and files, and what was made of them; the files when all the rest is certain."""
    outcome = outcome_of(report)
    rules = RetentionRule.objects.approved()
    rule = ruling(rules, country=report.desk.country_id, outcome=outcome, on=timezone.localdate()).rule
    key = Key.objects.select_for_update().get(pk=report.key_id)  # nothing is added to it from here on
    report.duplicates.update(duplicate_of=None)
    stone = Tombstone.objects.create(
        reference=report.reference,
        desk=report.desk,
        received=month_of(report),
        outcome=outcome,
        rule=rule if due else None,
        on_request=due is None,
        due=due,
        envelopes=key.envelopes.count(),
        files=key.files.count(),
    )
    _count(report, outcome)
    record("report.erased", report, by=by, proof=stone.pk, envelopes=stone.envelopes, files=stone.files)
    report.delete()
    destroy(key, by=by)
    return stone


def _count(report: Report, outcome: str) -> None:
    if report.is_test:
        return
    now = timezone.now()
    tally, _made = Tally.objects.get_or_create(
        desk=report.desk,
        month=month_of(report),
        channel=report.channel,
        outcome=outcome,
        danger=report.danger,
        triage=triage_kept(report, now),
        answer=answer_kept(report, now),
    )
    Tally.objects.filter(pk=tally.pk).update(number=F("number") + 1)


def month_of(report: Report) -> date:
    """The first day of the month in which it was received."""
    return timezone.localdate(report.received_at).replace(day=1)


def locked(report: Report) -> Report:
    """The report as it is now, which nobody else changes until the transaction ends."""
    return Report.objects.select_for_update(of=["self"]).select_related("desk").get(pk=report.pk)
