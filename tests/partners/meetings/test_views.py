"""The pages of meetings and the link of an invitation."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from partners.groups.states import GroupRole
from partners.meetings.models import Invitation, Meeting
from partners.meetings.states import Answer, MeetingState
from partners.meetings.tokens import invitation_token
from partners.memberships.states import Role
from tests.partners.groups.sample_groups import join, make_group
from tests.partners.meetings.sample_meetings import announced, chaired_group, invitation_of_member, make_countries
from tests.people import browser_of, person, visitor
from victor.languages import CODES

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
DAY = date(2027, 1, 12)
TYPED = {
    "title": "Rota",
    "day": "2027-01-12",
    "starts": "16:00",
    "ends": "17:30",
    "time_zone": "Europe/Athens",
    "place": "Athens",
}


@pytest.fixture(autouse=True)
def now(at) -> None:
    at(NOW)
    make_countries()


def address_of(invitation: Invitation, language: str = "en") -> str:
    return f"/{language}/meeting/{invitation_token(invitation)}/"


def test_plan_saves_a_draft():
    _group, chair = chaired_group()
    browser_of(chair).post("/en/workspace/groups/desks/meetings/new/", TYPED)
    assert Meeting.objects.get().state == MeetingState.DRAFT


def test_plan_with_a_fault_keeps_what_was_typed():
    _group, chair = chaired_group()
    typed = TYPED | {"title": "Rota of spring", "starts": "03:30", "ends": "05:00", "day": "2027-03-28"}
    page = browser_of(chair).post("/en/workspace/groups/desks/meetings/new/", typed).content.decode()
    assert "because clocks go forward" in page
    assert "Rota of spring" in page


@pytest.mark.parametrize(("name", "value", "words"), [
    ("ends", "late", "Enter an hour such as 16:00."),
    ("place", "", "Enter a place or a link."),
    ("answer_by", "2027-02-01", "Answers are due before the meeting."),
    ("repetition", "weekly", "Enter the last day of the series."),
])  # fmt: skip
def test_plan_says_what_is_wrong(name, value, words):
    _group, chair = chaired_group()
    page = browser_of(chair).post("/en/workspace/groups/desks/meetings/new/", TYPED | {name: value}).content.decode()
    assert words in page


def test_plan_by_the_chair_of_another_group_is_not_found():
    group, _chair = chaired_group()
    other = join(make_group("other"), GroupRole.CHAIR)
    join(group, user=other)
    assert browser_of(other).get("/en/workspace/groups/desks/meetings/new/").status_code == 404


def test_meeting_of_another_group_is_not_found():
    meeting, _chair = announced(DAY)
    assert browser_of(person(Role.WORKER)).get(meeting.get_absolute_url()).status_code == 404


def test_announce_shows_when_it_is_for_the_others_before_anything_leaves():
    _group, chair = chaired_group()
    browser = browser_of(chair)
    browser.post("/en/workspace/groups/desks/meetings/new/", TYPED)
    meeting = Meeting.objects.get()
    page = browser.post(f"/en/workspace/meetings/{meeting.pk}/announce/").content.decode()
    assert "Belgrade, Budapest, Ljubljana: Tue, 12 Jan 2027, 15:00" in page
    assert Meeting.objects.get().state == MeetingState.DRAFT


def test_announce_that_is_confirmed_says_how_many_are_told():
    _group, chair = chaired_group()
    browser = browser_of(chair)
    browser.post("/en/workspace/groups/desks/meetings/new/", TYPED)
    meeting = Meeting.objects.get()
    typed = {"confirmed": "yes"}
    page = browser.post(f"/en/workspace/meetings/{meeting.pk}/announce/", typed, follow=True).content.decode()
    assert "1 person is told by email." in page


@pytest.mark.parametrize("language", CODES)
def test_invitation_is_answered_by_one_press_without_a_log_in(language):
    meeting, _chair = announced(DAY)
    invitation = invitation_of_member(meeting)
    visitor().post(address_of(invitation, language), {"answer": "yes"})
    assert Invitation.objects.get(pk=invitation.pk).answer == Answer.YES


def test_opening_the_link_answers_nothing():
    meeting, _chair = announced(DAY)
    invitation = invitation_of_member(meeting)
    visitor().get(address_of(invitation))
    assert Invitation.objects.get(pk=invitation.pk).answer == Answer.NONE


def test_link_says_that_it_has_ended_once_the_meeting_has_begun(at):
    meeting, _chair = announced(DAY)
    at(meeting.starts)
    page = visitor().get(address_of(invitation_of_member(meeting))).content.decode()
    assert "This invitation has ended." in page
    assert 'value="yes"' not in page


def test_link_with_another_signature_is_not_found():
    meeting, _chair = announced(DAY)
    address = address_of(invitation_of_member(meeting))
    assert visitor().get(f"{address[:-5]}xxxx/").status_code == 404


def test_link_of_an_address_that_was_changed_is_not_found():
    meeting, _chair = announced(DAY)
    invitation = invitation_of_member(meeting)
    address = address_of(invitation)
    Invitation.objects.filter(pk=invitation.pk).update(email="new@example.org")
    assert visitor().get(address).status_code == 404


def test_calendar_file_is_attached_under_a_name_that_says_nothing():
    meeting, _chair = announced(DAY)
    response = visitor().get(f"{address_of(invitation_of_member(meeting))}calendar/")
    assert response["Content-Disposition"] == 'attachment; filename="meeting.ics"'
    assert "Rota" not in response.content.decode()


def test_answer_in_the_workspace_is_saved():
    meeting, chair = announced(DAY)
    browser_of(chair).post(f"/en/workspace/meetings/{meeting.pk}/answer/", {"answer": "perhaps"})
    assert meeting.invitations.get(person=chair).answer == Answer.PERHAPS


def test_answer_of_somebody_who_is_not_invited_is_not_found():
    meeting, _chair = announced(DAY)
    coordinator = person(Role.COORDINATOR)
    response = browser_of(coordinator).post(f"/en/workspace/meetings/{meeting.pk}/answer/", {"answer": "yes"})
    assert response.status_code == 404


def test_needs_are_shown_to_those_who_prepare_and_to_no_others():
    meeting, chair = announced(DAY)
    invitation = invitation_of_member(meeting)
    visitor().post(address_of(invitation), {"answer": "yes", "needs": "A ramp"})
    assert "A ramp" in browser_of(chair).get(meeting.get_absolute_url()).content.decode()
    assert "A ramp" not in browser_of(invitation.person).get(meeting.get_absolute_url()).content.decode()
