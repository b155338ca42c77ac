"""The facts of a case follow its changes, can be corrected and erased, and stay when the case goes."""

from __future__ import annotations

from collections import Counter

import pytest
from django.core.exceptions import PermissionDenied

from desks.cases import actions as cases_actions
from desks.cases import decisions
from desks.cases.code_lists import AgeBand
from desks.cases.models import Case
from desks.cases.states import VictimStatus
from desks.endings.periodic import retain_cases
from desks.facts import actions
from desks.facts.ciphertexts import Facts, tag_of
from desks.facts.indicators import CASES, readable_facts
from desks.facts.models import CaseFacts
from desks.retention.indicators import DeskPeriod
from desks.screening.actions import begin_screening, finish_screening
from desks.screening.answers import ScreeningContent
from desks.screening.states import Means
from tests.desks.cases.case_desks import CaseDesk, again
from tests.desks.endings.closed_cases import LAST_DAY, closed
from tests.desks.retention.deletable_reports import noon

pytestmark = pytest.mark.django_db
CODES = {"sex": "female", "citizenship": "union", "form": "begging"}


@pytest.fixture
def here(at) -> CaseDesk:
    at(noon())
    return CaseDesk()


def figures(here: CaseDesk) -> dict:
    """The cases of the desk by the breakdowns of the Union."""
    cells: Counter = Counter()
    for cell, number in CASES.count(DeskPeriod.of_months([here.desk.pk], noon().date(), noon().date())).items():
        cells[cell[:6]] += number
    return dict(cells)


def test_opening_a_case_writes_one_row(here):
    case = here.case(age_band=AgeBand.TO_14)
    assert CaseFacts.objects.get().tag == tag_of(case.pk)
    assert figures(here) == {("unassessed", "unknown", "12-14", "unknown", "unknown", ""): 1}


def test_change_of_a_case_changes_its_row(here):
    case = here.case()
    decisions.record_status(case, VictimStatus.PRESUMED, "What she said", by=here.chief.person)
    seen = {"age_band": AgeBand.UNKNOWN}
    cases_actions.change_facts(again(case), {"age_band": AgeBand.TO_17}, seen=seen, by=here.anna.person)
    assert figures(here) == {("presumed", "unknown", "15-17", "unknown", "unknown", ""): 1}


def test_change_that_counts_nothing_writes_no_row(here):
    case = here.case()
    before = CaseFacts.objects.get().content
    cases_actions.set_risk(case, case.risk, "As before", by=here.anna.person)
    assert CaseFacts.objects.get().content == before


def test_correct_facts_says_what_only_people_know(here):
    actions.correct_facts(here.case(), CODES, by=here.anna.person)
    assert figures(here) == {("unassessed", "female", "unknown", "union", "begging", ""): 1}


def test_correct_facts_from_elsewhere_is_refused(here):
    other = CaseDesk("lamp")
    with pytest.raises(PermissionDenied):
        actions.correct_facts(here.case(), CODES, by=other.anna.person)


def test_leave_out_erases_the_facts_and_keeps_a_row(here):
    case = here.case()
    actions.correct_facts(case, CODES, by=here.anna.person)
    actions.leave_out(case, by=here.chief.person)
    cases_actions.set_risk(again(case), case.risk, "As before", by=here.anna.person)
    assert figures(here) == {}
    assert [facts.sex for facts in readable_facts()] == ["unknown"]


def test_leave_out_by_a_worker_is_refused(here):
    with pytest.raises(PermissionDenied):
        actions.leave_out(here.case(), by=here.anna.person)


def test_correct_facts_takes_a_case_in_again(here):
    case = here.case()
    actions.leave_out(case, by=here.chief.person)
    actions.correct_facts(case, CODES, by=here.anna.person)
    assert sum(figures(here).values()) == 1


def test_deleted_case_leaves_its_figures_and_no_way_back(here, at):
    case = closed(here)
    before = figures(here)
    at(noon(LAST_DAY))
    assert retain_cases()[0] == 1
    assert figures(here) == before
    assert [facts.outcome for facts in readable_facts()] == ["family_reunited"]
    assert not CaseFacts.objects.filter(tag=tag_of(case.pk)).exists()


def test_deleted_case_that_was_left_out_leaves_no_row(here, at):
    case = closed(here)
    actions.leave_out(case, by=here.chief.person)
    at(noon(LAST_DAY))
    retain_cases()
    assert not CaseFacts.objects.exists()


def test_shuffle_encrypts_every_row_again_and_changes_no_figure(here):
    for _number in range(5):
        here.case()
    before, contents = figures(here), {bytes(row.content) for row in CaseFacts.objects.all()}
    assert actions.shuffle_facts() == 5
    assert figures(here) == before
    assert contents.isdisjoint({bytes(row.content) for row in CaseFacts.objects.all()})


def test_row_that_was_altered_is_in_no_figure_and_survives_the_shuffle(here):
    here.case()
    CaseFacts.objects.update(content=b"altered")
    assert actions.shuffle_facts() == 1
    assert figures(here) == {}
    assert bytes(CaseFacts.objects.get().content) == b"altered"


MEANS = {"means": {Means.DECEPTION: "yes", Means.FORCE: "no", Means.ABDUCTION: "yes"}}


def screen(here: CaseDesk, case: Case, **given: object) -> None:
    """Somebody finishes a screening."""
    draft = begin_screening(again(case), by=here.anna.person)
    content = ScreeningContent(answers={"G5": "yes"}, **given)
    finish_screening(draft, content, seen=draft.version, by=here.anna.person)


def test_finished_screening_says_which_means_there_were(here):
    case = here.case()
    screen(here, case, elements=MEANS)
    assert actions.facts_of(case).means_kinds == "ad"
    assert actions.facts_of(case).means == "yes"
    screen(here, case)
    assert actions.facts_of(case).means_kinds == ""


def test_means_of_a_case_that_was_left_out_are_not_counted(here):
    case = here.case()
    actions.leave_out(case, by=here.chief.person)
    screen(here, case, elements=MEANS)
    assert actions.facts_of(case) == Facts(is_left_out=True)
