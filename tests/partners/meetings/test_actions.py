"""Meetings: planned, announced, moved, cancelled, held; who is told, and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from partners.groups.actions import end_group
from partners.groups.errors import GroupHasEnded
from partners.groups.models import GroupMember
from partners.meetings.actions import announce_meetings, cancel_meetings, hold_meeting, move_meetings, plan_meetings
from partners.meetings.agenda import add_item
from partners.meetings.errors import (
    EndsBeforeStart,
    InvitationOver,
    InvitedAlready,
    MeetingMoveNotPossible,
    NoChair,
    NoSubstitutes,
    NoSuchHour,
    RemindedAlready,
    StartsInPast,
    TooManyMeetings,
)
from partners.meetings.invitations import answer_invitation, forget_needs, invite_guest, remind_invited
from partners.meetings.models import Invitation, Meeting
from partners.meetings.states import Answer, Extent, InviteeRole, ItemKind, MeetingState, Repetition
from partners.memberships.states import Role
from tests.partners.groups.sample_groups import join, make_group
from tests.partners.meetings.sample_meetings import (
    announced,
    chaired_group,
    invitation_of_member,
    make_countries,
    plan_on,
)
from tests.people import person
from victor.access import Invitee, System
from victor.field_encryption import decrypt_value
from victor.mail.models import Message

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
DAY = date(2027, 1, 12)


@pytest.fixture(autouse=True)
def now(at) -> None:
    at(NOW)
    make_countries()


def test_plan_invites_the_members_on_their_own_clocks():
    group, chair = chaired_group()
    (meeting,) = plan_meetings(group, plan_on(DAY), by=chair)
    invitation = meeting.invitations.get()
    assert invitation.email == chair.email
    assert invitation.time_zone == "Europe/Athens"


def test_plan_tells_nobody():
    group, chair = chaired_group()
    plan_meetings(group, plan_on(DAY), by=chair)
    assert not Message.objects.exists()


def test_plan_by_a_member_is_refused():
    group, _chair = chaired_group()
    with pytest.raises(PermissionDenied):
        plan_meetings(group, plan_on(DAY), by=join(group))


def test_plan_in_an_ended_group_is_refused():
    coordinator = person(Role.COORDINATOR)
    group = end_group(make_group(), by=coordinator)
    with pytest.raises(GroupHasEnded):
        plan_meetings(group, plan_on(DAY), by=coordinator)


def test_plan_that_ends_before_it_starts_is_refused():
    group, chair = chaired_group()
    with pytest.raises(EndsBeforeStart):
        plan_meetings(group, plan_on(DAY, ends=time(15)), by=chair)


def test_plan_at_an_hour_that_does_not_exist_says_why():
    group, chair = chaired_group()
    with pytest.raises(NoSuchHour) as refusal:
        plan_meetings(group, plan_on(date(2027, 3, 28), starts=time(3, 30), ends=time(5)), by=chair)
    assert "On 28 March 2027 there is no 03:30 in Athens" in str(refusal.value)


def test_series_keeps_its_local_hour_over_both_clock_changes():
    group, chair = chaired_group()
    last = date(2027, 12, 28)
    planned = plan_meetings(group, plan_on(DAY), by=chair, repetition=Repetition.WEEKLY, last_day=last)
    assert {meeting.local_starts.time() for meeting in planned} == {time(16)}
    assert len({meeting.starts.astimezone(UTC).time() for meeting in planned}) == 2


def test_series_of_second_tuesdays_has_no_other_days():
    group, chair = chaired_group()
    last = date(2027, 12, 31)
    planned = plan_meetings(group, plan_on(DAY), by=chair, repetition=Repetition.MONTHLY, last_day=last)
    days = [meeting.local_starts.date() for meeting in planned]
    assert len(days) == 12
    assert all(day.weekday() == 1 and 8 <= day.day <= 14 for day in days)


def test_series_that_nobody_oversees_is_refused():
    group, chair = chaired_group()
    with pytest.raises(TooManyMeetings):
        plan_meetings(group, plan_on(DAY), by=chair, repetition=Repetition.WEEKLY, last_day=date(2029, 1, 1))


def test_announce_sends_each_person_one_mail_for_a_whole_series():
    announced(DAY, repetition=Repetition.WEEKLY, last=date(2027, 3, 1))
    assert Message.objects.count() == 2


def test_announce_names_both_clocks():
    meeting, _chair = announced(DAY)
    facts = Message.objects.get(recipient=meeting.invitations.get(role="member").email).facts
    assert "16:00" in facts["here"]
    assert "your time" in facts["there"]


def test_announce_without_a_chair_is_refused():
    group, chair = chaired_group()
    (meeting,) = plan_meetings(group, plan_on(DAY), by=chair)
    GroupMember.objects.filter(user=chair).update(role="secretary")
    with pytest.raises(NoChair):
        announce_meetings(meeting, by=chair)


def test_announce_of_the_past_is_refused():
    group, chair = chaired_group()
    (meeting,) = plan_meetings(group, plan_on(date(2026, 11, 3)), by=chair)
    with pytest.raises(StartsInPast):
        announce_meetings(meeting, by=chair)


def test_announce_twice_is_refused():
    meeting, chair = announced(DAY)
    with pytest.raises(MeetingMoveNotPossible):
        announce_meetings(meeting, by=chair)


def test_move_counts_and_tells_from_when():
    meeting, chair = announced(DAY)
    Message.objects.all().delete()
    move_meetings(meeting, plan_on(DAY + timedelta(days=1)), Extent.ONE, by=chair)
    assert Meeting.objects.get().sequence == 1
    assert all("12 January 2027, 16:00" in message.facts["earlier"] for message in Message.objects.all())


def test_move_keeps_the_answers():
    meeting, chair = announced(DAY)
    invitation = invitation_of_member(meeting)
    answer_invitation(invitation, Answer.YES, by=Invitee(invitation))
    move_meetings(meeting, plan_on(DAY + timedelta(days=1)), Extent.ONE, by=chair)
    assert Invitation.objects.get(pk=invitation.pk).answer == Answer.YES


def test_move_of_later_ones_leaves_the_earlier():
    _first, chair = announced(DAY, repetition=Repetition.WEEKLY, last=date(2027, 2, 9))
    second = Meeting.objects.order_by("starts")[1]
    move_meetings(second, plan_on(date(2027, 1, 20)), Extent.LATER, by=chair)
    days = [meeting.local_starts.day for meeting in Meeting.objects.order_by("starts")]
    assert days == [12, 20, 27, 3, 10]


def test_move_of_a_meeting_that_has_begun_is_refused(at):
    meeting, chair = announced(DAY)
    at(meeting.starts + timedelta(minutes=1))
    with pytest.raises(MeetingMoveNotPossible):
        move_meetings(meeting, plan_on(DAY + timedelta(days=1)), Extent.ONE, by=chair)


def test_cancel_one_of_a_series_leaves_the_others():
    _first, chair = announced(DAY, repetition=Repetition.WEEKLY, last=date(2027, 2, 9))
    second = Meeting.objects.order_by("starts")[1]
    cancel_meetings(second, Extent.ONE, by=chair)
    states = list(Meeting.objects.order_by("starts").values_list("state", flat=True))
    assert states == ["announced", "cancelled", "announced", "announced", "announced"]


def test_cancel_tells_each_invited_person_once():
    meeting, chair = announced(DAY, repetition=Repetition.WEEKLY, last=date(2027, 2, 9))
    Message.objects.all().delete()
    cancel_meetings(meeting, Extent.ALL, by=chair)
    assert sorted(Message.objects.values_list("recipient", flat=True)) == sorted(
        meeting.invitations.values_list("email", flat=True)
    )


def test_cancel_of_a_draft_tells_nobody():
    group, chair = chaired_group()
    (meeting,) = plan_meetings(group, plan_on(DAY), by=chair)
    cancel_meetings(meeting, Extent.ONE, by=chair)
    assert not Message.objects.exists()


def test_hold_before_it_begins_is_refused():
    meeting, chair = announced(DAY)
    with pytest.raises(MeetingMoveNotPossible):
        hold_meeting(meeting, by=chair)


def test_hold_once_it_has_begun_is_possible(at):
    meeting, chair = announced(DAY)
    at(meeting.starts)
    assert hold_meeting(meeting, by=chair).state == MeetingState.HELD


def test_answer_by_the_link_of_another_is_refused():
    meeting, _chair = announced(DAY)
    one, two = meeting.invitations.all()
    with pytest.raises(PermissionDenied):
        answer_invitation(one, Answer.YES, by=Invitee(two))


def test_answer_after_the_start_is_refused(at):
    meeting, _chair = announced(DAY)
    invitation = invitation_of_member(meeting)
    at(meeting.starts)
    with pytest.raises(InvitationOver):
        answer_invitation(invitation, Answer.YES, by=Invitee(invitation))


def test_answer_again_before_the_start_changes_it():
    meeting, _chair = announced(DAY)
    invitation = invitation_of_member(meeting)
    answer_invitation(invitation, Answer.YES, by=Invitee(invitation))
    assert answer_invitation(invitation, Answer.NO, by=Invitee(invitation)).answer == Answer.NO


def test_substitute_where_the_group_wants_members_is_refused():
    meeting, _chair = announced(DAY)
    invitation = invitation_of_member(meeting)
    invitation.meeting.group.allows_substitutes = False
    invitation.meeting.group.save()
    with pytest.raises(NoSubstitutes):
        answer_invitation(invitation, Answer.NO, substitute="Maria", by=Invitee(invitation))


def test_needs_are_encrypted():
    meeting, _chair = announced(DAY)
    invitation = invitation_of_member(meeting)
    stored = answer_invitation(invitation, Answer.YES, needs="A ramp", by=Invitee(invitation)).needs
    assert "ramp" not in stored
    assert decrypt_value(stored) == "A ramp"


@pytest.mark.parametrize(("days", "is_forgotten"), [(29, False), (31, True)])
def test_needs_are_deleted_thirty_days_after(days, is_forgotten, at):
    meeting, _chair = announced(DAY)
    invitation = invitation_of_member(meeting)
    answer_invitation(invitation, Answer.YES, needs="A ramp", by=Invitee(invitation))
    at(meeting.ends + timedelta(days=days))
    assert forget_needs(by=System("clock")) == is_forgotten


def test_remind_asks_only_those_without_an_answer():
    meeting, chair = announced(DAY)
    invitation = invitation_of_member(meeting)
    answer_invitation(invitation, Answer.PERHAPS, by=Invitee(invitation))
    Message.objects.all().delete()
    assert remind_invited(meeting, by=chair) == 1
    assert Message.objects.get().recipient == chair.email


def test_remind_twice_is_refused():
    meeting, chair = announced(DAY)
    remind_invited(meeting, by=chair)
    with pytest.raises(RemindedAlready):
        remind_invited(meeting, by=chair)


def test_guest_of_an_announced_meeting_is_invited_at_once():
    meeting, chair = announced(DAY)
    Message.objects.all().delete()
    guest = {"name": "M. K.", "email": "guest@example.org", "language": "bg", "role": InviteeRole.GUEST}
    invite_guest(meeting, **guest, by=chair)
    assert Message.objects.get().language == "bg"


def test_guest_who_is_invited_already_is_refused():
    meeting, chair = announced(DAY)
    guest = {"name": "M. K.", "email": chair.email.upper(), "language": "bg", "role": InviteeRole.GUEST}
    with pytest.raises(InvitedAlready):
        invite_guest(meeting, **guest, by=chair)


def test_item_after_the_invitation_is_marked_as_late():
    meeting, chair = announced(DAY)
    assert add_item(meeting, "More", kind=ItemKind.DECISION, minutes=5, who="", by=chair).is_late


def test_visible_to_members_are_no_drafts():
    group, chair = chaired_group()
    member = join(group)
    plan_meetings(group, plan_on(DAY), by=chair)
    assert not Meeting.objects.visible_to(member).exists()


def test_visible_to_strangers_is_nothing():
    announced(DAY)
    assert not Meeting.objects.visible_to(person(Role.WORKER)).exists()
