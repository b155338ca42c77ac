"""Who may? A desk is worked by the workers and supervisors of its organisation; its keys are another matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules

from partners.memberships.rules import is_coordinator, memberships_of, organisations_of
from partners.memberships.states import Role

if TYPE_CHECKING:
    from desks.desk.models import Desk
    from victor.accounts.models import User


def organisations_with_desk_role(user: User) -> list[int]:
    """The organisations at whose desks a person works."""
    roles = {Role.WORKER, Role.SUPERVISOR}
    return [membership.organisation_id for membership in memberships_of(user) if membership.role in roles]


@rules.predicate
def works_at(user: User, desk: Desk | None = None) -> bool:
    """Works at this desk; without one: at any."""
    return (
        bool(organisations_with_desk_role(user))
        if desk is None
        else desk.organisation_id in organisations_with_desk_role(user)
    )


@rules.predicate
def leads(user: User, desk: Desk | None = None) -> bool:
    """Supervises this desk; without one: any."""
    led = organisations_of(user, supervising=True)
    return bool(led) if desk is None else desk.organisation_id in led


rules.add_perm("desks.work", works_at)


rules.add_perm("desks.lead", leads)


rules.add_perm("desks.oversee", is_coordinator)


rules.add_perm("desks.see_counters", works_at | is_coordinator)


EDITED = ["desk", "openinghours", "closure"]


rules.add_perm("desks", is_coordinator)


for model in EDITED:
    for verb in ("view", "add", "change", "delete"):
        rules.add_perm(f"desks.{verb}_{model}", is_coordinator)
