"""Interpreters of children, as somebody would have written them down."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from desks.cases.models import Case
from desks.interpreters import actions
from desks.interpreters.actions import InterpreterFacts
from desks.interpreters.models import Interpreter
from desks.interpreters.states import InterpreterWay
from victor.accounts.models import User

HOUR = timedelta(hours=1)
WORDS = {"name": "Irina Munteanu", "contact": "0888 2", "reason": "Lives in another town"}


def an_interpreter(
    case: Case, *, by: User, booked_for: datetime | None = None, words: dict[str, str] | None = None, **given: Any
) -> Interpreter:
    """Somebody who interprets, without a tie to the family and not vetted unless told otherwise."""
    facts: dict[str, Any] = {"language": "ro", "way": InterpreterWay.VIDEO, "tie_excluded": True} | given
    shown = WORDS if words is None else words
    return actions.record_interpreter(case, InterpreterFacts(**facts), shown, booked_for=booked_for, by=by)
