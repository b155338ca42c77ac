"""The guardian and the family: a step follows from the one before, and nobody traces who may be involved."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desks.cases import guardians
from desks.cases.code_lists import Answer, RelativeKind
from desks.cases.errors import CaseMoveNotPossible, FamilyMayBeInvolved, InTheFuture, NeedsWords, TracingBlocked
from desks.cases.models import Case, today
from desks.cases.states import GUARDIAN_MOVES, GuardianState
from tests.desks.cases.case_desks import CaseDesk, again

pytestmark = pytest.mark.django_db
NAME = {"name": "Court of Athens"}
SAFE = {"unaccompanied": Answer.NO, "family_may_be_involved": Answer.NO}


def record(here: CaseDesk, case: Case, state: GuardianState, **given: object) -> None:
    facts = {"words": NAME, "happened_on": today()} | given
    guardians.record_guardian(case, state, facts.pop("words"), by=here.anna.person, **facts)


@pytest.mark.parametrize("state", GuardianState)
@pytest.mark.parametrize("before", GuardianState)
def test_record_guardian_follows_from_the_state_before(here, before, state):
    case = here.case(**SAFE)
    Case.objects.filter(pk=case.pk).update(guardian_state=before)
    if before in GUARDIAN_MOVES.get(state, frozenset()):
        record(here, case, state)
        assert again(case).guardian_state == state
    else:
        with pytest.raises(CaseMoveNotPossible):
            record(here, case, state)


@pytest.mark.parametrize("name", SAFE)
@pytest.mark.parametrize("answer", [Answer.YES, Answer.UNKNOWN])
def test_record_that_none_is_needed_for_a_child_at_risk_is_refused(here, name, answer):
    case = here.case(**SAFE | {name: answer})
    with pytest.raises(FamilyMayBeInvolved):
        record(here, case, GuardianState.NOT_NEEDED)


def test_record_guardian_without_words_is_refused(here):
    with pytest.raises(NeedsWords):
        record(here, here.case(), GuardianState.REQUESTED, words={})


def test_record_guardian_of_tomorrow_is_refused(here):
    with pytest.raises(InTheFuture):
        record(here, here.case(), GuardianState.REQUESTED, happened_on=today() + timedelta(days=1))


def test_add_relative_who_may_be_contacted_while_the_family_may_be_involved_is_refused(here):
    with pytest.raises(TracingBlocked):
        guardians.add_relative(here.case(), RelativeKind.MOTHER, NAME, blocked=False, by=here.anna.person)


def test_allow_relative_once_the_family_is_not_involved(here):
    case = here.case(**SAFE)
    relative = guardians.add_relative(case, RelativeKind.MOTHER, NAME, blocked=True, by=here.anna.person)
    assert not guardians.allow_relative(relative, by=here.anna.person).blocked


def test_block_relative_is_always_possible(here):
    case = here.case(**SAFE)
    relative = guardians.add_relative(case, RelativeKind.MOTHER, NAME, blocked=False, by=here.anna.person)
    assert guardians.block_relative(relative, by=here.anna.person).blocked
