"""A case is opened, its facts and its risk change; and nothing of it is plain that has to be sealed."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from desks.cases import actions
from desks.cases.casework import IdentityBlock, Task
from desks.cases.code_lists import AgeBand, AgeBasis, Answer, CaseSource
from desks.cases.errors import FactsChanged, NeedsWords, NotAKeyHolder, NotAnAdult, NotLowered
from desks.cases.models import Assignment, Case
from desks.cases.states import EntryKind, Stage, VictimStatus
from desks.desk.errors import NoDeskKey
from desks.reports.states import Risk
from partners.memberships.states import Role
from tests.desks.cases.case_desks import CaseDesk, again, in_days, new_case
from tests.desks.inbox.inbox_desks import stranger
from tests.people import person
from tests.vault.people import reads
from victor.audit.models import Entry
from victor.mail.models import Message as Mail

pytestmark = pytest.mark.django_db


def test_open_case_is_readable_by_the_colleagues(here):
    block = IdentityBlock.objects.get(case=here.case())
    assert [reads(block.envelope, reader) for reader in (here.anna, here.ben, here.chief)] == [True] * 3


def test_open_case_begins_at_the_first_stage(here):
    case = here.case()
    assert case.stage == Stage.OPENED
    assert case.victim_status == VictimStatus.UNASSESSED


def test_open_case_by_somebody_else_is_refused(here):
    with pytest.raises(PermissionDenied):
        actions.open_case(here.desk, new_case(), by=stranger())


def test_open_case_by_somebody_without_keys_is_refused(here):
    keyless = person(Role.WORKER, here.organisation)
    with pytest.raises(NoDeskKey):
        actions.open_case(here.desk, new_case(), by=keyless)


def test_open_case_for_a_worker_without_keys_is_refused(here):
    keyless = person(Role.WORKER, here.organisation)
    with pytest.raises(NotAKeyHolder):
        here.case(worker=keyless)


def test_open_case_from_a_report_takes_over_nothing_but_links_it(here):
    report = here.report()
    case = actions.open_case(here.desk, new_case(source=CaseSource.REPORT), report=report, by=here.anna.person)
    assert [linked.report for linked in case.linked_reports.all()] == [report]


def test_open_case_from_a_report_of_another_desk_is_refused(here):
    report = CaseDesk("other").report()
    with pytest.raises(PermissionDenied):
        actions.open_case(here.desk, new_case(), report=report, by=here.anna.person)


def test_open_case_of_an_adult_without_a_proof_is_refused(here):
    with pytest.raises(NotAnAdult):
        here.case(age_band=AgeBand.ADULT, age_basis=AgeBasis.DECLARED)


def test_open_case_of_an_adult_with_a_document_is_possible(here):
    assert here.case(age_band=AgeBand.ADULT, age_basis=AgeBasis.DOCUMENTED).age_band == AgeBand.ADULT


def test_open_case_without_a_reason_for_the_risk_is_refused(here):
    with pytest.raises(NeedsWords):
        here.case(reason=" ")


def test_open_case_before_the_limits_were_told_makes_a_task_with_a_day(here):
    tomorrow = in_days(1)
    case = here.case(limits_told=False, limits_task="Tell the child", limits_due_at=tomorrow)
    assert [task.due_at for task in Task.objects.filter(case=case)] == [tomorrow]


def test_open_case_without_a_day_for_the_limits_is_refused(here):
    with pytest.raises(NeedsWords):
        here.case(limits_told=False)


def test_open_case_names_its_worker(here):
    case = here.case()
    assert [row.person for row in Assignment.objects.filter(case=case, until=None)] == [here.anna.person]


def test_reference_tells_neither_country_nor_number(here):
    references = {actions.new_reference() for _number in range(50)}
    assert all(len(reference) == 7 and reference[3] == "-" for reference in references)
    assert len(references) == 50


def test_set_risk_higher_acts_at_once(here):
    case = here.case()
    actions.set_risk(case, Risk.HIGH, "The man came back", by=here.anna.person)
    assert again(case).risk == Risk.HIGH


def test_set_risk_lower_is_refused(here):
    case = here.case()
    with pytest.raises(NotLowered):
        actions.set_risk(case, Risk.LOW, "Quiet", by=here.chief.person)
    assert again(case).risk == Risk.MEDIUM


def test_set_risk_without_a_reason_is_refused(here):
    with pytest.raises(NeedsWords):
        actions.set_risk(here.case(), Risk.HIGH, "", by=here.anna.person)


def test_set_risk_to_danger_tells_the_supervisors(here):
    actions.set_risk(here.case(), Risk.DANGER, "A knife", by=here.anna.person)
    recipients = set(Mail.objects.values_list("recipient", flat=True))
    assert recipients == {here.chief.person.email, here.boss.person.email}


def test_set_risk_to_the_same_danger_tells_nobody_twice(here):
    case = here.case(risk=Risk.DANGER)
    actions.set_risk(case, Risk.DANGER, "Still", by=here.anna.person)
    assert not Mail.objects.exists()


def test_change_facts_notes_them_in_the_timeline(here):
    case = here.case()
    changed = {"unaccompanied": Answer.YES}
    actions.change_facts(case, changed, seen={"unaccompanied": Answer.UNKNOWN}, by=here.anna.person)
    assert again(case).unaccompanied == Answer.YES
    assert case.timeline.filter(kind=EntryKind.FACTS).exists()


def test_change_facts_that_somebody_else_has_changed_is_refused(here):
    case, seen = here.case(), {"unaccompanied": Answer.UNKNOWN}
    actions.change_facts(case, {"unaccompanied": Answer.YES}, seen=seen, by=here.anna.person)
    with pytest.raises(FactsChanged):
        actions.change_facts(case, {"unaccompanied": Answer.NO}, seen=seen, by=here.ben.person)
    assert again(case).unaccompanied == Answer.YES


def test_change_facts_to_an_adult_without_a_proof_is_refused(here):
    case = here.case()
    with pytest.raises(NotAnAdult):
        actions.change_facts(case, {"age_band": AgeBand.ADULT}, seen={"age_band": "unknown"}, by=here.anna.person)


def test_log_of_a_case_holds_no_word_of_it(here):
    case = here.case()
    actions.set_risk(case, Risk.HIGH, "The man came back", by=here.anna.person)
    details = " ".join(Entry.objects.values_list("details", flat=True))
    assert "man" not in details
    assert "Ioana" not in details


def test_columns_of_a_case_hold_no_word_of_it(here):
    here.case()
    values = " ".join(map(str, Case.objects.values_list()[0]))
    assert "Ioana" not in values
