"""Where a plan, a goal and a service stand, and how a service moves."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class PlanState(TextChoices):
    """Where a version of a plan stands. Only a draft is changed; what is asked for is frozen."""

    DRAFT = "draft", pgettext_lazy("plan", "Draft")
    SECOND = "second", pgettext_lazy("plan", "Second text, not decided")
    SET_ASIDE = "set_aside", pgettext_lazy("plan", "Set aside")
    ASKED = "asked", pgettext_lazy("plan", "Waits for a supervisor")
    RETURNED = "returned", pgettext_lazy("plan", "Given back")
    APPROVED = "approved", pgettext_lazy("plan", "Approved")
    AGREED = "agreed", pgettext_lazy("plan", "Agreed")
    SUPERSEDED = "superseded", pgettext_lazy("plan", "Replaced by a later one")


# What a supervisor has approved counts for the work.
VALID_STATES = frozenset({PlanState.APPROVED, PlanState.AGREED})
CURRENT_STATES = VALID_STATES | {PlanState.ASKED, PlanState.RETURNED}
FROZEN_STATES = CURRENT_STATES | {PlanState.SUPERSEDED}


class GoalState(TextChoices):
    """What became of a goal."""

    OPEN = "open", pgettext_lazy("goal", "Goes on")
    REACHED = "reached", pgettext_lazy("goal", "Reached")
    CHANGED = "changed", pgettext_lazy("goal", "Changed")
    DROPPED = "dropped", pgettext_lazy("goal", "Dropped")


class ServiceState(TextChoices):
    """Where a service for the child stands."""

    REQUESTED = "requested", pgettext_lazy("service for a child", "Requested")
    OFFERED = "offered", pgettext_lazy("service for a child", "Offered")
    ACCEPTED = "accepted", pgettext_lazy("service for a child", "Accepted")
    DECLINED = "declined", pgettext_lazy("service for a child", "Declined")
    PROVIDED = "provided", pgettext_lazy("service for a child", "Provided")
    ENDED = "ended", pgettext_lazy("service for a child", "Ended")


WAITING_SERVICES = frozenset({ServiceState.REQUESTED, ServiceState.OFFERED, ServiceState.ACCEPTED})
OPEN_SERVICES = WAITING_SERVICES | {ServiceState.PROVIDED}
# Each state: those after which it can come. Urgent help is provided without an offer.
SERVICE_MOVES: dict[ServiceState, frozenset[ServiceState]] = {
    ServiceState.OFFERED: frozenset({ServiceState.REQUESTED}),
    ServiceState.ACCEPTED: frozenset({ServiceState.REQUESTED, ServiceState.OFFERED}),
    ServiceState.DECLINED: WAITING_SERVICES,
    ServiceState.PROVIDED: WAITING_SERVICES,
    ServiceState.ENDED: OPEN_SERVICES,
}
