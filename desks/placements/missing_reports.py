"""A child is missing: that is written down at once, the police is told, others are told, and the child is back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from desks.cases.actions import compose_risk_alerts
from desks.cases.errors import InTheFuture
from desks.cases.locks import lock_row, lock_running_case, save_case
from desks.cases.states import CasePurpose, EntryKind
from desks.cases.timeline import add_entry, seal_words
from desks.placements.actions import end_place, lock_place
from desks.placements.check_ins import lock_due, schedule_check_in, settle_check_in
from desks.placements.errors import BeforeMissing, ChildIsMissing
from desks.placements.models import MissingReport, MissingStep
from desks.placements.states import MISSING_STATES, WATCH, CheckInState, Contact, MissingState
from desks.reports.states import Risk
from victor.access import Actor, account_of
from victor.audit.actions import record
from victor.vault.keys.keyring import save_stamped, update_stamped

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from desks.cases.models import Case
    from desks.notifications.states import Channel
    from victor.vault.records.models import Envelope


@transaction.atomic
def report_missing(case: Case, words: Mapping[str, object], *, noticed_at: datetime, by: Actor) -> MissingReport:
    """The child is not there. The risk is "danger now" from this moment on, and the lead is told at once.

    Raises:
        InTheFuture: the moment has not come.
        ChildIsMissing: it is written down already.
    """
    alerts = compose_risk_alerts(case, Risk.DANGER)
    case = lock_running_case(case, by=by)
    if noticed_at > timezone.now():
        raise InTheFuture
    if MissingReport.objects.running().filter(case=case).exists():
        raise ChildIsMissing
    place = lock_place(case)
    for check_in in lock_due(place) if place else ():
        check_in.author = account_of(by)
        settle_check_in(check_in, CheckInState.ABSENT, timezone.now())
    row = MissingReport(case=case, placement=place, noticed_at=noticed_at, author=account_of(by))
    row.envelope = _seal(case, words, by=by)
    save_stamped(row)
    is_new_danger = case.risk != Risk.DANGER
    if is_new_danger:
        case.risk, case.risk_at = Risk.DANGER, timezone.now()
        add_entry(case, EntryKind.RISK, by=by, code=Risk.DANGER)
    save_case(case, "risk", "risk_at")
    add_entry(case, EntryKind.MISSING, by=by, code=MissingState.NOTICED)
    for alert in alerts.values() if is_new_danger else ():
        alert.send()
    record("case.child_missing", case, by=by)
    return row


@transaction.atomic
def record_told(
    report: MissingReport, contact: Contact, words: Mapping[str, object], *, how: Channel, by: Actor
) -> MissingStep:
    """Somebody was told of the missing child, or asked again. `words`: what was said, the number that they gave.

    Raises:
        CaseMoveNotPossible: the child is back.
    """
    case, row = lock_missing(report, by=by)
    step = _add_step(case, row, contact, words, how=how, by=by)
    if contact == Contact.POLICE:
        is_first = row.state == MissingState.NOTICED
        row.state, row.called_at = MissingState.REPORTED, step.made_at
        update_stamped(row, "state", "called_at")
        if is_first:
            add_entry(case, EntryKind.MISSING, by=by, code=MissingState.REPORTED)
    save_case(case)
    record("case.missing_reported", case, by=by, contact=str(contact), how=str(how))
    return step


@transaction.atomic
def record_return(
    report: MissingReport, words: Mapping[str, object], *, returned_at: datetime, is_same_place: bool, by: Actor
) -> MissingReport:
    """The child is back. At the same place a new watch of 72 hours begins; elsewhere the place ends.

    The risk stays as it is: who lowers it assesses it first.

    Raises:
        CaseMoveNotPossible: it is written down already.
        InTheFuture, BeforeMissing: the moment has not come, or is before the child was missed.
    """
    case, row = lock_missing(report, by=by)
    if returned_at > timezone.now():
        raise InTheFuture
    if returned_at < row.noticed_at:
        raise BeforeMissing
    _add_step(case, row, Contact.BACK, words, by=by)
    row.state, row.returned_at = MissingState.RETURNED, returned_at
    update_stamped(row, "state", "returned_at")
    place = lock_place(case)
    if place is not None and is_same_place:
        place.watch_until = returned_at + WATCH
        update_stamped(place, "watch_until")
        schedule_check_in(place, timezone.now())
    elif place is not None:
        end_place(place, max(row.noticed_at, place.since))
    save_case(case)
    add_entry(case, EntryKind.MISSING, by=by, code=MissingState.RETURNED)
    record("case.child_returned", case, by=by, same_place=is_same_place)
    return row


def lock_missing(report: MissingReport, *, by: Actor) -> tuple[Case, MissingReport]:
    """A case on which the desk works, and its report of a child who is not back, as they are now.

    Raises:
        PermissionDenied, NotAKeyHolder, CaseMoveNotPossible: as `lock_running_case` does; or the child is back.
    """
    case = lock_running_case(report.case, by=by)
    return case, lock_row(report, case, *MISSING_STATES)


def _add_step(
    case: Case,
    row: MissingReport,
    contact: Contact,
    words: Mapping[str, object],
    *,
    how: Channel | None = None,
    by: Actor,
) -> MissingStep:
    step = MissingStep(case=case, report=row, kind=contact, how=how or "", author=account_of(by))
    step.envelope = _seal(case, words, by=by)
    save_stamped(step)
    return step


def _seal(case: Case, words: Mapping[str, object], *, by: Actor) -> Envelope | None:
    spoken = {name: value for name, value in words.items() if value}
    return seal_words(case, spoken, CasePurpose.MISSING, by=by) if spoken else None
