from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, Max, OuterRef, Q, Value
from django.db.models.functions import Replace

from desks.desk.rules import organisations_with_desk_role
from desks.reports.deadlines import EscalationStep
from desks.reports.states import OPEN_STATES, Channel, Deadline, EscalationLevel, Risk, Voice

if TYPE_CHECKING:
    from desks.desk.models import Desk
    from victor.accounts.models import User

# For which reports a deadline is open, and from when: the rules of `desks/reports/deadlines.py`.
DEADLINE_IS_OPEN = {
    Deadline.READ: Q(state__in=OPEN_STATES, danger=True, read_at=None),
    Deadline.TRIAGE: Q(state__in=OPEN_STATES, triaged_at=None),
    Deadline.ANSWER: Q(state__in=OPEN_STATES, answered_at=None, channel=Channel.WEB),
    Deadline.WORDS: Q(unread_since__isnull=False),
}
DEADLINE_START_FIELD = {
    deadline: "unread_since" if deadline == Deadline.WORDS else "received_at" for deadline in Deadline
}


class ReportQuerySet(models.QuerySet):
    """What can be asked of reports."""

    def visible_to(self, user: User) -> Self:
        """Those of the desks where the person works. Nobody else has a way to them, not the coordinators either."""
        return self.filter(desk__organisation__in=organisations_with_desk_role(user))

    def open(self) -> Self:
        """Those without an outcome."""
        return self.filter(state__in=OPEN_STATES)

    def with_last_exchange(self) -> Self:
        """With when reporter or desk said something to the other for the last time."""
        return self.annotate(last_words=Max("messages__written_at", filter=~Q(messages__voice=Voice.NOTE)))

    def needing_work(self) -> Self:
        """Those that somebody has to do something about: without an outcome, or with new words of the reporter."""
        return self.filter(Q(state__in=sorted(OPEN_STATES)) | Q(due_at__isnull=False))

    def named_like(self, text: str) -> Self:
        """Those whose reference has this in it: any part, in any case, with or without hyphens and blanks."""
        part = "".join(sign for sign in text if sign.isalnum())
        plain = Replace("reference", Value("-"), Value(""))
        return self.annotate(plain_reference=plain).filter(plain_reference__icontains=part)

    def pinned(self) -> Self:
        """Those that stay on top although nothing is due: open danger, and those whose reporter asks for deletion."""
        danger = Q(state__in=sorted(OPEN_STATES)) & (Q(danger=True) | Q(risk=Risk.DANGER))
        asked = Q(deletion_asked_at__isnull=False)
        return self.filter(danger | asked, due_at=None).order_by("-danger", "deletion_asked_at", "-received_at")

    def for_inbox(self) -> Self:
        """With what a row shows. Nothing of what was written: that is in the vault."""
        return self.select_related("country", "assignee").defer("receipt_digest")

    def needing_escalation(self, step: EscalationStep, desk: Desk, now: datetime) -> Self:
        """Those of a desk whose deadline has been open so long that a level has to be notified, and was not."""
        start_field = DEADLINE_START_FIELD[step.deadline]
        notified = apps.get_model("desks.Escalation").objects.filter(
            report=OuterRef("pk"), deadline=step.deadline, level=step.level, since=OuterRef(start_field)
        )
        late = self.filter(DEADLINE_IS_OPEN[step.deadline], desk=desk, **{f"{start_field}__lte": now - step.after})
        if step.danger is not None:
            late = late.filter(danger=step.danger)
        return late.filter(~Exists(notified)).order_by(start_field)


class EscalationQuerySet(models.QuerySet):
    """What can be asked of escalations."""

    def in_last_month(self, now: datetime) -> Self:
        """What was late in the last thirty days: the first alert of danger is no fault, and does not count."""
        return self.exclude(level=EscalationLevel.DESK).filter(notified_at__gt=now - timedelta(days=30))

    def by_desk(self) -> dict[int, int]:
        """How many there are at each desk."""
        counts = self.order_by().values_list("report__desk").annotate(number=models.Count("pk"))
        return dict(counts)
