"""Actions are agreed, done, confirmed by somebody else or dropped; open ones stand on the next agenda by themselves."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from partners.groups.actions import end_member
from partners.groups.models import WorkingGroup
from partners.groups.states import GroupRole
from partners.meetings.actions import Plan, cancel_meetings, move_meetings, plan_meetings
from partners.meetings.models import AgendaItem, Meeting
from partners.meetings.states import Extent
from partners.memberships.actions import withdraw_role
from partners.memberships.states import Role
from partners.minutes import group_actions as actions
from partners.minutes.actions import open_minutes
from partners.minutes.errors import (
    ActionMoveNotPossible,
    LooksLikeReference,
    MinutesMoveNotPossible,
    OwnerNotInGroup,
    VerifiedBySame,
    WordsMissing,
)
from partners.minutes.models import Action
from partners.minutes.periodic import carry_actions
from partners.minutes.states import ActionState
from tests.partners.minutes.held_meetings import Desks, add_member, make_desks, make_meeting, task
from tests.people import person
from victor.access import System
from victor.audit.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def desks() -> Desks:
    return make_desks()


@pytest.fixture
def action(desks) -> Action:
    open_minutes(desks.meeting, by=desks.secretary)
    return actions.add_action(desks.group, task(desks.member), item=desks.item, by=desks.secretary)


def carried(group) -> list[tuple[str, str]]:
    rows = AgendaItem.objects.filter(meeting__group=group, carried_action__isnull=False)
    return list(rows.values_list("title", "carried_from"))


def plan_in(days: int) -> Plan:
    day = timezone.localdate() + timedelta(days=days)
    return Plan("Figures", day, time(10), time(11), "Europe/Athens", place="Athens")


def plan_next(desks, days: int) -> Meeting:
    return plan_meetings(desks.group, plan_in(days), by=desks.secretary)[0]


def test_open_action_stands_on_the_next_agenda_with_its_source(desks):
    make_meeting(desks.group, 7, days=7)
    open_minutes(desks.meeting, by=desks.secretary)
    actions.add_action(desks.group, task(desks.member), item=desks.item, by=desks.secretary)
    assert carried(desks.group) == [("Write the rota", "6.3")]


def test_open_action_stands_on_the_agenda_of_a_meeting_that_is_planned_later(desks):
    actions.add_action(desks.group, task(desks.member), by=desks.secretary)
    plan_next(desks, days=7)
    assert carried(desks.group) == [("Write the rota", "")]


def test_open_action_goes_to_the_next_meeting_that_is_left(desks):
    actions.add_action(desks.group, task(desks.member), by=desks.secretary)
    plan_next(desks, days=14)
    earlier = plan_next(desks, days=7)
    assert earlier.agenda.get().title == "Write the rota"
    cancel_meetings(earlier, Extent.ONE, by=desks.secretary)
    assert not earlier.agenda.exists()
    assert Meeting.objects.get(number=7).agenda.get().title == "Write the rota"


def test_open_action_goes_to_the_earlier_meeting_once_the_next_is_moved_behind_it(desks):
    following = make_meeting(desks.group, 7, days=7)
    make_meeting(desks.group, 8, days=14)
    actions.add_action(desks.group, task(desks.member), by=desks.secretary)
    move_meetings(following, plan_in(21), Extent.ONE, by=desks.secretary)
    assert AgendaItem.objects.get(carried_action__isnull=False).meeting.number == 8


def test_open_action_goes_to_the_following_agenda_once_a_meeting_has_begun(at, desks):
    make_meeting(desks.group, 7, days=7)
    make_meeting(desks.group, 8, days=14)
    actions.add_action(desks.group, task(desks.member), by=desks.secretary)
    at(timezone.now() + timedelta(days=7, minutes=1))
    assert carry_actions() == 1
    assert carry_actions() == 0


def test_done_action_leaves_the_next_agenda(desks):
    make_meeting(desks.group, 7, days=7)
    open_minutes(desks.meeting, by=desks.secretary)
    action = actions.add_action(desks.group, task(desks.member), item=desks.item, by=desks.secretary)
    actions.finish_action(action, "", by=desks.member)
    assert carried(desks.group) == []


def test_item_of_a_held_meeting_keeps_the_action_that_was_open(at, desks):
    make_meeting(desks.group, 7, days=7)
    action = actions.add_action(desks.group, task(desks.member), by=desks.secretary)
    at(timezone.now() + timedelta(days=8))
    make_meeting(desks.group, 8, days=7)
    actions.change_action(action, task(desks.chair), by=desks.secretary)
    assert Meeting.objects.get(number=7).agenda.filter(title="Write the rota").exists()
    assert Meeting.objects.get(number=8).agenda.filter(carried_action=action).exists()


def test_action_of_somebody_outside_the_group_is_refused(desks):
    with pytest.raises(OwnerNotInGroup):
        actions.add_action(desks.group, task(person(Role.WORKER, factor=False)), by=desks.secretary)


@pytest.mark.parametrize(("words", "refusal"), [(" ", WordsMissing), ("Ask about R4M-7KQ", LooksLikeReference)])
def test_action_with_bad_words_is_refused(desks, words, refusal):
    with pytest.raises(refusal):
        actions.add_action(desks.group, task(desks.member, words), by=desks.secretary)


def test_action_of_an_item_without_a_draft_is_refused(desks):
    with pytest.raises(MinutesMoveNotPossible):
        actions.add_action(desks.group, task(desks.member), item=desks.item, by=desks.secretary)


def test_member_adds_no_action(desks):
    with pytest.raises(PermissionDenied):
        actions.add_action(desks.group, task(desks.member), by=desks.member)


def test_done_action_is_confirmed_by_the_chair(desks, action):
    actions.finish_action(action, "The rota is in the library", by=desks.member)
    assert actions.verify_action(action, by=desks.chair).state == ActionState.VERIFIED


def test_action_is_not_done_by_somebody_else(desks, action):
    with pytest.raises(PermissionDenied):
        actions.finish_action(action, "", by=add_member(desks.group, GroupRole.OBSERVER))


def test_chair_does_not_confirm_what_the_chair_has_done(desks, action):
    actions.finish_action(action, "", by=desks.chair)
    with pytest.raises(VerifiedBySame):
        actions.verify_action(action, by=desks.chair)


def test_database_refuses_an_action_confirmed_by_whoever_has_done_it(desks, action):
    actions.finish_action(action, "", by=desks.member)
    with pytest.raises(IntegrityError), transaction.atomic():
        Action.objects.update(state=ActionState.VERIFIED, verified_by=desks.member)


def test_open_action_is_not_confirmed(desks, action):
    with pytest.raises(ActionMoveNotPossible):
        actions.verify_action(action, by=desks.chair)


def test_returned_action_is_open_again(desks, action):
    actions.finish_action(action, "", by=desks.member)
    assert actions.return_action(action, by=desks.chair).state == ActionState.OPEN


def test_dropped_action_needs_a_reason(desks, action):
    with pytest.raises(WordsMissing):
        actions.drop_action(action, " ", by=desks.chair)
    assert actions.drop_action(action, "No longer needed", by=desks.chair).reason == "No longer needed"


def test_action_of_somebody_who_leaves_goes_to_the_chair(desks, action):
    withdraw_role(desks.member.memberships.get(), by=System("test"))
    action.refresh_from_db()
    assert action.owner == desks.chair
    assert action.fell_to_chair
    assert Entry.objects.filter(action="action.handed_to_chair").count() == 1


def test_action_of_somebody_who_leaves_only_this_group_goes_to_the_chair(desks, action):
    elsewhere = WorkingGroup.objects.create(slug="rights", kind="working", name="Rights")
    elsewhere.members.create(user=desks.member, role=GroupRole.CHAIR)
    other = actions.add_action(elsewhere, task(desks.member, "Read the law"), by=desks.member)
    end_member(desks.group.members.get(user=desks.member), by=desks.member)
    assert Action.objects.get(pk=action.pk).owner == desks.chair
    assert Action.objects.get(pk=other.pk).owner == desks.member


def test_action_of_a_chair_who_leaves_goes_to_the_deputy_who_chairs_now(desks):
    deputy = add_member(desks.group, GroupRole.DEPUTY)
    action = actions.add_action(desks.group, task(desks.chair), by=desks.secretary)
    withdraw_role(desks.chair.memberships.get(), by=System("test"))
    action.refresh_from_db()
    assert action.owner == deputy


def test_action_of_a_chair_who_leaves_waits_for_coordinators(desks):
    action = actions.add_action(desks.group, task(desks.chair), by=desks.secretary)
    withdraw_role(desks.chair.memberships.get(), by=System("test"))
    action.refresh_from_db()
    assert action.owner is None


def test_action_of_somebody_with_another_role_stays(desks, action):
    desks.member.memberships.create(organisation=desks.member.memberships.get().organisation, role=Role.TRAINER)
    withdraw_role(desks.member.memberships.get(role=Role.WORKER), by=System("test"))
    action.refresh_from_db()
    assert action.owner == desks.member


def test_overdue_action_is_computed_from_its_day(at, desks, action):
    at(timezone.now() + timedelta(days=15))
    assert list(Action.objects.overdue()) == [action]
