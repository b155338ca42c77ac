"""Who may? Trainers look after the seminars of their organisation, helpers let people in, coordinators see all."""

from __future__ import annotations

from typing import Any

import rules

from partners.memberships.rules import is_coordinator, memberships_of
from partners.memberships.states import Role


def organisations_of_trainer(user: Any) -> list[int]:
    """The organisations for which a person trains."""
    return [each.organisation_id for each in memberships_of(user) if each.role == Role.TRAINER]


@rules.predicate
def trains(user: Any, seminar: Any = None) -> bool:
    """Trains for the organisation that holds this seminar; without one: for any."""
    hosts = organisations_of_trainer(user)
    return bool(hosts) if seminar is None else seminar.organisation_id in hosts


@rules.predicate
def helps(user: Any, seminar: Any = None) -> bool:
    """Lets people in at this seminar, until a day after its end; without one: at any."""
    if not getattr(user, "is_authenticated", False):
        return False
    if seminar is not None:
        return not seminar.door_is_closed and bool(seminar.helpers.contains(user))
    if not hasattr(user, "_helps"):  # asked once a request
        user._helps = user.helped_seminars.with_open_door().exists()
    return bool(user._helps)


rules.add_perm("trainings.manage", is_coordinator | trains)


rules.add_perm("trainings.check_in", is_coordinator | trains | helps)


rules.add_perm("trainings.oversee", is_coordinator)


EDITED_MODELS = ["course", "module", "seminar", "session", "quota", "sessionmaterial"]
EDITED_MODELS += ["item", "questionnaire", "questionnaireitem"]


rules.add_perm("trainings", is_coordinator)


for model in EDITED_MODELS:
    for verb in ("view", "add", "change", "delete"):
        rules.add_perm(f"trainings.{verb}_{model}", is_coordinator)
