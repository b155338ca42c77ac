"""What runs by the clock: answers that did not come, consents and days that have ended, what was not confirmed."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from desks.referrals import emergencies, revocations
from desks.referrals.alerts import people_to_tell
from desks.referrals.code_lists import CONFIRM_HOURS
from desks.referrals.errors import ReferralMoveNotPossible
from desks.referrals.models import Referral, ReferralReminder
from desks.referrals.states import READABLE, SHARED, UNANSWERED, ReferralKind, RevokeReason
from desks.reports import emails as reports_emails
from victor.access import System
from victor.audit.actions import record
from victor.vault.errors import Unopenable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

CLOCK = System("clock")
REMINDER_DAYS = (30, 7, 1)


@shared_task(name="desks.periodic.watch_referrals")
def watch_referrals() -> int:
    """Call for emergencies that nobody was called for, and end what is over; return how many referrals have ended."""
    _each(Referral.objects.emergencies_without_alarm(), lambda row: emergencies.call_duty(row, by=CLOCK))
    now = timezone.now()
    expired = _each(Referral.objects.unanswered_since(now), lambda row: revocations.expire_referral(row, by=CLOCK))
    ended = _each(Referral.objects.ended_by(now), lambda row: revocations.end_referral(row, by=CLOCK))
    return expired + ended + _end_unfounded() + _end_unconfirmed()


def _end_unfounded() -> int:
    """End what rests on a consent that has ended."""
    offered = Referral.objects.of_cases().filter(state__in=sorted(UNANSWERED | READABLE))
    rows = offered.select_related("from_desk__country").prefetch_related("consents", "bases")
    unfounded = [row for row in rows if revocations.is_basis_gone(row)]
    return _each(unfounded, lambda row: revocations.revoke_referral(row, RevokeReason.CONSENT_EXPIRED, by=CLOCK))


def _end_unconfirmed() -> int:
    """End an emergency sharing that no second person has confirmed within a day."""
    limit = timezone.now() - timedelta(hours=CONFIRM_HOURS)
    late = Referral.objects.filter(
        kind=ReferralKind.EMERGENCY, state__in=sorted(UNANSWERED | READABLE), sent_at__lte=limit
    )
    unconfirmed = late.exclude(bases__second__isnull=False)
    return _each(unconfirmed, lambda row: emergencies.end_unconfirmed(row, by=CLOCK))


def _each(referrals: Iterable[Referral], act: Callable[[Referral], object]) -> int:
    """Act on each in a transaction of its own; somebody who was faster has done it already."""
    count = 0
    for referral in list(referrals):
        with suppress(ReferralMoveNotPossible, Unopenable, Referral.DoesNotExist):
            act(referral)
            count += 1
    return count


@shared_task(name="desks.periodic.remind_of_ends")
def remind_of_ends() -> int:
    """Tell both desks thirty days, seven and one before an access ends, once each; return how many were told."""
    now, count = timezone.now(), 0
    soon = Referral.objects.of_cases().filter(state__in=sorted(SHARED), expires_at__gt=now)
    for referral in soon.filter(expires_at__lte=now + timedelta(days=max(REMINDER_DAYS))).select_related(
        "case__worker", "to_desk", "from_desk"
    ):
        if referral.expires_at is not None:
            count += _remind(referral, (referral.expires_at - now).days + 1)
    return count


def _remind(referral: Referral, days_left: int) -> bool:
    """Note the reminders that are due, and send one mail to each of the people, however many there are."""
    people = {*people_to_tell(referral.to_desk)}
    people |= (
        {referral.case.worker} if referral.case and referral.case.worker else {*people_to_tell(referral.from_desk)}
    )
    alerts = reports_emails.compose_alerts(people)
    with transaction.atomic():
        rows = [
            ReferralReminder.objects.get_or_create(referral=referral, days=days)
            for days in REMINDER_DAYS
            if days_left <= days
        ]
        is_new = any(created for _row, created in rows)
        for alert in alerts.values() if is_new else ():
            alert.send()
        if is_new:
            record("referral.end_near", referral, by=CLOCK, days=days_left)
    return is_new
