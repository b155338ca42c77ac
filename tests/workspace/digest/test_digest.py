"""Mails about tasks: kinds and numbers, once a day or a week, in the reader's hours; nothing due, no mail."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from partners.memberships.states import Role
from tests.partners.agreements.signed_agreements import make_agreement
from tests.people import browser_of, organisation, person
from victor.access import System
from victor.accounts.models import User
from victor.accounts.states import Digest
from victor.mail.emails import content_of
from victor.mail.models import Message
from victor.workspace.digest.actions import choose_digest, count_tasks, send_digest
from victor.workspace.digest.periodic import send_digests
from victor.workspace.digest.states import Part, part_of

pytestmark = pytest.mark.django_db
MONDAY = datetime(2027, 3, 1, 7, 0, tzinfo=UTC)  # nine o'clock in Athens
PAGE = "/en/workspace/digest/"


def reader(often: Digest = Digest.DAILY, **fields: object) -> User:
    """A coordinator with one task: an agreement without an owner."""
    user = person(Role.COORDINATOR, organisation("one"), factor=False, **fields)
    choose_digest(often, [], by=user)
    make_agreement(organisation("one"), organisation("two"), owner=None)
    return user


def times_told(at, hours: range) -> list[int]:
    """After how many hours a mail was queued, where the clock ticks each hour, twice."""
    hours_of_mails = []
    for hour in hours:
        at(MONDAY + timedelta(hours=hour))
        before = Message.objects.count()
        send_digests()
        send_digests()
        hours_of_mails += [hour] * (Message.objects.count() - before)
    return hours_of_mails


def test_daily_digest_comes_once_each_working_day(at):
    at(MONDAY)
    reader()
    assert times_told(at, range(0, 24 * 8, 3)) == [0, 24, 48, 72, 96, 168]


def test_weekly_digest_comes_once_a_week(at):
    at(MONDAY)
    reader(Digest.WEEKLY)
    assert times_told(at, range(0, 24 * 15, 3)) == [0, 168, 336]


@pytest.mark.parametrize("often", [Digest.NEVER, ""])
def test_digest_that_nobody_wants_is_not_sent(at, often):
    at(MONDAY)
    User.objects.filter(pk=reader().pk).update(digest=often)
    assert times_told(at, range(0, 48, 3)) == []


@pytest.mark.parametrize(("hour", "is_sent"), [(5, False), (6, True), (15, True), (16, False)])
def test_digest_comes_in_the_hours_where_the_reader_works(at, hour, is_sent):
    at(MONDAY.replace(hour=hour))
    reader()
    assert bool(send_digests()) is is_sent


def test_digest_with_nothing_due_is_no_mail(at):
    at(MONDAY)
    user = person(Role.EDITOR, factor=False)
    choose_digest(Digest.DAILY, [], by=user)
    assert times_told(at, range(0, 48, 3)) == []


def test_digest_says_kinds_and_numbers_in_the_language_of_the_reader(at):
    at(MONDAY)
    reader()
    send_digests()
    text = content_of(Message.objects.get()).text
    assert "Agreements: 1" in text
    assert "AG-" not in text


def test_digest_leaves_out_what_was_not_ticked(at):
    at(MONDAY)
    user = reader()
    choose_digest(Digest.DAILY, [Part.AGREEMENTS], by=user)
    assert send_digests() == 0


def test_digest_of_a_closed_account_is_not_sent(at):
    at(MONDAY)
    User.objects.filter(pk=reader().pk).update(is_active=False)
    assert send_digests() == 0


def test_digest_that_another_worker_has_sent_is_not_sent_again(at):
    at(MONDAY)
    pk = reader().pk
    first, second = (User.objects.get(pk=pk) for _worker in range(2))
    assert send_digest(first, by=System("test"))
    assert not send_digest(second, by=System("test"))


def test_tasks_are_counted_in_the_same_queries_for_one_and_for_many(django_assert_max_num_queries):
    user = reader()
    for _number in range(9):
        make_agreement(organisation("one"), organisation("two"), owner=None)
    with django_assert_max_num_queries(4):
        numbers, _overdue = count_tasks(User.objects.get(pk=user.pk), datetime.now(UTC))
    assert numbers == {Part.AGREEMENTS: 10}


@pytest.mark.parametrize(
    ("module", "part"),
    [("partners.agreements.todo", Part.AGREEMENTS), ("desks.plans.todo", Part.CASES), ("unknown.todo", Part.OTHER)],
)
def test_task_belongs_to_the_part_of_its_slice(module, part):
    assert part_of(module) == part


def test_page_saves_what_was_chosen():
    user = person(Role.PARTNER)
    browser_of(user).post(PAGE, {"often": "weekly", "parts": ["agreements"]})
    user.refresh_from_db()
    assert user.digest == Digest.WEEKLY
    assert Part.AGREEMENTS not in user.digest_without


def test_page_that_names_no_frequency_keeps_what_was_ticked():
    answer = browser_of(person(Role.PARTNER)).post(PAGE, {"parts": ["agreements"]})
    assert answer.status_code == 422


def test_page_is_closed_to_people_without_a_role():
    assert browser_of(person()).get(PAGE).status_code == 403
