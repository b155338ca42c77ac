"""Minutes are written by several people, sent for remarks, approved by two, and corrected by new versions."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from partners.groups.states import GroupRole
from partners.meetings.models import Meeting
from partners.minutes import actions
from partners.minutes.errors import (
    ApprovedBySame,
    LooksLikeReference,
    MeetingNotBegun,
    MinutesMoveNotPossible,
    PartApproved,
    ReadOtherText,
    RemarksOpen,
    SecondTextWaits,
    StaleText,
    WordsMissing,
)
from partners.minutes.models import ItemText, Minutes
from partners.minutes.states import MinutesState, TextState
from tests.partners.minutes.held_meetings import Desks, add_member, circulated, digest, make_desks
from victor.audit.models import Entry
from victor.mail.emails import content_of
from victor.mail.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def desks() -> Desks:
    return make_desks()


@pytest.fixture
def draft(desks) -> Minutes:
    return actions.open_minutes(desks.meeting, by=desks.secretary)


def test_open_minutes_lists_everybody_who_was_invited(desks, draft):
    assert draft.attendance.count() == 3
    assert not draft.attendance.filter(is_present=True).exists()


def test_open_minutes_again_gives_those_that_are_there(desks, draft):
    assert actions.open_minutes(desks.meeting, by=desks.chair) == draft


def test_open_minutes_before_the_meeting_is_refused(desks):
    Meeting.objects.update(starts=timezone.now() + timedelta(hours=1), ends=timezone.now() + timedelta(hours=2))
    with pytest.raises(MeetingNotBegun):
        actions.open_minutes(desks.meeting, by=desks.secretary)


def test_open_minutes_by_a_member_is_refused(desks):
    with pytest.raises(PermissionDenied):
        actions.open_minutes(desks.meeting, by=desks.member)


def test_saved_text_counts_its_revisions(desks, draft):
    row = actions.save_text(draft, desks.item, "One", seen=0, by=desks.secretary)
    row = actions.save_text(draft, desks.item, "Two", seen=1, by=desks.chair)
    assert row.revision == 2
    assert row.author == desks.chair


def test_text_saved_over_one_that_was_not_seen_is_kept_as_a_second(desks, draft):
    actions.save_text(draft, desks.item, "One", seen=0, by=desks.secretary)
    second = actions.save_text(draft, desks.item, "Two", seen=0, by=desks.chair)
    assert second.state == TextState.SECOND
    assert ItemText.objects.current().get().text == "One"


@pytest.mark.parametrize(("is_used", "text"), [(True, "Two"), (False, "One")])
def test_chosen_text_counts_and_the_other_is_kept(desks, draft, is_used, text):
    actions.save_text(draft, desks.item, "One", seen=0, by=desks.secretary)
    second = actions.save_text(draft, desks.item, "Two", seen=0, by=desks.chair)
    actions.choose_text(second, is_used=is_used, by=desks.chair)
    assert ItemText.objects.current().get().text == text
    assert ItemText.objects.count() == 2


def test_choice_that_was_made_is_not_made_again(desks, draft):
    actions.save_text(draft, desks.item, "One", seen=0, by=desks.secretary)
    second = actions.save_text(draft, desks.item, "Two", seen=0, by=desks.chair)
    actions.choose_text(second, is_used=True, by=desks.chair)
    with pytest.raises(MinutesMoveNotPossible):
        actions.choose_text(second, is_used=False, by=desks.secretary)


def test_autosave_over_a_text_that_was_not_seen_is_refused(desks, draft):
    actions.save_text(draft, desks.item, "One", seen=0, by=desks.secretary)
    with pytest.raises(StaleText):
        actions.autosave_text(draft, desks.item, "Two", seen=0, by=desks.chair)


def test_autosave_is_logged_once_for_whoever_writes(desks, draft):
    for seen in range(3):
        actions.autosave_text(draft, desks.item, f"Text {seen}", seen=seen, by=desks.secretary)
    assert Entry.objects.filter(action="minutes.text_saved").count() == 1


@pytest.mark.parametrize("reference", ["R4M-7KQ", "GR-GE2T47"])
def test_text_with_a_reference_is_saved_only_once_somebody_has_decided(desks, draft, reference):
    text = f"We spoke of {reference}."
    with pytest.raises(LooksLikeReference):
        actions.save_text(draft, desks.item, text, seen=0, by=desks.secretary)
    row = actions.save_text(draft, desks.item, text, seen=0, allowed=[reference], by=desks.secretary)
    assert actions.save_text(draft, desks.item, f"{text} More.", seen=1, by=desks.secretary).revision == 2
    assert row.revision == 1


def test_circulate_tells_everybody_else_without_a_word_of_the_text(desks, draft):
    actions.save_text(draft, desks.item, "A rota of lamps", seen=0, by=desks.secretary)
    actions.send_for_remarks(draft, by=desks.secretary)
    assert set(Message.objects.values_list("recipient", flat=True)) == {desks.chair.email, desks.member.email}
    assert not any("lamps" in content_of(message).text for message in Message.objects.all())


def test_circulate_with_a_second_text_waits_for_the_choice(desks, draft):
    actions.save_text(draft, desks.item, "One", seen=0, by=desks.secretary)
    actions.save_text(draft, desks.item, "Two", seen=0, by=desks.chair)
    with pytest.raises(SecondTextWaits):
        actions.send_for_remarks(draft, by=desks.secretary)


def test_circulated_text_is_not_changed(desks, draft):
    actions.send_for_remarks(draft, by=desks.secretary)
    with pytest.raises(MinutesMoveNotPossible):
        actions.save_text(draft, desks.item, "One", seen=0, by=desks.secretary)


@pytest.mark.parametrize(("days", "is_late"), [(7, False), (8, True)])
def test_remark_after_seven_days_is_late_and_changes_nothing(at, desks, draft, days, is_late):
    actions.send_for_remarks(draft, by=desks.secretary)
    at(timezone.now() + timedelta(days=days))
    remark = actions.add_remark(draft, "I was there.", by=desks.member)
    assert remark.is_late is is_late
    assert not ItemText.objects.exists()


def test_remark_on_a_draft_is_refused(desks, draft):
    with pytest.raises(MinutesMoveNotPossible):
        actions.add_remark(draft, "I was there.", by=desks.member)


def test_minutes_are_not_approved_before_the_days_for_remarks_are_over(desks, draft):
    minutes = actions.send_for_remarks(draft, by=desks.secretary)
    with pytest.raises(RemarksOpen):
        actions.approve_minutes(minutes, seen=digest(minutes), by=desks.chair)


def test_minutes_approved_by_two_are_frozen_with_their_digest(desks):
    minutes = circulated(desks)
    seen = digest(minutes)
    assert actions.approve_minutes(minutes, seen=seen, by=desks.chair).state == MinutesState.CIRCULATED
    approved = actions.approve_minutes(minutes, seen=seen, by=desks.secretary)
    assert approved.state == MinutesState.APPROVED
    assert approved.digest == seen


def test_member_approves_nothing(desks):
    minutes = circulated(desks)
    with pytest.raises(PermissionDenied):
        actions.approve_minutes(minutes, seen=digest(minutes), by=desks.member)


def test_text_that_was_not_read_is_not_approved(desks):
    minutes = circulated(desks)
    with pytest.raises(ReadOtherText):
        actions.approve_minutes(minutes, seen="0" * 64, by=desks.chair)


def test_same_person_approves_once(desks):
    minutes = circulated(desks)
    actions.approve_minutes(minutes, seen=digest(minutes), by=desks.chair)
    with pytest.raises(ApprovedBySame):
        actions.approve_minutes(minutes, seen=digest(minutes), by=desks.chair)


def test_deputy_does_not_approve_beside_the_chair(desks):
    deputy, minutes = add_member(desks.group, GroupRole.DEPUTY), circulated(desks)
    actions.approve_minutes(minutes, seen=digest(minutes), by=desks.chair)
    with pytest.raises(PartApproved):
        actions.approve_minutes(minutes, seen=digest(minutes), by=deputy)


def test_database_refuses_minutes_that_one_person_has_approved_twice(desks):
    minutes = circulated(desks)
    with pytest.raises(IntegrityError), transaction.atomic():
        Minutes.objects.filter(pk=minutes.pk).update(chair=desks.chair, secretary=desks.chair)


def approved_minutes(desks: Desks) -> Minutes:
    minutes = circulated(desks)
    for user in (desks.chair, desks.secretary):
        minutes = actions.approve_minutes(minutes, seen=digest(minutes), by=user)
    return minutes


@pytest.mark.parametrize("change", ["UPDATE partners_minutes SET digest = ''", "DELETE FROM partners_attendance"])
def test_database_refuses_to_change_approved_minutes(desks, change):
    approved_minutes(desks)
    with pytest.raises(DatabaseError), transaction.atomic():
        Minutes.objects.raw(f"WITH x AS ({change} RETURNING 1) SELECT * FROM partners_minutes")[0]


def test_take_back_ends_the_approval_that_was_given(desks):
    minutes = circulated(desks)
    actions.approve_minutes(minutes, seen=digest(minutes), by=desks.chair)
    assert actions.take_minutes_back(minutes, by=desks.secretary).chair is None


def test_correction_is_a_new_version_and_the_old_one_stays(desks):
    approved = approved_minutes(desks)
    new = actions.correct_minutes(approved, "A name was wrong", by=desks.secretary)
    assert new.version == 2
    assert new.attendance.count() == 3
    assert Minutes.objects.get(version=1).state == MinutesState.APPROVED


def test_correction_without_saying_what_changes_is_refused(desks):
    with pytest.raises(WordsMissing):
        actions.correct_minutes(approved_minutes(desks), " ", by=desks.secretary)


def test_second_correction_at_a_time_is_refused(desks):
    approved = approved_minutes(desks)
    actions.correct_minutes(approved, "A name was wrong", by=desks.secretary)
    with pytest.raises(MinutesMoveNotPossible):
        actions.correct_minutes(approved, "Another name", by=desks.secretary)


def test_attendance_is_noted_by_invitation(desks, draft):
    one = desks.meeting.invitations.first()
    actions.note_attendance(draft, [one.pk], by=desks.secretary)
    assert [row.invitation for row in draft.attendance.filter(is_present=True)] == [one]
