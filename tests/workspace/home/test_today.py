"""What colleagues did today: of what is shared alone, never who has read, never of others, and in few queries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from partners.memberships.states import Role
from tests.partners.agreements.signed_agreements import make_agreement
from tests.people import organisation, person
from victor.accounts.models import User
from victor.audit.actions import record
from victor.todo.models import OpenItem
from victor.workspace.home.presenters import home_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> User:
    return person(Role.PARTNER, organisation("one"), factor=False)


def colleague(slug: str) -> User:
    return person(Role.COORDINATOR, organisation(slug), factor=False, name="Maria T.")


def today(reader: User) -> list[str]:
    return [deed.deed for deed in home_page(User.objects.get(pk=reader.pk)).today]


@pytest.mark.parametrize(("slug", "is_told"), [("one", True), ("two", False)])
def test_deed_of_a_colleague_is_told_once(reader, slug, is_told):
    agreement, by = make_agreement(organisation("one"), organisation("two")), colleague(slug)
    for _again in range(2):
        record("agreement.file_added", agreement, by=by)
    assert today(reader) == (["File added to an agreement"] if is_told else [])


@pytest.mark.parametrize("action", ["case.opened", "report.answered", "document.read", "referral.accepted"])
def test_deed_about_a_child_or_a_reading_is_not_told(reader, action):
    record(action, make_agreement(organisation("one"), organisation("two")), by=colleague("one"))
    assert today(reader) == []


def test_deed_of_yesterday_is_not_told(reader, at):
    at(timezone.now() - timedelta(days=2))
    record("agreement.file_added", make_agreement(organisation("one"), organisation("two")), by=colleague("one"))
    at(timezone.now() + timedelta(days=2))
    assert today(reader) == []


def test_first_page_takes_few_queries_beside_many_items(django_assert_max_num_queries):
    user = person(Role.TRAINER, organisation("one"), factor=False)
    now = timezone.now()
    given = {"kind": "trainings.bench", "audiences": [f"user:{user.pk}"], "since": now, "opens_at": now}
    OpenItem.objects.bulk_create(
        (OpenItem(source=str(n), object=f"o{n}", subject=f"s{n}", topic=f"t{n % 9}", **given) for n in range(2000)),
        batch_size=1000,
    )
    with django_assert_max_num_queries(15):
        home_page(User.objects.get(pk=user.pk))
