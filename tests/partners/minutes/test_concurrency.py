"""Two who save at the same moment lose nothing, and two decisions of the same moment have two numbers."""

from __future__ import annotations

from contextlib import suppress

import pytest

from partners.meetings.models import AgendaItem
from partners.minutes.actions import open_minutes, save_text
from partners.minutes.decisions import Votes, record_decision
from partners.minutes.errors import LooksLikeReference
from partners.minutes.models import Decision, ItemText
from tests.connections import call_at_once
from tests.partners.minutes.held_meetings import make_desks
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


def _try(item: AgendaItem, words: str, user: User) -> None:
    with suppress(LooksLikeReference):
        record_decision(item, words, Votes(), by=user)
