"""Two who save at the same moment lose nothing; numbers and places of the same moment are each given once."""

from __future__ import annotations

from contextlib import suppress
from functools import partial

import pytest

from partners.meetings.agenda import add_item
from partners.meetings.models import AgendaItem
from partners.meetings.states import ItemKind
from partners.minutes.actions import open_minutes, save_text
from partners.minutes.decisions import Votes, record_decision
from partners.minutes.errors import LooksLikeReference
from partners.minutes.group_actions import add_action
from partners.minutes.models import Decision, ItemText
from tests.connections import call_at_once
from tests.partners.minutes.held_meetings import make_desks, make_meeting, task
from victor.accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_texts_saved_at_once_are_both_kept():
    desks = make_desks()
    draft, item = open_minutes(desks.meeting, by=desks.secretary), desks.item
    authors = [desks.chair, desks.secretary]
    call_at_once(lambda user: save_text(draft, item, f"By {user.name}", seen=0, by=user), authors)
    texts = dict(ItemText.objects.values_list("text", "state"))
    assert set(texts) == {"By The chair", "By The secretary"}
    assert sorted(texts.values()) == ["current", "second"]


def test_decisions_recorded_at_once_have_numbers_without_gaps():
    desks = make_desks()
    open_minutes(desks.meeting, by=desks.secretary)
    item = desks.item
    call_at_once(lambda words: record_decision(item, words, Votes(9, 0, 1), by=desks.secretary), ["A", "B", "C", "D"])
    assert sorted(Decision.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_refused_decision_takes_no_number():
    desks = make_desks()
    open_minutes(desks.meeting, by=desks.secretary)
    item = desks.item
    call_at_once(lambda words: _try(item, words, desks.secretary), ["A", "R4M-7KQ", "B"])
    assert sorted(Decision.objects.values_list("number", flat=True)) == [1, 2]


def test_items_added_and_carried_at_once_have_places_of_their_own():
    desks = make_desks()
    following, work = make_meeting(desks.group, 7, days=7), task(desks.member)
    given = {"kind": ItemKind.DISCUSSION, "minutes": 5, "who": "", "by": desks.secretary}
    add = partial(add_item, following, "Guests", **given)
    carry = partial(add_action, desks.group, work, by=desks.secretary)
    call_at_once(lambda act: act(), [add, carry] * 4)
    assert list(following.agenda.values_list("position", flat=True)) == list(range(1, 12))


def _try(item: AgendaItem, words: str, user: User) -> None:
    with suppress(LooksLikeReference):
        record_decision(item, words, Votes(), by=user)
