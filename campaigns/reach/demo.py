"""Invented figures of a campaign's reach: what the demo's partner did for it, month after month."""

from __future__ import annotations

from functools import partial

from django.utils import timezone

from campaigns.campaigns.models import Campaign
from campaigns.reach.actions import record_activity
from campaigns.reach.models import Activity
from campaigns.reach.states import Channel, Measure, Method
from partners.directory.models import Organisation
from victor.stories import Part, Scene, declare_part

HOST = "smile-of-the-child"
SOURCE = "Επινοημένος αριθμός για την επίδειξη"
# Where, by which channel, what was counted, how many in the first month, and how.
WAYS = (
    ("Αθήνα", Channel.STREET, Measure.PUT_UP, 40, Method.COUNTED),
    ("Θεσσαλονίκη", Channel.SCHOOL, Measure.HANDED_OUT, 350, Method.COUNTED),
    ("", Channel.SOCIAL, Measure.SOCIAL_REACH, 5200, Method.REPORTED),
    ("Πάτρα", Channel.BROADCAST, Measure.BROADCASTS, 12, Method.REPORTED),
    ("Ηράκλειο", Channel.COMMUNITY, Measure.ATTENDEES, 30, Method.ESTIMATED),
)
MONTHS = 12


def reach(month: int, scene: Scene) -> None:
    """The partner records what it did for a campaign in a month: two ways in turn."""
    campaigns = Campaign.objects.published().order_by("pk")
    host, by = Organisation.objects.select_related("country").get(slug=HOST), scene.person("coordinator")
    for turn in (month, month + 2):
        place, channel, measure, number, method = WAYS[turn % len(WAYS)]
        activity = Activity(
            campaign=campaigns[turn % len(campaigns)],
            organisation=host,
            channel=channel,
            country=host.country,
            place=place,
            date=timezone.localdate(),
            measure=measure,
            number=number + number * month // MONTHS,
            method=method,
            source=SOURCE,
        )
        record_activity(activity, by=by)


for month in range(MONTHS):
    declare_part(Part(f"reach {month}", 30 * month + 3, 10, partial(reach, month)))
