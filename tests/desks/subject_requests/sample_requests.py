"""Requests of people concerned, as a worker has received them."""

from __future__ import annotations

from typing import Any

from desks.cases.models import Case, today
from desks.subject_requests import actions
from desks.subject_requests.actions import RequestFacts
from desks.subject_requests.models import SubjectRequest
from desks.subject_requests.states import Requester, RightKind, SubjectDecision
from tests.desks.cases.case_desks import CaseDesk, again

WORDS = {"name": "Maria Ioannou", "text": "Delete what the teacher said"}


def received(here: CaseDesk, case: Case, kind: RightKind = RightKind.RESTRICT, **given: Any) -> SubjectRequest:
    """A request that came today, by Anna."""
    facts = RequestFacts(**{"kind": kind, "requester": Requester.GUARDIAN, "received_on": today()} | given)
    return actions.receive_request(case, facts, WORDS, by=here.anna.person)


def granted(here: CaseDesk, case: Case, kind: RightKind = RightKind.RESTRICT) -> Case:
    """The case after its supervisor has granted such a request."""
    row = actions.check_identity(received(here, case, kind), "Known for a year", by=here.anna.person)
    actions.decide_request(row, SubjectDecision.GRANTED, "It is disputed", by=here.chief.person)
    return again(case)
