"""Who may? Those who work at a case's desk; where it is restricted, only the people named in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules

from desks.desk.rules import leads, works_at

if TYPE_CHECKING:
    from desks.cases.models import Case
    from victor.accounts.models import User


def is_named(user: User, case: Case) -> bool:
    """Whether a case is not restricted, or this person is named in it."""
    group = case.restricted_group
    return group is None or group.members.filter(user=user).exists()


@rules.predicate
def works_on(user: User, case: Case | None = None) -> bool:
    """Works at the desk of this case and may read it; without one: works at any desk."""
    return works_at(user) if case is None else works_at(user, case.desk) and is_named(user, case)


@rules.predicate
def supervises(user: User, case: Case | None = None) -> bool:
    """Supervises the desk of this case and may read it; without one: supervises any desk."""
    return leads(user) if case is None else leads(user, case.desk) and is_named(user, case)


@rules.predicate
def is_lead(user: User, case: Case | None = None) -> bool:
    """Is the lead of this case; where nobody is named, all supervisors of its desk are."""
    if case is None:
        return leads(user)
    return supervises(user, case) and case.lead_id in {None, user.pk}


rules.add_perm("desks.work_on_case", works_on)
rules.add_perm("desks.supervise_case", supervises)
rules.add_perm("desks.lead_case", is_lead)
