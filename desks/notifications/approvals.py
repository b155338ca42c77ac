"""One authority that is not told: somebody gives a reason, and the lead decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from desks.cases.errors import CaseMoveNotPossible, NeedsWords, NotTheAsker
from desks.cases.locks import save_case
from desks.notifications.actions import lock_notification
from desks.notifications.models import Notification
from desks.notifications.states import NotificationState, StepKind
from desks.notifications.timeline import add_step
from victor.access import account_of, require
from victor.audit.actions import record
from victor.vault.keys.keyring import update_stamped

if TYPE_CHECKING:
    from victor.access import Actor


@transaction.atomic
def allow_exception(notification: Notification, words: str, *, by: Actor) -> Notification:
    """The lead agrees that this authority is not told, and says why. Its clock ends.

    Raises:
        PermissionDenied: `by` does not lead the case.
        CaseMoveNotPossible: nobody asks for it.
        NotTheAsker: whoever asked does not decide.
        NeedsWords: there is no reason.
    """
    return _settle(notification, NotificationState.EXCUSED, StepKind.EXCUSED, words, by=by)


@transaction.atomic
def refuse_exception(notification: Notification, words: str, *, by: Actor) -> Notification:
    """The lead does not agree: this authority is told. Its clock has never stopped.

    Raises:
        PermissionDenied, CaseMoveNotPossible, NotTheAsker, NeedsWords: as above.
    """
    return _settle(notification, NotificationState.OPEN, StepKind.REFUSED, words, by=by)


def _settle(
    notification: Notification, state: NotificationState, kind: StepKind, words: str, *, by: Actor
) -> Notification:
    case, row = lock_notification(notification, by=by)
    require(by, "desks.lead_case", case)
    if row.state != NotificationState.ASKED:
        raise CaseMoveNotPossible
    asked = row.steps.filter(kind=StepKind.ASKED).last()
    if asked is None or asked.author is None or asked.author == account_of(by):
        raise NotTheAsker
    if not words.strip():
        raise NeedsWords
    row.state = state
    update_stamped(row, "state")
    add_step(case, row, kind, {"text": words}, by=by)
    save_case(case)
    if state == NotificationState.EXCUSED:
        record("case.exception_allowed", case, by=by, kind=row.kind, asked_by=asked.author_id)
    else:
        record("case.exception_refused", case, by=by, kind=row.kind, asked_by=asked.author_id)
    return row
