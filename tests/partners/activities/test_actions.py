"""An activity begins and ends by its organisation; what goes otherwise is approved by a second person and stays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from partners.activities import actions
from partners.activities.errors import ActivityMoveNotPossible, DayAhead, DeviationWaiting, WorkUnknown
from partners.activities.models import Activity, Deviation, Evidence
from partners.activities.states import ActivityState
from partners.memberships.errors import NotSecondPerson
from partners.memberships.models import Membership
from partners.memberships.states import Role
from tests.partners.activities.grants import deviation_of, make_activity, proof_of
from tests.people import organisation, person
from victor.accounts.models import User

pytestmark = pytest.mark.django_db
DAY = date(2026, 2, 2)


@pytest.fixture
def runner() -> User:
    return person(Role.TRAINER, organisation("one"), factor=False)


@pytest.fixture
def coordinator() -> User:
    """A coordinator of long standing."""
    user = person(Role.COORDINATOR, factor=False)
    Membership.objects.filter(user=user).update(granted_at=timezone.now() - timedelta(days=30))
    return user


def test_activity_begins_and_ends_with_its_real_days(runner):
    activity = actions.begin_activity(make_activity(), on=DAY, by=runner)
    done = actions.finish_activity(activity, on=DAY + timedelta(days=1), by=runner)
    assert done.state == ActivityState.DONE
    assert done.began_on == DAY
    assert done.ended_on == date(2026, 2, 3)


def test_finish_planned_activity_is_refused(runner):
    with pytest.raises(ActivityMoveNotPossible):
        actions.finish_activity(make_activity(), on=DAY, by=runner)


def test_finish_activity_before_it_began_is_refused(runner):
    activity = actions.begin_activity(make_activity(), on=DAY, by=runner)
    with pytest.raises(ActivityMoveNotPossible):
        actions.finish_activity(activity, on=DAY - timedelta(days=1), by=runner)


def test_begin_activity_tomorrow_is_refused(runner):
    with pytest.raises(DayAhead):
        actions.begin_activity(make_activity(), on=timezone.localdate() + timedelta(days=1), by=runner)


def test_begin_activity_of_another_organisation_is_refused():
    with pytest.raises(PermissionDenied):
        actions.begin_activity(make_activity(), on=DAY, by=person(Role.TRAINER, organisation("two"), factor=False))


def test_approved_deviation_drops_the_activity(runner, coordinator):
    deviation = actions.propose_deviation(deviation_of(make_activity()), by=runner)
    actions.approve_deviation(deviation, by=coordinator)
    activity = Activity.objects.get()
    assert activity.state == ActivityState.DROPPED
    assert activity.deviation == deviation


def test_own_deviation_is_not_approved_by_right(coordinator):
    deviation = actions.propose_deviation(deviation_of(make_activity()), by=coordinator)
    with pytest.raises(NotSecondPerson):
        actions.approve_deviation(deviation, by=coordinator)


def test_own_deviation_is_not_approved_by_the_database(runner):
    deviation = actions.propose_deviation(deviation_of(make_activity()), by=runner)
    with pytest.raises(IntegrityError, match="partners_deviation_two_people"):
        Deviation.objects.filter(pk=deviation.pk).update(state="approved", decided_by=runner, decided_at=timezone.now())


def test_activity_is_not_dropped_without_a_deviation():
    activity = make_activity()
    with pytest.raises(IntegrityError, match="partners_activity_deviation"):
        Activity.objects.filter(pk=activity.pk).update(state="dropped")


def test_second_deviation_waits_for_the_first(runner):
    activity = make_activity()
    actions.propose_deviation(deviation_of(activity), by=runner)
    with pytest.raises(DeviationWaiting):
        actions.propose_deviation(deviation_of(activity), by=runner)


def test_returned_deviation_leaves_the_activity_as_it_is(runner, coordinator):
    deviation = actions.propose_deviation(deviation_of(make_activity()), by=runner)
    returned = actions.return_deviation(deviation, "Say more", by=coordinator)
    assert returned.return_reason == "Say more"
    assert Activity.objects.get().state == ActivityState.PLANNED


def test_deviation_is_never_deleted(runner):
    deviation = actions.propose_deviation(deviation_of(make_activity()), by=runner)
    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
        Deviation.objects.filter(pk=deviation.pk).delete()


def test_approved_deviation_is_never_changed(runner, coordinator):
    deviation = actions.propose_deviation(deviation_of(make_activity()), by=runner)
    actions.approve_deviation(deviation, by=coordinator)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Deviation.objects.filter(pk=deviation.pk).update(why="No reason")


def test_signature_list_is_for_coordinators_whatever_was_chosen(runner, coordinator):
    proof = actions.add_evidence(proof_of(make_activity(), kind="list"), by=runner)
    assert not Evidence.objects.visible_to(runner).exists()
    assert Evidence.objects.visible_to(coordinator).get() == proof


def test_open_signature_list_is_refused_by_the_database(runner):
    proof = actions.add_evidence(proof_of(make_activity(), kind="list"), by=runner)
    with pytest.raises(IntegrityError, match="partners_evidence_lists"):
        Evidence.objects.filter(pk=proof.pk).update(is_restricted=False)


def test_link_to_what_does_not_exist_is_refused(runner):
    with pytest.raises(WorkUnknown):
        actions.link_activity(make_activity(), kind="seminar", key="nowhere", by=runner)
