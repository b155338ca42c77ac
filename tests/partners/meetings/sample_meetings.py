"""Meetings that are planned and announced, for tests."""

from __future__ import annotations

from datetime import date, time

from partners.directory.models import Country
from partners.groups.models import WorkingGroup
from partners.groups.states import GroupRole
from partners.meetings.actions import Plan, announce_meetings, plan_meetings
from partners.meetings.models import Invitation, Meeting
from partners.meetings.states import Repetition
from partners.memberships.states import Role
from tests.partners.groups.sample_groups import join, make_group
from tests.people import organisation, person
from victor.accounts.models import User

ZONES = {
    "GR": "Europe/Athens",
    "BG": "Europe/Sofia",
    "RO": "Europe/Bucharest",
    "SI": "Europe/Ljubljana",
    "RS": "Europe/Belgrade",
    "HU": "Europe/Budapest",
    "UA": "Europe/Kyiv",
    "MD": "Europe/Chisinau",
}


def make_countries() -> None:
    """The eight countries of the partnership with their clocks."""
    for code, zone in ZONES.items():
        facts = {"name_en": code, "time_zone": zone, "in_partnership": True}
        Country.objects.update_or_create(code=code, defaults=facts)


def plan_on(day: date, **fields: object) -> Plan:
    given = {"title": "Rota", "day": day, "starts": time(16), "ends": time(17, 30), "time_zone": "Europe/Athens"}
    return Plan(**given | {"place": "Athens"} | fields)


def chaired_group() -> tuple[WorkingGroup, User]:
    """A group, and who chairs it."""
    group = make_group()
    return group, join(group, GroupRole.CHAIR, person(Role.WORKER, organisation("one")))


def announced(day: date, *, repetition: Repetition | None = None, last: date | None = None) -> tuple[Meeting, User]:
    """A meeting of a chair and a member that is announced, the first of its series, and who chairs."""
    group, chair = chaired_group()
    join(group)
    planned = plan_meetings(group, plan_on(day), by=chair, repetition=repetition, last_day=last)
    announce_meetings(planned[0], by=chair)
    return Meeting.objects.select_related("group", "series", "planned_by").get(pk=planned[0].pk), chair


def invitation_of_member(meeting: Meeting) -> Invitation:
    return meeting.invitations.select_related("meeting__group", "meeting__series").get(role="member")
