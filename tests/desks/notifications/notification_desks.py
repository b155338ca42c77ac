"""Children who are presumed victims, and the authorities that have to be told of them."""

from __future__ import annotations

from typing import Any

from desks.cases import decisions
from desks.cases.models import Case, today
from desks.cases.states import VictimStatus
from desks.notifications import actions
from desks.notifications.models import Notification
from desks.notifications.states import AuthorityKind, Channel
from tests.desks.cases.case_desks import CaseDesk
from victor.accounts.models import User

NAME = "Consulate of Romania"
WORDS = {"number": "1234/26", "text": "Spoke with the officer on duty"}


def presume(here: CaseDesk, case: Case) -> Case:
    """A supervisor has presumed that the child is a victim."""
    decisions.record_status(case, VictimStatus.PRESUMED, "Signs", by=here.chief.person)
    case.refresh_from_db()
    return case


def added(case: Case, *, by: User, kind: AuthorityKind = AuthorityKind.CONSULATE) -> Notification:
    """An authority that somebody has added by hand."""
    return actions.add_authority(case, kind, NAME, by=by)


def send(row: Notification, *, by: User, **given: Any) -> Notification:
    """An authority was told, today by telephone."""
    facts = {"sent_on": today(), "how": Channel.TELEPHONE} | given
    return actions.record_sent(row, WORDS, by=by, **facts)
