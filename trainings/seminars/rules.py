"""Who may manage seminars: coordinators all, trainers those of their organisations. Helpers check people in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules

from partners.memberships.rules import is_coordinator, memberships_of
from partners.memberships.states import Role

if TYPE_CHECKING:
    from trainings.seminars.models import Seminar
    from victor.accounts.models import User


def organisations_of_trainer(user: User) -> list[int]:
    """The primary keys of the organisations of which a person is a trainer."""
    return [membership.organisation_id for membership in memberships_of(user) if membership.role == Role.TRAINER]


@rules.predicate
def trains(user: User, seminar: Seminar | None = None) -> bool:
    """Is a trainer of the organisation that holds this seminar; without a seminar: of any organisation."""
    hosts = organisations_of_trainer(user)
    return bool(hosts) if seminar is None else seminar.organisation_id in hosts


@rules.predicate
def helps(user: User, seminar: Seminar | None = None) -> bool:
    """Is a helper of this seminar while check-in is open; without a seminar: of any seminar."""
    if not getattr(user, "is_authenticated", False):
        return False
    if seminar is not None:
        return not seminar.door_is_closed and bool(seminar.helpers.contains(user))
    helps_somewhere: bool | None = vars(user).get("_helps")
    if helps_somewhere is None:  # one query a request
        # The stubs know no queryset of ours behind a relation of many to many.
        open_seminars = user.helped_seminars.with_open_door()  # type: ignore[attr-defined]
        helps_somewhere = vars(user)["_helps"] = open_seminars.exists()
    return helps_somewhere


rules.add_perm("trainings.manage", is_coordinator | trains)
rules.add_perm("trainings.check_in", is_coordinator | trains | helps)
rules.add_perm("trainings.oversee", is_coordinator)

EDITED_MODELS = ["course", "module", "seminar", "session", "quota", "sessionmaterial"]
EDITED_MODELS += ["item", "questionnaire", "questionnaireitem"]
rules.add_perm("trainings", is_coordinator)
for model in EDITED_MODELS:
    for verb in ("view", "add", "change", "delete"):
        rules.add_perm(f"trainings.{verb}_{model}", is_coordinator)
