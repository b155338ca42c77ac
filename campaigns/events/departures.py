"""What an organisation that leaves still hosts in campaigns: events that are not over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.events.models import Event
from partners.memberships.departures import Step, declare_step

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from partners.directory.models import Organisation


def events_to_come(organisation: Organisation) -> QuerySet[Event]:
    """Its events that were not cancelled and are not over."""
    return Event.objects.upcoming().filter(organisation=organisation, cancelled=False)


def events_page(_organisation: Organisation) -> str:
    """The events, for those who edit them."""
    return reverse("admin:campaigns_event_changelist")


declare_step(
    Step(
        name="campaigns.events",
        rank=80,
        title=_("Events of campaigns that are not over"),
        task=_("Name another host, mark each event as cancelled, or wait until it is over."),
        remaining=events_to_come,
        place=_("Events"),
        page=events_page,
    )
)
