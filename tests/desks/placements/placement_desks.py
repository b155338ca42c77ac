"""Children at a new place, and children who are missing, as somebody would have written it down."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from desks.cases.models import Case
from desks.notifications.states import Channel
from desks.placements import actions, missing_reports
from desks.placements.models import MissingReport, MissingStep, Placement
from desks.placements.states import Contact, PlaceKind
from victor.accounts.models import User

HOUR = timedelta(hours=1)
WORDS = {
    "address": "Acacia Street 7",
    "carers": "Mrs Petrova, by night 0888 1",
    "leaving_signs": "A man waits outside",
    "description": "Tall, a scar on the left hand",
}
SEEN = {"last_seen": "At the bus stop, by the cook", "clothes": "Red jacket"}


def placed(case: Case, *, by: User, kind: PlaceKind = PlaceKind.SHELTER, **given: Any) -> Placement:
    """The child has just come to a place."""
    facts = {"words": WORDS, "since": timezone.now()} | given
    return actions.place_child(case, kind, by=by, **facts)


def missed(case: Case, *, by: User, **given: Any) -> MissingReport:
    """Somebody notices that the child is not there."""
    facts = {"words": SEEN, "noticed_at": timezone.now()} | given
    return missing_reports.report_missing(case, by=by, **facts)


def told(report: MissingReport, *, by: User, contact: Contact = Contact.POLICE) -> MissingStep:
    """Somebody was called: by default the police."""
    words = {"number": "77/26", "text": "Officer on duty"}
    return missing_reports.record_told(report, contact, words, how=Channel.TELEPHONE, by=by)


def returned(report: MissingReport, *, by: User, is_same_place: bool = True) -> MissingReport:
    """The child is back, now."""
    facts = {"returned_at": timezone.now(), "is_same_place": is_same_place}
    return missing_reports.record_return(report, {"text": "Came by bus"}, by=by, **facts)
