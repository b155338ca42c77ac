"""Who is invited reads what is theirs, and nothing once they have left; calendars are told no more than they need."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest

from partners.groups.actions import add_member, end_member
from partners.groups.models import GroupMember
from partners.groups.states import GroupRole
from partners.meetings.actions import announce_meetings, cancel_meetings, move_meetings, plan_meetings
from partners.meetings.errors import MeetingMoveNotPossible
from partners.meetings.invitations import answer_invitation, invite_guest
from partners.meetings.models import Invitation, Meeting
from partners.meetings.states import Answer, Extent, InviteeRole, Repetition
from partners.meetings.tokens import invitation_token
from partners.memberships.states import Role
from tests.partners.groups.sample_groups import join, make_group
from tests.partners.meetings.sample_meetings import (
    announced,
    chaired_group,
    invitation_of_member,
    make_countries,
    plan_on,
)
from tests.people import person, visitor
from victor.access import Invitee
from victor.accounts.models import User
from victor.mail.models import Message

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
DAY = date(2027, 1, 12)
LAST = date(2027, 2, 9)
GUEST = {"name": "M. K.", "email": "guest@example.org", "language": "en", "role": InviteeRole.GUEST}


@pytest.fixture(autouse=True)
def now(at) -> None:
    at(NOW)
    make_countries()


def leave(meeting: Meeting, chair: User) -> User:
    """The member has left the group."""
    user = invitation_of_member(meeting).person
    end_member(GroupMember.objects.get(user=user, group=meeting.group), by=chair)
    return user


def status_of(invitation: Invitation, page: str = "") -> int:
    return visitor().get(f"/en/meeting/{invitation_token(invitation)}/{page}").status_code


def test_who_has_left_the_group_sees_its_meetings_no_more():
    meeting, chair = announced(DAY)
    assert not Meeting.objects.visible_to(leave(meeting, chair)).exists()


def test_who_has_left_the_group_gets_no_mail_of_a_move():
    meeting, chair = announced(DAY)
    user = leave(meeting, chair)
    Message.objects.all().delete()
    move_meetings(meeting, plan_on(DAY + timedelta(days=1)), Extent.ONE, by=chair)
    assert not Message.objects.filter(recipient=user.email).exists()


def test_link_of_who_has_left_the_group_is_not_found():
    meeting, chair = announced(DAY)
    invitation = invitation_of_member(meeting)
    leave(meeting, chair)
    assert status_of(invitation) == 404


def test_link_of_a_closed_account_is_not_found():
    meeting, _chair = announced(DAY)
    invitation = invitation_of_member(meeting)
    User.objects.filter(pk=invitation.person_id).update(is_active=False)
    assert status_of(invitation) == 404


@pytest.mark.parametrize(("days", "status"), [(0, 200), (1, 404)])
def test_calendar_address_ends_with_the_last_meeting(days, status, at):
    meeting, _chair = announced(DAY)
    at(meeting.starts + timedelta(days=days))
    assert status_of(invitation_of_member(meeting), "calendar/") == status


def test_guest_of_one_meeting_downloads_nothing_of_the_others():
    meeting, chair = announced(DAY, repetition=Repetition.WEEKLY, last=LAST)
    guest = invite_guest(meeting, **GUEST, by=chair)
    text = visitor().get(f"/en/meeting/{invitation_token(guest)}/calendar/").content.decode()
    (event,) = icalendar.Calendar.from_ical(text).events
    assert "RRULE" not in event


def test_guest_of_one_meeting_is_told_of_that_one_alone_when_all_are_moved():
    meeting, chair = announced(DAY, repetition=Repetition.WEEKLY, last=LAST)
    invite_guest(meeting, **GUEST, by=chair)
    Message.objects.all().delete()
    move_meetings(meeting, plan_on(DAY + timedelta(days=1)), Extent.ALL, by=chair)
    file = Message.objects.get(recipient="guest@example.org").facts["calendar_file"]
    assert len(icalendar.Calendar.from_ical(file).events) == 1


def test_guest_of_a_later_meeting_of_a_series_gets_a_mail():
    group, chair = chaired_group()
    planned = plan_meetings(group, plan_on(DAY), by=chair, repetition=Repetition.WEEKLY, last_day=LAST)
    invite_guest(planned[2], **GUEST, by=chair)
    announce_meetings(planned[0], by=chair)
    assert Message.objects.filter(recipient="guest@example.org").exists()


def test_meeting_that_was_cancelled_as_a_draft_is_left_out_of_the_rule():
    group, chair = chaired_group()
    planned = plan_meetings(group, plan_on(DAY), by=chair, repetition=Repetition.WEEKLY, last_day=LAST)
    cancel_meetings(planned[1], Extent.ONE, by=chair)
    announce_meetings(planned[0], by=chair)
    (event,) = icalendar.Calendar.from_ical(Message.objects.get().facts["calendar_file"]).events
    assert "EXDATE" in event


def test_move_of_all_from_a_cancelled_meeting_is_refused():
    meeting, chair = announced(DAY, repetition=Repetition.WEEKLY, last=LAST)
    cancel_meetings(meeting, Extent.ONE, by=chair)
    with pytest.raises(MeetingMoveNotPossible):
        move_meetings(meeting, plan_on(DAY), Extent.ALL, by=chair)


def test_change_of_languages_counts_for_no_calendar_and_tells_nobody():
    meeting, chair = announced(DAY)
    Message.objects.all().delete()
    move_meetings(meeting, plan_on(DAY, languages=["en", "bg"]), Extent.ONE, by=chair)
    assert Meeting.objects.get().sequence == 0
    assert not Message.objects.exists()


def test_cancellation_of_a_series_has_the_highest_sequence_of_it():
    meeting, chair = announced(DAY, repetition=Repetition.WEEKLY, last=LAST)
    last = Meeting.objects.order_by("-starts")[0]
    for days in (1, 2, 3):
        move_meetings(last, plan_on(LAST + timedelta(days=days)), Extent.ONE, by=chair)
        last.refresh_from_db()
    Message.objects.all().delete()
    cancel_meetings(meeting, Extent.ALL, by=chair)
    (event,) = icalendar.Calendar.from_ical(Message.objects.first().facts["calendar_file"]).events
    assert event["SEQUENCE"] == 4


def test_person_lets_the_own_calendar_show_the_title():
    meeting, _chair = announced(DAY)
    invitation = invitation_of_member(meeting)
    answered = answer_invitation(invitation, Answer.YES, shows_title=True, by=Invitee(invitation))
    assert answered.shows_title


def test_chair_whose_account_is_closed_is_followed_by_whom_the_coordinator_names():
    group = make_group()
    chair = join(group, GroupRole.CHAIR)
    User.objects.filter(pk=chair.pk).update(is_active=False)
    named = person(Role.WORKER)
    add_member(group, named, GroupRole.CHAIR, by=person(Role.COORDINATOR))
    assert GroupMember.objects.active().get(group=group, role=GroupRole.CHAIR).user == named
