"""Who may register people for a seminar, and who may act on one registration."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules

from partners.memberships.rules import is_coordinator
from trainings.seminars.rules import trains
from victor.access import Participant, Visitor, is_about, permit

if TYPE_CHECKING:
    from trainings.registrations.models import Registration
    from victor.accounts.models import User


@rules.predicate
def trains_for_host(user: User, registration: Registration | None = None) -> bool:
    """Is a trainer of the organisation that holds the seminar; without a registration: of any organisation."""
    return bool(trains(user, registration and registration.seminar))


# Register people: for a `Seminar`. Visitors register themselves and their colleagues.
rules.add_perm("trainings.register", is_coordinator | trains)
permit(Visitor, "trainings.register")

# Accept an offer, give up a seat, say what is needed: for a `Registration`. Participants do so for themselves.
rules.add_perm("trainings.respond", is_coordinator | trains_for_host)
permit(Participant, "trainings.respond", is_about)
