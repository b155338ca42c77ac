"""A group of the demo's two desks: its meetings of a year, one ahead that people answer, and a forum."""

from __future__ import annotations

from datetime import time, timedelta
from functools import partial

from django.utils import timezone

from partners.groups.actions import add_member, save_group
from partners.groups.models import WorkingGroup
from partners.groups.states import GroupKind, GroupRole
from partners.meetings.actions import Plan, announce_meetings, hold_meeting, plan_meetings
from partners.meetings.agenda import add_item
from partners.meetings.invitations import answer_invitation
from partners.meetings.models import Meeting
from partners.meetings.states import Answer, ItemKind
from victor.stories import Part, Scene, declare_part

MEMBERS = (
    ("supervisor", GroupRole.CHAIR),
    ("supervisor-bg", GroupRole.DEPUTY),
    ("coordinator", GroupRole.SECRETARY),
    ("worker", GroupRole.MEMBER),
    ("worker-bg", GroupRole.MEMBER),
)
ANSWERS = (("supervisor", Answer.YES), ("worker-bg", Answer.PERHAPS), ("supervisor-bg", Answer.YES))
AGENDA = (
    ("Minutes of the last meeting", ItemKind.DECISION, 5),
    ("Duty rota at weekends", ItemKind.DECISION, 30),
    ("What visitors ask the desks", ItemKind.DISCUSSION, 20),
)
STORY, FOUNDED = "group of the desks", 340
HELD = (300, 210, 120, 35)  # days ago
AHEAD_IN, ANNOUNCED_AGO = timedelta(days=14), 3


def found_groups(scene: Scene) -> None:
    """A coordinator founds the group, and a forum that everybody sees."""
    by = scene.person("coordinator")
    forum = WorkingGroup(slug="forum", kind=GroupKind.FORUM, name="Forum (demo)", is_for_all=True)
    save_group(forum, by=by)
    add_member(forum, by, GroupRole.CHAIR, by=by)
    group = WorkingGroup(slug="desks", kind=GroupKind.WORKING, name="Desks (demo)", quorum=3)
    scene.put(save_group(group, by=by))
    for name, role in MEMBERS:
        add_member(group, scene.person(name), role, by=by)


def announce(scene: Scene, ahead: timedelta = timedelta(days=7)) -> None:
    """The chair plans a meeting, puts three items on its agenda and sends the invitations."""
    group, by = scene.get(WorkingGroup), scene.person("supervisor")
    day = timezone.localdate() + ahead
    plan = Plan("Desks", day, time(16), time(17, 30), "Europe/Athens", place="Athens and online")
    (meeting,) = plan_meetings(group, plan, by=by)
    for title, kind, minutes in AGENDA:
        add_item(meeting, title, kind=kind, minutes=minutes, who="", by=by)
    announce_meetings(meeting, by=by)
    scene.put(meeting)


def answer(scene: Scene) -> None:
    """Some say whether they come; two do not answer."""
    for name, given in ANSWERS:
        person = scene.person(name)
        answer_invitation(scene.get(Meeting).invitations.get(person=person), given, by=person)


def hold(scene: Scene) -> None:
    """The meeting took place."""
    hold_meeting(scene.get(Meeting), by=scene.person("supervisor"))


declare_part(Part(STORY, FOUNDED, 9, found_groups))
for days_ago in HELD:
    declare_part(Part(STORY, days_ago + 7, 9, announce))
    declare_part(Part(STORY, days_ago + 5, 9, answer))
    declare_part(Part(STORY, days_ago, 15, hold))
declare_part(Part(STORY, ANNOUNCED_AGO, 9, partial(announce, ahead=AHEAD_IN)))
declare_part(Part(STORY, ANNOUNCED_AGO - 1, 9, answer))
