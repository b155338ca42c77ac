"""Assessments as somebody would have written them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from desks.assessments import actions
from desks.assessments.models import Assessment
from desks.assessments.states import AssessmentKind
from desks.cases.models import Case, today
from desks.reports.states import Risk
from tests.desks.cases.case_desks import again
from victor.accounts.models import User

WORDS = {
    "child_view": "She wants to stay near her sister",
    "means": "Drawing, with an interpreter",
    "child": "No injuries seen",
    "home": "An aunt, and the sister",
    "surroundings": "A man waits outside the school",
    "options": "With the aunt; in a foster family",
    "body": "Court of first instance",
    "decided_on": "2026-11-20",
    "reason": "The aunt is able and was checked",
}


def in_month(days: int = 30) -> date:
    """A day that can be set for the next assessment."""
    return today() + timedelta(days=days)


def draft(case: Case, kind: AssessmentKind, *, by: User, seen: Any = None, **words: str) -> Assessment:
    """A text that is being written."""
    return actions.save_draft(case, kind, {"reason": "Begun"} | words, seen=seen, by=by)


def finish(case: Case, kind: AssessmentKind, *, by: User, risk: Risk | None = None, **given: Any) -> Assessment:
    """A signed assessment; of a risk, by default as high as it is."""
    words = WORDS | given.pop("words", {})
    if kind == AssessmentKind.RISK:
        risk = risk or Risk(again(case).risk)
    facts = {"next_on": in_month(), "seen": None} | given
    return actions.finish_assessment(case, kind, words, risk=risk, by=by, **facts)
