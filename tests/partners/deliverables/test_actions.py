"""A deliverable is read by somebody who has not written it; what was submitted stays; who owns it is told once."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import DatabaseError, IntegrityError, transaction

from partners.deliverables import actions
from partners.deliverables.errors import DeliverableMoveNotPossible, ReviewerIsAuthor, ReviewMissing
from partners.deliverables.models import Deliverable, DeliverableVersion
from partners.deliverables.periodic import watch_deliverables
from partners.deliverables.states import DeliverableState
from partners.memberships.actions import withdraw_role
from partners.memberships.states import Role
from tests.partners.activities.grants import make_package
from tests.people import organisation, person
from victor.access import System
from victor.accounts.models import User
from victor.files.states import FileFormat
from victor.mail.models import Message

pytestmark = pytest.mark.django_db
CONTENT = b"%PDF-1.7 the report"
DUE = date(2027, 6, 30)


@pytest.fixture
def author() -> User:
    return person(Role.TRAINER, organisation("one"), factor=False)


@pytest.fixture
def reviewer() -> User:
    return person(Role.EDITOR, organisation("two"), factor=False)


@pytest.fixture
def coordinator() -> User:
    return person(Role.COORDINATOR, factor=False)


def make_deliverable(**fields: object) -> Deliverable:
    given = {"code": "D1.1", "title_en": "A study", "due_on": DUE} | fields
    return Deliverable.objects.create(package=make_package(), **given)


def add(deliverable: Deliverable, by: User) -> DeliverableVersion:
    return actions.add_version(deliverable, ContentFile(CONTENT, name="study.pdf"), FileFormat.PDF, by=by)


def submitted(author: User, reviewer: User, coordinator: User) -> Deliverable:
    """One that went the whole way to the funder."""
    deliverable = make_deliverable()
    add(deliverable, author)
    actions.ask_for_review(deliverable, reviewer, by=author)
    actions.pass_review(deliverable, by=reviewer)
    actions.submit_deliverable(deliverable, by=coordinator)
    deliverable.refresh_from_db()
    return deliverable


def test_submitted_version_has_its_day_and_its_digest(author, reviewer, coordinator):
    deliverable = submitted(author, reviewer, coordinator)
    version = deliverable.versions.get()
    assert deliverable.state == DeliverableState.SUBMITTED
    assert version.submitted_on is not None
    assert version.sha256 == sha256(CONTENT).hexdigest()


def test_submitted_version_is_frozen(author, reviewer, coordinator):
    version = submitted(author, reviewer, coordinator).versions.get()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        DeliverableVersion.objects.filter(pk=version.pk).update(sha256="0")


def test_author_is_not_asked_for_the_review_by_right(author):
    deliverable = make_deliverable()
    add(deliverable, author)
    with pytest.raises(ReviewerIsAuthor):
        actions.ask_for_review(deliverable, author, by=author)


def test_author_is_not_the_reviewer_by_the_database(author):
    version = add(make_deliverable(), author)
    with pytest.raises(IntegrityError, match="partners_deliverableversion_two_people"):
        DeliverableVersion.objects.filter(pk=version.pk).update(reviewer=author)


def test_submit_without_the_review_is_refused(author, reviewer, coordinator):
    deliverable = make_deliverable()
    add(deliverable, author)
    actions.ask_for_review(deliverable, reviewer, by=author)
    with pytest.raises(ReviewMissing):
        actions.submit_deliverable(deliverable, by=coordinator)


def test_pass_review_by_another_person_is_refused(author, reviewer):
    deliverable = make_deliverable()
    add(deliverable, author)
    actions.ask_for_review(deliverable, reviewer, by=author)
    with pytest.raises(PermissionDenied):
        actions.pass_review(deliverable, by=author)


def test_deliverable_that_is_sent_back_gets_a_new_version(author, reviewer, coordinator):
    deliverable = submitted(author, reviewer, coordinator)
    actions.send_back_deliverable(deliverable, "Too short", by=coordinator)
    assert add(deliverable, author).number == 2


def test_version_while_it_is_read_is_refused(author, reviewer):
    deliverable = make_deliverable()
    add(deliverable, author)
    actions.ask_for_review(deliverable, reviewer, by=author)
    with pytest.raises(DeliverableMoveNotPossible):
        add(deliverable, author)


def test_restricted_version_is_read_by_its_own_people_only(author, reviewer, coordinator):
    submitted(author, reviewer, coordinator)
    stranger = person(Role.TRAINER, organisation("three"), factor=False)
    readers = [author, reviewer, coordinator, stranger]
    assert [DeliverableVersion.objects.visible_to(reader).count() for reader in readers] == [1, 1, 1, 0]


def test_public_version_is_read_by_all_partners_once_submitted(author, reviewer, coordinator):
    deliverable = submitted(author, reviewer, coordinator)
    Deliverable.objects.filter(pk=deliverable.pk).update(level="public")
    stranger = person(Role.TRAINER, organisation("three"), factor=False)
    assert DeliverableVersion.objects.visible_to(stranger).exists()


def test_due_day_is_told_once_at_each_of_three_days(at, author):
    make_deliverable(owner=author)
    days = []
    for left in (40, 31, 30, 29, 8, 7, 6, 1, 0, -3):
        at(DUE - timedelta(days=left))
        before = Message.objects.count()
        watch_deliverables()
        watch_deliverables()
        days += [left] * (Message.objects.count() - before)
    assert days == [30, 7, 0]


def test_due_day_is_not_told_once_it_is_submitted(at, author, reviewer, coordinator):
    submitted(author, reviewer, coordinator)
    at(DUE)
    assert watch_deliverables() == 0


def test_leaver_owns_and_reads_no_deliverable(author, reviewer):
    deliverable = make_deliverable(owner=reviewer)
    add(deliverable, author)
    actions.ask_for_review(deliverable, reviewer, by=author)
    withdraw_role(reviewer.memberships.get(), by=System("test"))
    deliverable.refresh_from_db()
    assert deliverable.owner is None
    assert deliverable.state == DeliverableState.DRAFT
