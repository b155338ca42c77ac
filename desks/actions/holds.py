"""The law holds a report: a supervisor says so and why, and says when it does no longer."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from desks.actions.retention import locked, schedule
from desks.errors import NotPossible
from desks.models import Hold, Report
from desks.states import EnvelopePurpose
from victor.access import require
from victor.accounts.models import User
from victor.audit.actions import record
from victor.vault.actions import write
from victor.vault.keys import Opened, private_of


@transaction.atomic
def hold(report: Report, reason: str, *, by: Opened) -> Hold:
    """Keep a report from being deleted. Why, goes into the vault with it.

    Raises:
        NoGrant: the person leads the desk, but their key does not open its reports.
    """
    report = locked(report)
    require(by.person, "desks.lead", report.desk)
    with private_of(report.key, by=by):
        pass
    envelope = write(report.key, {"text": reason}, purpose=EnvelopePurpose.NOTE, by=by.person)
    made = Hold.objects.create(report=report, reason=envelope, by=by.person)
    Report.objects.filter(pk=report.pk).update(hold=True, erase_on=None)
    record("report.held", report, by=by.person, hold=made.pk)
    return made


@transaction.atomic
def lift_hold(held: Hold, *, by: User) -> Hold:
    """End a hold. Where it was the last, the report is deleted by the rules again, in thirty days at the soonest.

    Raises:
        NotPossible: it is lifted.
    """
    report = locked(held.report)
    require(by, "desks.lead", report.desk)
    held = Hold.objects.select_for_update().get(pk=held.pk)
    if held.lifted_at:
        raise NotPossible
    held.lifted_by, held.lifted_at = by, timezone.now()
    held.save(update_fields=["lifted_by", "lifted_at"])
    record("report.hold_lifted", report, by=by, hold=held.pk)
    if not report.holds.open().exists():
        Report.objects.filter(pk=report.pk).update(hold=False)
        schedule(report)
    return held
