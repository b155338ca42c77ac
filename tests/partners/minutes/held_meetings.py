"""Groups with people, and meetings that were held, for tests of minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from partners.groups.models import WorkingGroup
from partners.groups.states import GroupRole
from partners.meetings.models import AgendaItem, Invitation, Meeting
from partners.memberships.states import Role
from partners.minutes.actions import open_minutes, send_for_remarks
from partners.minutes.contents import digest_of, minutes_contents
from partners.minutes.group_actions import Task
from partners.minutes.models import Minutes
from tests.people import organisation, person
from victor.accounts.models import User


@dataclass
class Desks:
    """A group with a chair, a secretary and a member, and its meeting 6 of yesterday with three items."""

    group: WorkingGroup
    chair: User
    secretary: User
    member: User
    meeting: Meeting

    @property
    def item(self) -> AgendaItem:
        return self.meeting.agenda.get(position=3)


def add_member(group: WorkingGroup, role: GroupRole, **fields: Any) -> User:
    user = person(Role.WORKER, organisation("one"), factor=fields.pop("factor", False), **fields)
    group.members.create(user=user, role=role)
    return user


def make_desks(*, factor: bool = False) -> Desks:
    group = WorkingGroup.objects.create(slug="desks", kind="working", name="Desks")
    roles = (GroupRole.CHAIR, GroupRole.SECRETARY, GroupRole.MEMBER)
    people = [add_member(group, role, factor=factor, name=f"The {role.value}") for role in roles]
    return Desks(group, *people, make_meeting(group, 6, days=-1, invited=people))


def make_meeting(group: WorkingGroup, number: int, *, days: int, invited: list[User] | None = None) -> Meeting:
    """A meeting of a group so many days from now, announced, with three items."""
    starts = timezone.now() + timedelta(days=days)
    given = {"title": f"Meeting {number}", "time_zone": "Europe/Athens", "quorum": 2, "state": "announced"}
    given |= {"starts": starts, "ends": starts + timedelta(hours=1), "announced_at": starts - timedelta(days=30)}
    planner = group.members.first().user
    meeting = Meeting.objects.create(group=group, number=number, planned_by=planner, languages=["en"], **given)
    for position, title in enumerate(("Welcome", "Figures", "Rota"), start=1):
        AgendaItem.objects.create(meeting=meeting, position=position, title=title)
    for user in invited or []:
        facts = {"name": user.name, "email": user.email, "language": "en", "time_zone": "Europe/Athens"}
        Invitation.objects.create(meeting=meeting, person=user, **facts)
    return meeting


def task(owner: User, words: str = "Write the rota", days: int = 14, **fields: Any) -> Task:
    return Task(words, owner, timezone.localdate() + timedelta(days=days), **fields)


def circulated(desks: Desks) -> Minutes:
    """Minutes that are out, and whose days for remarks are over."""
    minutes = send_for_remarks(open_minutes(desks.meeting, by=desks.secretary), by=desks.secretary)
    Minutes.objects.filter(pk=minutes.pk).update(remarks_until=timezone.localdate() - timedelta(days=1))
    minutes.refresh_from_db()
    return minutes


def digest(minutes: Minutes) -> str:
    return digest_of(minutes_contents(minutes))
