"""Authorities are listed, told, or somebody asks that one is not told. The portal itself sends nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from desks.cases.errors import CaseMoveNotPossible, InTheFuture, NeedsWords
from desks.cases.locks import lock_row, lock_running_case, save_case
from desks.cases.models import today
from desks.cases.states import CasePurpose, EntryKind
from desks.cases.timeline import add_entry, seal_words
from desks.notifications.authorities import authorities_of, kind_of
from desks.notifications.errors import NoList, NotPresumed
from desks.notifications.models import Notification
from desks.notifications.states import AuthorityKind, Channel, NotificationState, StepKind
from desks.notifications.timeline import add_step
from victor.access import Actor, account_of
from victor.audit.actions import record
from victor.vault.keys.keyring import save_stamped, update_stamped

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from desks.cases.models import Case


@transaction.atomic
def prepare_notifications(case: Case, *, by: Actor) -> list[Notification]:
    """Make a row for each authority of the country's list that has none, all with the times that run from one moment.

    Raises:
        NotPresumed: the child is not presumed a victim.
        NoList: the country has no list.
    """
    case = lock_running_case(case, by=by)
    if case.presumed_at is None:
        raise NotPresumed
    country = case.desk.country
    listed = list(authorities_of(country))
    if not listed:
        raise NoList
    there = set(Notification.objects.filter(case=case).values_list("authority", flat=True))
    rows = []
    for authority in (authority for authority in listed if authority.pk not in there):
        row = Notification(case=case, authority=authority, country=country, kind=kind_of(authority))
        hours = authority.within_hours or country.notify_hours
        row.due_at, row.author = case.presumed_at + timedelta(hours=hours), account_of(by)
        save_stamped(row)
        rows.append(row)
    save_case(case)
    record("case.authorities_listed", case, by=by, authorities=len(rows))
    return rows


def prepare_notifications_of_presumed(case: Case, by: Actor) -> None:
    """Begin the clocks of all authorities at the moment at which a child is presumed a victim."""
    if authorities_of(case.desk.country).exists():
        prepare_notifications(case, by=by)


@transaction.atomic
def add_authority(case: Case, kind: AuthorityKind, name: str, *, by: Actor) -> Notification:
    """Add an authority that is on no list: the consulate of a child from abroad, for example. Its name is sealed.

    Raises:
        NeedsWords: it has no name.
    """
    case = lock_running_case(case, by=by)
    if not name.strip():
        raise NeedsWords
    country, start = case.desk.country, case.presumed_at or timezone.now()
    envelope = seal_words(case, {"name": name}, CasePurpose.NOTIFICATION, by=by)
    row = Notification(case=case, envelope=envelope, country=country, kind=kind, author=account_of(by))
    row.due_at = start + timedelta(hours=country.notify_hours)
    save_stamped(row)
    save_case(case)
    record("case.authority_added", case, by=by, kind=str(kind))
    return row


@transaction.atomic
def record_sent(
    notification: Notification,
    words: Mapping[str, object],
    *,
    sent_on: date,
    how: Channel,
    receipt: bool = False,
    by: Actor,
) -> Notification:
    """An authority was told. `words`: what was said, the number that the authority gave.

    Raises:
        CaseMoveNotPossible: it was told already.
        InTheFuture: the day has not come.
    """
    case, row = lock_notification(notification, by=by)
    if row.state == NotificationState.SENT:
        raise CaseMoveNotPossible
    if sent_on > today():
        raise InTheFuture
    row.state, row.sent_on, row.how, row.receipt = NotificationState.SENT, sent_on, how, receipt
    update_stamped(row, "state", "sent_on", "how", "receipt")
    add_step(case, row, StepKind.SENT, words, by=by)
    save_case(case)
    add_entry(case, EntryKind.NOTIFIED, by=by, code=row.kind)
    record("case.authority_notified", case, by=by, kind=row.kind, how=str(how))
    return row


@transaction.atomic
def record_receipt(notification: Notification, words: Mapping[str, object], *, by: Actor) -> Notification:
    """An authority has confirmed that it was told.

    Raises:
        CaseMoveNotPossible: it was not told, or has confirmed already.
    """
    case, row = lock_notification(notification, by=by)
    if row.state != NotificationState.SENT or row.receipt:
        raise CaseMoveNotPossible
    row.receipt = True
    update_stamped(row, "receipt")
    add_step(case, row, StepKind.RECEIPT, words, by=by)
    save_case(case)
    record("case.receipt_recorded", case, by=by, kind=row.kind)
    return row


@transaction.atomic
def ask_exception(notification: Notification, reason: str, *, by: Actor) -> Notification:
    """Ask that an authority is not told. Until the lead agrees its clock runs on.

    Raises:
        CaseMoveNotPossible: it was told, or somebody has asked already.
        NeedsWords: there is no reason.
    """
    case, row = lock_notification(notification, by=by)
    if row.state != NotificationState.OPEN:
        raise CaseMoveNotPossible
    if not reason.strip():
        raise NeedsWords
    row.state = NotificationState.ASKED
    update_stamped(row, "state")
    add_step(case, row, StepKind.ASKED, {"text": reason}, by=by)
    save_case(case)
    record("case.exception_asked", case, by=by, kind=row.kind)
    return row


def lock_notification(notification: Notification, *, by: Actor) -> tuple[Case, Notification]:
    """A case on which the desk works, and a notification of it, as they are now.

    Raises:
        PermissionDenied, NotAKeyHolder, CaseMoveNotPossible: as `lock_running_case` does.
    """
    case = lock_running_case(notification.case, by=by)
    return case, lock_row(notification, case)
