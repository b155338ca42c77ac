"""Whether the child is a victim: a supervisor presumes, a body decides with its paper, and phases run side by side."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from desks.cases import decisions
from desks.cases.code_lists import Phase, StatusBody
from desks.cases.envelopes import read_words
from desks.cases.errors import CaseMoveNotPossible, InTheFuture, NeedsPaper, NeedsWords, SupervisorDecides
from desks.cases.models import Case, today
from desks.cases.obstacles import Ending, obstacles_to
from desks.cases.requests import StatusRequest
from desks.cases.states import STATUS_MOVES, VictimStatus
from tests.desks.cases.case_desks import CaseDesk, again
from tests.desks.inbox.inbox_desks import stranger
from victor.vault.records.actions import FileInfo, seal_file
from victor.vault.records.models import SealedFile

pytestmark = pytest.mark.django_db


def paper(case: Case) -> SealedFile:
    return seal_file(case.key, [b"paper"], about=FileInfo("", "application/pdf"))


def decide(here: CaseDesk, case: Case, status: VictimStatus, **given: object) -> None:
    """A decision as it comes from the police, recorded by a supervisor."""
    facts = {"body": StatusBody.POLICE, "decided_on": today(), "received_on": today(), "paper": paper(case)} | given
    decisions.record_status(case, status, "Because", by=here.chief.person, **facts)


@pytest.mark.parametrize("before", VictimStatus)
@pytest.mark.parametrize("status", VictimStatus)
def test_record_status_follows_from_the_one_before(here, before, status):
    case = here.case()
    Case.objects.filter(pk=case.pk).update(victim_status=before, status_body="police")
    if before in STATUS_MOVES[status]:
        decide(here, case, status)
        assert again(case).victim_status == status
    else:
        with pytest.raises(CaseMoveNotPossible):
            decide(here, case, status)


def test_presume_by_a_worker_is_refused(here):
    with pytest.raises(PermissionDenied):
        decisions.record_status(here.case(), VictimStatus.PRESUMED, "Signs", by=here.anna.person)


def test_see_indications_by_a_worker_is_possible(here):
    case = here.case()
    decisions.record_status(case, VictimStatus.INDICATIONS, "Signs", by=here.anna.person)
    assert again(case).victim_status == VictimStatus.INDICATIONS


@pytest.mark.parametrize("name", ["body", "decided_on", "received_on", "paper"])
def test_record_decision_of_a_body_without_its_proof_is_refused(here, name):
    with pytest.raises(NeedsPaper):
        decide(here, here.case(), VictimStatus.IDENTIFIED, **{name: None})


def test_record_decision_with_the_paper_of_another_case_is_refused(here):
    with pytest.raises(NeedsPaper):
        decide(here, here.case(), VictimStatus.IDENTIFIED, paper=paper(here.case()))


def test_record_decision_of_tomorrow_is_refused(here):
    with pytest.raises(InTheFuture):
        decide(here, here.case(), VictimStatus.IDENTIFIED, received_on=today() + timedelta(days=1))


def test_record_status_without_grounds_is_refused(here):
    with pytest.raises(NeedsWords):
        decisions.record_status(here.case(), VictimStatus.INDICATIONS, "", by=here.anna.person)


def test_identify_starts_the_clock_of_the_guardian_too(here):
    case = here.case()
    decide(here, case, VictimStatus.IDENTIFIED)
    assert case.clocks.filter(kind="guardian").exists()


def test_begin_two_phases_runs_both(here):
    case = here.case()
    for phase in (Phase.IDENTIFICATION, Phase.PROCEEDINGS):
        decisions.begin_phase(case, phase, "Begun", by=here.anna.person)
    assert case.phases.filter(until=None).count() == 2


def test_begin_phase_that_runs_is_refused(here):
    case = here.case()
    decisions.begin_phase(case, Phase.RETURN, "Begun", by=here.anna.person)
    with pytest.raises(CaseMoveNotPossible):
        decisions.begin_phase(case, Phase.RETURN, "Begun", by=here.anna.person)


def test_end_phase_twice_is_refused(here):
    phase = decisions.begin_phase(here.case(), Phase.RETURN, "Begun", by=here.anna.person)
    decisions.end_phase(phase, by=here.anna.person)
    with pytest.raises(CaseMoveNotPossible):
        decisions.end_phase(phase, by=here.anna.person)


def state_of(case: Case) -> str:
    """Where the only request about the status stands."""
    return StatusRequest.objects.get(case=case).state


def test_ask_to_presume_twice_is_refused(here):
    case = here.case()
    decisions.ask_to_presume(case, by=here.anna.person)
    with pytest.raises(CaseMoveNotPossible):
        decisions.ask_to_presume(case, by=here.ben.person)


def test_ask_to_presume_by_a_supervisor_is_refused(here):
    with pytest.raises(SupervisorDecides):
        decisions.ask_to_presume(here.case(), by=here.chief.person)


def test_ask_to_presume_by_a_stranger_is_refused(here):
    with pytest.raises(PermissionDenied):
        decisions.ask_to_presume(here.case(), by=stranger())


@pytest.mark.parametrize("status", [VictimStatus.PRESUMED, VictimStatus.IDENTIFIED])
def test_ask_to_presume_what_is_decided_is_refused(here, status):
    case = here.case()
    Case.objects.filter(pk=case.pk).update(victim_status=status, status_body="police")
    with pytest.raises(CaseMoveNotPossible):
        decisions.ask_to_presume(case, by=here.anna.person)


def test_presume_settles_the_request(here):
    case = here.case()
    decisions.ask_to_presume(case, by=here.anna.person)
    decisions.record_status(case, VictimStatus.PRESUMED, "Signs", by=here.chief.person)
    assert state_of(case) == "decided"


def test_see_indications_by_a_worker_leaves_the_request(here):
    case = here.case()
    decisions.ask_to_presume(case, by=here.anna.person)
    decisions.record_status(case, VictimStatus.INDICATIONS, "Signs", by=here.anna.person)
    assert state_of(case) == "asked"


def test_decline_status_keeps_the_reason_in_the_timeline(here):
    case = here.case()
    decisions.ask_to_presume(case, by=here.anna.person)
    decisions.decline_status(case, "Look again with the school", by=here.chief.person)
    entry = case.timeline.get(kind="no_status")
    assert read_words(case, [entry], by=here.anna)[entry.envelope_id] == {"text": "Look again with the school"}
    assert state_of(case) == "declined"
    assert again(case).victim_status == VictimStatus.UNASSESSED


def test_decline_status_by_a_worker_is_refused(here):
    case = here.case()
    decisions.ask_to_presume(case, by=here.anna.person)
    with pytest.raises(PermissionDenied):
        decisions.decline_status(case, "No", by=here.ben.person)


def test_decline_status_without_a_reason_is_refused(here):
    case = here.case()
    decisions.ask_to_presume(case, by=here.anna.person)
    with pytest.raises(NeedsWords):
        decisions.decline_status(case, " ", by=here.chief.person)


def test_decline_status_that_nobody_asks_about_is_refused(here):
    with pytest.raises(CaseMoveNotPossible):
        decisions.decline_status(here.case(), "No", by=here.chief.person)


def test_ask_to_presume_again_after_it_was_declined_is_possible(here):
    case = here.case()
    decisions.ask_to_presume(case, by=here.anna.person)
    decisions.decline_status(case, "Look again", by=here.chief.person)
    decisions.ask_to_presume(case, by=here.anna.person)
    assert StatusRequest.objects.filter(case=case).count() == 2


def test_request_about_the_status_stands_in_the_way_of_closing(here):
    case = here.case()
    decisions.ask_to_presume(case, by=here.anna.person)
    assert [obstacle.anchor for obstacle in obstacles_to(Ending.CLOSE, case)] == ["status-request"]
