"""A desk with its keys and its people, and cases as somebody would have opened them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from desks.cases import actions
from desks.cases.actions import NewCase
from desks.cases.code_lists import AgeBasis, Answer, Block, CaseSource
from desks.cases.models import Case
from desks.reports.states import Risk
from partners.memberships.states import Role
from tests.desks.inbox.inbox_desks import InboxDesk
from tests.people import person
from tests.vault.people import open_vault
from victor.access import System
from victor.accounts.models import User
from victor.vault.groups import actions as groups_actions
from victor.vault.keys.keyring import UnlockedVault

PORTAL = System("test")
NAME = {"given": "Ioana", "family": "Zamfirescu"}
REASON = "She is afraid of the man outside"


def new_case(**given: Any) -> NewCase:
    """What is said of a child where a case is opened."""
    facts: dict[str, Any] = {
        "source": CaseSource.ENQUIRY,
        "language": "ro",
        "age_basis": AgeBasis.PRESUMED,
        "unaccompanied": Answer.UNKNOWN,
        "family_may_be_involved": Answer.UNKNOWN,
        "risk": Risk.MEDIUM,
        "reason": REASON,
        "limits_told": True,
        "child": {Block.IDENTITY: NAME},
    }
    return NewCase(**facts | given)


class CaseDesk(InboxDesk):
    """A desk with two workers, two supervisors who are recovery officers, and cases."""

    def __init__(self, slug: str = "smile", **fields: Any) -> None:
        super().__init__(slug, **fields)
        self.boss = open_vault(person(Role.SUPERVISOR, self.organisation))
        groups_actions.admit_member(self.desk.group, self.boss.person, by=self.anna)
        for supervisor in (self.chief, self.boss):
            groups_actions.add_recovery_officer(self.desk.group, supervisor.person, by=self.anna)

    def case(self, *, worker: User | None = None, by: UnlockedVault | None = None, **given: Any) -> Case:
        """A case that a worker has opened."""
        opener = (by or self.anna).person
        return actions.open_case(self.desk, new_case(**given), worker=worker or opener, by=opener)

    def page(self, case: Case, rest: str = "") -> str:
        """Where a case of this desk is opened."""
        return f"{self.url}cases/{case.reference}/{rest}"


def again(case: Case) -> Case:
    """The case as it is now."""
    return Case.objects.get(pk=case.pk)


def in_days(days: int) -> Any:
    """A moment so many days from now."""
    return timezone.now() + timedelta(days=days)


def end_first_clock(case: Case) -> None:
    """What an assessment does to the case when it is signed: the clock of the first one ends."""
    Case.objects.filter(pk=case.pk).update(risk_assessed_at=timezone.now())
