"""Whether the child is a victim: a supervisor presumes, a body decides with its paper, and phases run side by side."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from desks.cases import decisions
from desks.cases.code_lists import Phase, StatusBody
from desks.cases.errors import CaseMoveNotPossible, InTheFuture, NeedsPaper, NeedsWords
from desks.cases.models import Case, today
from desks.cases.states import STATUS_MOVES, VictimStatus
from tests.desks.cases.case_desks import CaseDesk, again
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
