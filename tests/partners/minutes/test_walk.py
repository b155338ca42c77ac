"""Random walks over minutes, decisions and actions: no text is lost, no number is left out, two people approve."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from partners.meetings.models import AgendaItem, Meeting
from partners.minutes import actions, decisions, group_actions
from partners.minutes.agendas import next_meeting_of
from partners.minutes.contents import contents_of, digest_of
from partners.minutes.models import Action, Decision, ItemText, Minutes
from partners.minutes.states import ActionState, MinutesState
from tests.partners.minutes.held_meetings import digest, make_desks, make_meeting, task
from tests.walks import StandingWalk, walk
from victor.accounts.errors import AccountRefusal
from victor.accounts.models import User

WHO = st.integers(0, 2)
SEEN = st.integers(0, 3)
WHICH = st.integers(0, 20)


class Writing(StandingWalk):
    """A chair, a secretary and a member try everything with the minutes of one meeting; the next one is planned.

    `saved` has the text of each row, as somebody was told that it is saved.
    """

    refusals = (AccountRefusal, PermissionDenied)

    def __init__(self) -> None:
        super().__init__()
        self.desks = make_desks()
        self.people = [self.desks.chair, self.desks.secretary, self.desks.member]
        make_meeting(self.desks.group, 7, days=60)
        actions.open_minutes(self.desks.meeting, by=self.desks.secretary)
        self.saved: dict[int, str] = {}

    def newest(self) -> Minutes:
        return Minutes.objects.latest("version")

    def item(self, which: int) -> AgendaItem:
        return self.desks.meeting.agenda.all()[which % 3]

    def one(self, which: int) -> Action | None:
        rows = list(Action.objects.order_by("pk"))
        return rows[which % len(rows)] if rows else None

    @rule(who=WHO, which=WHICH, seen=SEEN, text=st.text("ab c", min_size=1, max_size=9))
    def save(self, who: int, which: int, seen: int, text: str) -> None:
        def write(by: User) -> None:
            before = ItemText.objects.current().filter(minutes=self.newest(), item=self.item(which)).first()
            row = actions.save_text(self.newest(), self.item(which), text, seen=seen, by=by)
            assert row.text == text
            assert before is None or row.pk != before.pk or before.text == text or seen == before.revision
            self.saved[row.pk] = text

        self.act(write, self.people[who])

    @rule(who=WHO, which=WHICH, is_used=st.booleans())
    def choose(self, who: int, which: int, is_used: bool) -> None:
        seconds = list(ItemText.objects.waiting().order_by("pk"))
        if seconds:
            self.act(actions.choose_text, seconds[which % len(seconds)], is_used=is_used, by=self.people[who])

    @rule(who=WHO)
    def circulate(self, who: int) -> None:
        self.act(actions.send_for_remarks, self.newest(), by=self.people[who])

    @rule(who=WHO)
    def take_back(self, who: int) -> None:
        self.act(actions.take_minutes_back, self.newest(), by=self.people[who])

    @rule(who=WHO, has_read=st.booleans())
    def approve(self, who: int, has_read: bool) -> None:
        seen = digest(self.newest()) if has_read else "0" * 64
        self.act(actions.approve_minutes, self.newest(), seen=seen, by=self.people[who])

    @rule(who=WHO)
    def correct(self, who: int) -> None:
        self.act(actions.correct_minutes, self.newest(), "A name", by=self.people[who])

    @rule(who=WHO)
    def remark(self, who: int) -> None:
        self.act(actions.add_remark, self.newest(), "I was there", by=self.people[who])

    @rule(who=WHO, which=WHICH, words=st.sampled_from(["Keep it", "R4M-7KQ", " "]))
    def decide(self, who: int, which: int, words: str) -> None:
        self.act(decisions.record_decision, self.item(which), words, decisions.Votes(1), by=self.people[who])

    @rule(who=WHO, whom=WHO, which=WHICH)
    def agree(self, who: int, whom: int, which: int) -> None:
        given = {"item": self.item(which), "by": self.people[who]}
        self.act(group_actions.add_action, self.desks.group, task(self.people[whom]), **given)

    @rule(who=WHO, which=WHICH, step=st.sampled_from(["finish", "verify", "return", "drop"]))
    def settle(self, who: int, which: int, step: str) -> None:
        action, words = self.one(which), {"finish": ["Done"], "drop": ["Not needed"]}
        if action is not None:
            act = getattr(group_actions, f"{step}_action")
            self.act(act, action, *words.get(step, []), by=self.people[who])

    @rule(days=st.integers(1, 8))
    def pass_days(self, days: int) -> None:
        self.now += timedelta(days=days)
        self.travel.stop()
        self.travel = time_machine.travel(self.now, tick=False)
        self.travel.start()

    @invariant()
    def no_text_is_lost(self) -> None:
        stored = dict(ItemText.objects.values_list("pk", "text"))
        assert self.saved.items() <= stored.items()

    @invariant()
    def numbers_have_no_gaps(self) -> None:
        numbers = sorted(Decision.objects.values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))

    @invariant()
    def approved_minutes_are_what_two_people_have_read(self) -> None:
        for minutes in Minutes.objects.filter(state=MinutesState.APPROVED):
            assert {minutes.chair, minutes.secretary} == {self.desks.chair, self.desks.secretary}
            assert digest_of(contents_of(minutes)) == minutes.digest

    @invariant()
    def confirmed_action_was_done_by_somebody_else(self) -> None:
        for action in Action.objects.filter(state=ActionState.VERIFIED):
            assert action.verified_by_id not in {None, action.done_by_id}

    @invariant()
    def open_actions_and_no_others_stand_on_the_next_agenda(self) -> None:
        meeting = next_meeting_of(self.desks.group)
        if meeting is None:
            return
        carried = Action.objects.filter(carried_to__meeting=meeting)
        assert set(carried) == set(Action.objects.open())
        assert Meeting.objects.get(pk=meeting.pk).agenda.count() == 3 + carried.count()


@pytest.mark.long
@pytest.mark.django_db
def test_walk_over_minutes_and_actions_loses_nothing(figure):
    walk(Writing, walks=12, steps=40)
    figure("steps of random walks over minutes and actions", Writing.steps)
