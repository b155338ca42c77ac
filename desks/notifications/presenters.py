"""What pages show of the authorities that have to be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from desks.cases.case_page import Reading, Written
from desks.cases.clocks import due_in_words
from desks.cases.rules import is_lead
from desks.notifications.authorities import authorities_of
from desks.notifications.clocks import NOTIFY
from desks.notifications.models import Notification, NotificationStep
from desks.notifications.states import WAITING_STATES, AuthorityKind, NotificationState, StepKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from desks.cases.models import Case
    from desks.cases.sections import CaseReader
    from partners.directory.models import Country
    from victor.accounts.models import User


@dataclass(frozen=True)
class ShownStep:
    """What was done about a notification, with its words."""

    row: NotificationStep
    words: Written | None
    number: str


@dataclass(frozen=True)
class ShownNotification:
    """An authority, with what is known of it, until when it is told, and what was done."""

    row: Notification
    name: str
    steps: Sequence[ShownStep]
    due: str
    is_late: bool
    may_decide: bool

    @property
    def may_send(self) -> bool:
        """Whether it can be recorded that it was told."""
        return self.row.state != NotificationState.SENT

    @property
    def may_ask(self) -> bool:
        """Whether somebody can ask that it is not told."""
        return self.row.state == NotificationState.OPEN

    @property
    def may_confirm(self) -> bool:
        """Whether it has been told and has not confirmed it."""
        return self.row.state == NotificationState.SENT and not self.row.receipt


@dataclass(frozen=True)
class AuthoritiesOfCase:
    """The section of a case's page."""

    country: Country
    rows: Sequence[ShownNotification]
    has_list: bool
    is_list_open: bool


def authorities_of_case(reader: CaseReader) -> AuthoritiesOfCase:
    """The authorities of a case, the first first."""
    case, now = reader.case, timezone.now()
    rows = list(Notification.objects.filter(case=case).select_related("author", "authority", "envelope__key"))
    steps = list(NotificationStep.objects.filter(notification__in=rows).select_related("author", "envelope__key"))
    reading = Reading(reader, [*rows, *steps])
    listed = set(authorities_of(case.desk.country).values_list("pk", flat=True))
    missing = listed - {row.authority_id for row in rows}
    return AuthoritiesOfCase(
        country=case.desk.country,
        rows=[_shown(row, steps, reading, reader.user, now) for row in rows],
        has_list=bool(listed),
        is_list_open=bool(missing) and case.presumed_at is not None,
    )


def _shown(
    row: Notification, steps: list[NotificationStep], reading: Reading, user: User, now: datetime
) -> ShownNotification:
    own = [step for step in steps if step.notification_id == row.pk]
    is_waiting = row.state in WAITING_STATES
    asked = next((step for step in reversed(own) if step.kind == StepKind.ASKED), None)
    is_asked = row.state == NotificationState.ASKED and asked is not None and asked.author_id != user.pk
    return ShownNotification(
        row=row,
        name=name_of(row, reading.of(row)),
        steps=[_step(step, reading) for step in own],
        due=due_in_words(NOTIFY, row.due_at, now) if is_waiting else "",
        is_late=is_waiting and row.due_at <= now,
        may_decide=is_asked and bool(is_lead(user, row.case)),
    )


def name_of(row: Notification, words: Written | None) -> str:
    """How an authority is called; only its kind where its name is locked."""
    if row.authority is not None:
        return str(row.authority)
    if words is not None and not words.is_locked and not words.is_damaged:
        return str(words.content.get("name", ""))
    return str(AuthorityKind(row.kind).label)


def _step(row: NotificationStep, reading: Reading) -> ShownStep:
    words = reading.of(row)
    return ShownStep(row, words, str(words.content.get("number", "")) if words else "")


def languages_of(case: Case) -> list[tuple[str, str]]:
    """The languages in which a letter can be made: those of the country first."""
    names = dict(settings.CONTENT_LANGUAGES)
    first = [code for code in case.desk.country.languages if code in names]
    return [(code, names[code]) for code in [*first, *(code for code in names if code not in first)]]
