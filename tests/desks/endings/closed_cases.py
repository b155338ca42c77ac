"""Cases as people would have closed them, in the middle of January 2027 where nothing else is said."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from desks.cases import closures
from desks.cases.closures import ClosureFacts
from desks.cases.code_lists import AgeBand, AgeBasis, ClosureOutcome, ClosureReason
from desks.cases.models import Case
from desks.cases.states import CaseMove
from desks.endings.periods import DEFAULT_CASE_DAYS
from desks.retention.models import RetentionRule
from partners.memberships.states import Role
from tests.desks.cases.case_desks import PORTAL, CaseDesk, again
from tests.desks.retention.deletable_reports import noon
from tests.people import organisation, person
from victor.vault.records import actions as records_actions
from victor.vault.records.actions import FileInfo

ADULT: dict[str, Any] = {"age_band": AgeBand.ADULT, "age_basis": AgeBasis.DOCUMENTED}
LAST_DAY = DEFAULT_CASE_DAYS  # of a case of an adult, in days after closing


def closed(
    here: CaseDesk, case: Case | None = None, outcome: ClosureOutcome = ClosureOutcome.FAMILY_REUNITED, **given: Any
) -> Case:
    """A case of a child who is an adult now, unless told otherwise, closed by two people."""
    case = case or here.case(**ADULT | given)
    facts = ClosureFacts(outcome, ClosureReason.GOALS, follow_up=False)
    words = {"text": "She lives with her aunt"}
    request = closures.ask_to_move(case, CaseMove.CLOSE, words, closure=facts, by=here.anna.person)
    closures.approve_move(request, by=here.chief.person)
    return again(case)


def reopened(here: CaseDesk, case: Case) -> Case:
    """The same case, in support again."""
    request = closures.ask_to_move(case, CaseMove.REOPEN, {"text": "She called"}, by=here.anna.person)
    closures.approve_move(request, by=here.chief.person)
    return again(case)


def with_file(case: Case) -> Case:
    """The case with a file in its record."""
    about = FileInfo("paper.pdf", "application/pdf")
    records_actions.write_file(case.key, [b"paper"], about=about, by=PORTAL)
    return case


def approved_rule(*, days: int, outcome: str = ClosureOutcome.FAMILY_REUNITED, country: Any = None) -> RetentionRule:
    """A rule that two coordinators have made."""
    one, two = (person(Role.COORDINATOR, organisation("coordinator")) for _number in range(2))
    given = {"starts": timezone.localdate(), "proposed_by": one, "approved_by": two, "approved_at": timezone.now()}
    return RetentionRule.objects.create(days=days, outcome=outcome, country=country, **given)


def day(days: int) -> date:
    """So many days after the middle of January 2027."""
    return (noon() + timedelta(days=days)).date()
