"""Reviews begin with the quarter, nobody reviews themselves, and what is taken away is gone at once."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from desks.access_reviews import actions
from desks.access_reviews.errors import DecidedAlready, NothingToTake, OwnAccess, PeopleLeft, ReviewOver
from desks.access_reviews.models import AccessDecision, AccessReview
from desks.access_reviews.periodic import begin_access_reviews
from desks.access_reviews.querysets import roles_to_review
from desks.access_reviews.states import AccessPart, Circle, ReviewState
from desks.desk.errors import DeskMoveNotPossible
from desks.exchange.actions import give_right
from desks.exchange.models import ExportRight
from desks.exchange.states import ExportKind
from partners.memberships.intake import give_intake
from partners.memberships.models import Membership, Proposal
from partners.memberships.states import Role
from tests.desks.inbox.inbox_desks import stranger
from tests.people import organisation, person
from victor.audit.models import Entry
from victor.vault.errors import Unopenable
from victor.vault.keys.keyring import save_stamped, verify_stamp

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(here) -> AccessReview:
    """That of the workers of a desk."""
    begin_access_reviews()
    return AccessReview.objects.get(organisation=here.organisation, circle=Circle.WORKERS)


def role_of(who) -> Membership:
    return Membership.objects.get(user=who)


def details_of(action: str) -> dict[str, str]:
    return json.loads(Entry.objects.filter(action=action).latest("sequence").details)


def test_reviews_begin_once_a_quarter_with_thirty_days(here, review):
    assert begin_access_reviews() == 0
    assert review.due_at == min(review.opened_at + timedelta(days=30), review.closes_at)
    assert set(AccessReview.objects.filter(organisation=here.organisation).values_list("circle", flat=True)) == set(
        Circle
    )


def test_review_asks_a_coordinator_about_partner_contact(at):
    contact, coordinator = person(Role.PARTNER, organisation("ministry")), person(Role.COORDINATOR)
    begin_access_reviews()
    review = AccessReview.objects.get(organisation__slug="ministry")
    actions.take_access(review, role_of(contact), [AccessPart.ROLE], by=coordinator)
    assert not contact.memberships.exists()


def test_next_quarter_has_reviews_of_its_own(here, review, at):
    at(review.closes_at)
    assert review.state == ReviewState.MISSED
    assert begin_access_reviews() >= 2
    assert AccessReview.objects.filter(organisation=here.organisation, circle=Circle.WORKERS).count() == 2


def test_review_is_late_when_its_days_are_over(here, at):
    at(datetime(2027, 1, 2, 9, tzinfo=UTC))
    begin_access_reviews()
    review = AccessReview.objects.get(organisation=here.organisation, circle=Circle.WORKERS, begins_on="2027-01-01")
    assert review.state == ReviewState.RUNNING
    at(review.opened_at + timedelta(days=30))
    assert review.state == ReviewState.LATE


def test_circles_hold_each_role_once(here, review):
    others = AccessReview.objects.get(organisation=here.organisation, circle=Circle.OTHERS)
    workers = {here.anna.person, here.ben.person}
    assert {role.user for role in roles_to_review(review)} == workers
    assert {role.user for role in roles_to_review(others)} == {here.chief.person, here.boss.person}


def test_somebody_who_came_later_is_in_the_next_review(here, review, at):
    at(timezone.now() + timedelta(minutes=1))
    late = person(Role.WORKER, here.organisation)
    assert not roles_to_review(review).filter(user=late).exists()


def test_role_that_is_still_right_stays_and_the_log_has_codes_only(here, review):
    decision = actions.keep_access(review, role_of(here.anna.person), by=here.chief.person)
    assert verify_stamp(AccessDecision.objects.get(pk=decision.pk)).taken == []
    assert details_of("access_review.confirmed") == {"person": str(here.anna.person.pk), "role": "worker"}
    assert role_of(here.anna.person)


def test_role_that_is_taken_ends_with_its_keys(here, review):
    actions.take_access(review, role_of(here.ben.person), [AccessPart.ROLE], by=here.chief.person)
    assert not Membership.objects.filter(user=here.ben.person).exists()
    assert not here.desk.group.members.filter(user=here.ben.person).exists()
    assert details_of("access_review.withdrawn")["taken"] == "role"


def test_parts_are_taken_and_the_role_stays(here, review):
    membership = give_intake(role_of(here.ben.person), by=here.chief.person)
    give_right(membership, ExportKind.CASES, by=here.chief.person)
    parts = [AccessPart.EXPORT, AccessPart.INTAKE, AccessPart.KEYS]
    decision = actions.take_access(review, membership, parts, by=here.boss.person)
    assert not role_of(here.ben.person).intake
    assert not ExportRight.objects.exists()
    assert not here.desk.group.members.filter(user=here.ben.person).exists()
    assert decision.taken == ["keys", "intake", "export"]


def test_part_that_a_person_does_not_have_is_not_taken(here, review):
    for parts in ([], [AccessPart.EXPORT]):
        with pytest.raises(NothingToTake):
            actions.take_access(review, role_of(here.ben.person), parts, by=here.chief.person)
    assert not AccessDecision.objects.exists()


def test_nobody_else_reviews_the_workers_of_a_desk(here, review):
    outsiders = [stranger(), person(Role.COORDINATOR), here.ben.person, person(Role.AUDITOR)]
    for who in [*outsiders, person(Role.SUPERVISOR, organisation("elsewhere"))]:
        with pytest.raises(PermissionDenied):
            actions.keep_access(review, role_of(here.anna.person), by=who)


def test_coordinator_reviews_supervisors_and_takes_their_right_to_export(here, review):
    others = AccessReview.objects.get(organisation=here.organisation, circle=Circle.OTHERS)
    give_right(role_of(here.boss.person), ExportKind.TABLES, by=here.chief.person)
    coordinator = person(Role.COORDINATOR)
    with pytest.raises(PermissionDenied):
        actions.keep_access(others, role_of(here.boss.person), by=here.chief.person)
    actions.take_access(others, role_of(here.boss.person), [AccessPart.EXPORT], by=coordinator)
    assert not ExportRight.objects.exists()


def test_coordinator_reviews_the_workers_where_nobody_supervises(here, review):
    Membership.objects.filter(organisation=here.organisation, role=Role.SUPERVISOR).delete()
    assert actions.keep_access(review, role_of(here.anna.person), by=person(Role.COORDINATOR))


def test_coordinator_does_not_review_the_own_access_and_ends_no_other_alone():
    office = organisation("office")
    one, two = person(Role.COORDINATOR, office), person(Role.COORDINATOR, office)
    begin_access_reviews()
    review = AccessReview.objects.get(organisation=office)
    with pytest.raises(OwnAccess):
        actions.keep_access(review, role_of(one), by=one)
    actions.take_access(review, role_of(two), [AccessPart.ROLE], by=one)
    assert role_of(two)
    assert Proposal.objects.open().count() == 1


def test_database_refuses_a_decision_about_oneself(here, review):
    chief = here.chief.person
    with pytest.raises(IntegrityError), transaction.atomic():
        save_stamped(AccessDecision(review=review, person=chief, role=Role.WORKER, decided_by=chief))


def test_role_of_another_review_is_not_decided_here(here, review):
    with pytest.raises(DeskMoveNotPossible):
        actions.keep_access(review, role_of(here.boss.person), by=here.chief.person)


def test_role_is_decided_once(here, review):
    actions.keep_access(review, role_of(here.anna.person), by=here.chief.person)
    with pytest.raises(DecidedAlready):
        actions.take_access(review, role_of(here.anna.person), [AccessPart.ROLE], by=here.boss.person)


def test_review_is_signed_when_everybody_was_looked_at(here, review):
    with pytest.raises(PeopleLeft):
        actions.sign_review(review, by=here.chief.person)
    for who in (here.anna, here.ben):
        actions.keep_access(review, role_of(who.person), by=here.boss.person)
    signed = actions.sign_review(review, by=here.chief.person)
    assert signed.state == ReviewState.DONE
    with pytest.raises(ReviewOver):
        actions.sign_review(review, by=here.chief.person)


@pytest.mark.parametrize(
    "change", [{"opened_at": datetime(2024, 1, 1, tzinfo=UTC)}, {"closes_at": datetime(2099, 1, 1, tzinfo=UTC)}]
)
def test_review_that_was_forged_is_not_signed(here, review, change):
    AccessReview.objects.filter(pk=review.pk).update(**change)
    with pytest.raises(Unopenable):
        actions.sign_review(review, by=here.chief.person)


def test_review_with_a_decision_that_was_forged_is_not_signed(here, review):
    for who in (here.anna, here.ben, here.boss):
        AccessDecision.objects.create(
            review=review, person=who.person, role=Role.WORKER, decided_by=here.chief.person, stamp="x" * 64
        )
    with pytest.raises(Unopenable):
        actions.sign_review(review, by=here.chief.person)
