"""What pages show of requests of the people concerned."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desks.cases.case_page import Reading, Written
from desks.cases.clocks import due_in_words
from desks.cases.closures import in_months
from desks.cases.models import today
from desks.cases.rules import supervises
from desks.subject_requests.clocks import MONTHS, RIGHTS
from desks.subject_requests.models import SubjectRequest, SubjectRequestStep
from desks.subject_requests.states import RightKind, SubjectDecision

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django_stubs_ext import StrOrPromise

    from desks.cases.sections import CaseReader
    from victor.accounts.models import User

PARTS_OF_WORDS = {"name": _("Name"), "contact": _("How to answer them safely"), "text": _("In their own words")}
# What to do for each kind of request before it is decided, and when it is granted.
GUIDANCE: dict[str, StrOrPromise] = {
    RightKind.ACCESS: _(
        "Print an extract for them, in their language. One of its parts lists who has read or received the record. "
        "Read it first: what would endanger the child, or is about others, may have to stay out."
    ),
    RightKind.RECTIFY: _("Correct what is wrong in the record itself. What was written before stays in the history."),
    RightKind.RESTRICT: _("If you grant it, the record is kept and nobody writes in it until a supervisor ends that."),
    RightKind.ERASE: _(
        "If you grant it in full, a closed case is deleted thirty days later, an open one thirty days after it is "
        "closed. Grant it in part if only some of it goes, and erase that by hand."
    ),
    RightKind.OBJECT: _("Say which use it is about, and end that use if nothing outweighs the objection."),
}


@dataclass(frozen=True)
class ShownStep:
    """What was done about a request, with its words."""

    row: SubjectRequestStep
    words: Written | None


@dataclass
class ShownRequest:
    """A request with its words, its steps, and what this reader may do."""

    row: SubjectRequest
    words: Written | None
    lines: Sequence[tuple[str, str]]
    due: str
    is_late: bool
    guidance: StrOrPromise
    may_extend: bool
    may_decide: bool
    steps: list[ShownStep] = field(default_factory=list)

    @property
    def is_printed(self) -> bool:
        """Whether an extract is what answers it."""
        return self.row.kind == RightKind.ACCESS and self.row.decision != SubjectDecision.REFUSED


def requests_of_case(reader: CaseReader) -> list[ShownRequest]:
    """What people asked, the newest first."""
    related = ("author", "decided_by", "envelope__key")
    rows = list(SubjectRequest.objects.filter(case=reader.case).select_related(*related))
    steps = list(SubjectRequestStep.objects.filter(case=reader.case).select_related("author", "envelope__key"))
    reading = Reading(reader, [*rows, *steps])
    is_supervisor = bool(supervises(reader.user, reader.case))
    shown = {row.pk: _request(row, reading, reader.user, is_supervisor=is_supervisor) for row in rows}
    for step in steps:
        shown[step.request_id].steps.append(ShownStep(step, reading.of(step)))
    return list(shown.values())


def _request(row: SubjectRequest, reading: Reading, user: User, *, is_supervisor: bool) -> ShownRequest:
    now, words = timezone.now(), reading.of(row)
    content = words.content if words and not words.is_damaged else {}
    return ShownRequest(
        row=row,
        words=words,
        lines=[(str(label), str(content[name])) for name, label in PARTS_OF_WORDS.items() if content.get(name)],
        due=due_in_words(RIGHTS, row.due_at, now) if row.is_open else "",
        is_late=row.is_open and row.due_at <= now,
        guidance=GUIDANCE[row.kind],
        may_extend=row.is_open and not row.is_extended and today() <= in_months(row.received_on, MONTHS),
        may_decide=row.is_open and is_supervisor and row.author_id != user.pk,
    )
