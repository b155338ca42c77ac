"""A closed case goes whole on its day; whatever stands in the way keeps it, each warning is told once."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from desks.cases import closures, decisions, holds, notes, restrictions
from desks.cases.code_lists import Phase
from desks.cases.models import Case, LinkedReport
from desks.duplicates.models import BlindToken
from desks.endings import actions
from desks.endings.errors import CaseNotDue, CaseObstructed
from desks.endings.indicators import count_deleted_cases
from desks.endings.models import CaseDeletionRecord, CaseDeletionWarning
from desks.endings.periodic import retain_cases
from desks.reports.models import Report
from desks.retention.indicators import DeskPeriod
from tests.desks.cases.case_desks import CaseDesk, again
from tests.desks.endings.closed_cases import ADULT, LAST_DAY, closed, day, reopened, with_file
from tests.desks.retention.deletable_reports import noon, sealed_files, tables_that_name
from victor.audit.models import Entry
from victor.audit.verification import find_faults
from victor.mail.models import Message
from victor.vault.groups.models import Group
from victor.vault.keys.models import Key
from victor.vault.records.models import Envelope, SealedFile

pytestmark = pytest.mark.django_db
COUNTED = ("keys", "envelopes", "sealed", "cases", "tokens", "links", "files")


@pytest.fixture
def here(at, here) -> CaseDesk:
    at(noon())
    return here


@pytest.fixture
def swept(django_capture_on_commit_callbacks):
    """The clock, with what follows a commit."""

    def sweep() -> tuple[int, int, int]:
        with django_capture_on_commit_callbacks(execute=True):
            return retain_cases()

    return sweep


@pytest.fixture
def failing_deletion():
    """A slice that cannot forget what it knows of a case."""

    def fail(_case: Case) -> None:
        raise LookupError

    actions.before_deletion(fail)
    yield
    actions.BEFORE_DELETION.remove(fail)


def counts_of_records() -> dict[str, int]:
    """How many rows and files there are of what belongs to cases."""
    rows = {"keys": Key.objects.filter(kind="record"), "envelopes": Envelope.objects, "sealed": SealedFile.objects}
    rows |= {"cases": Case.objects, "tokens": BlindToken.objects, "links": LinkedReport.objects}
    return {name: of_kind.count() for name, of_kind in rows.items()} | {"files": len(sealed_files())}


def test_case_goes_on_its_day_and_leaves_no_row_no_key_and_no_file(here, at, swept):
    with_file(closed(here))
    at(noon(LAST_DAY - 1))
    assert swept()[0] == 0
    assert counts_of_records() | {"envelopes": 1, "tokens": 1} == dict(zip(COUNTED, (1, 1, 1, 1, 1, 0, 1), strict=True))
    at(noon(LAST_DAY))
    assert swept()[0] == 1
    assert set(counts_of_records().values()) == {0}
    assert swept() == (0, 0, 0)


@pytest.mark.parametrize("missed", [1, 400])
def test_case_goes_with_the_next_sweep_where_sweeps_were_missed(here, at, swept, missed):
    closed(here)
    at(noon(LAST_DAY + missed))
    assert swept() == (1, 0, 0)


def test_record_that_stays_says_reference_months_outcome_and_rule(here, at, swept):
    case = closed(here)
    at(noon(LAST_DAY))
    swept()
    proof = CaseDeletionRecord.objects.get()
    known = {"reference": case.reference, "outcome": "family_reunited", "rule": None, "due": day(LAST_DAY)}
    known |= {"opened": day(-14), "closed": day(-14)}
    assert {name: getattr(proof, name) for name in known} == known
    assert proof.envelopes > 0
    assert list(find_faults()) == []


def test_no_table_names_a_case_that_was_deleted_but_the_log_and_the_proof(here, at, swept):
    case = here.case(age_band="18+", age_basis="documented")
    restrictions.restrict_case(case, [here.anna.person, here.chief.person], by=here.chief)
    case = closed(here, again(case))
    at(noon(LAST_DAY - 1))
    swept()
    known = [str(case.pk), str(case.key_id), str(case.restricted_group_id)]
    known += [str(pk) for pk in Envelope.objects.filter(key=case.key_id).values_list("pk", flat=True)]
    before = tables_that_name([case.reference, *known])
    at(noon(LAST_DAY))
    assert swept()[0] == 1
    assert len(before) > 10
    assert tables_that_name([case.reference]) == ["desks_casedeletionrecord"]
    assert tables_that_name(known) == ["audit_entry"]
    assert Group.objects.get() == here.desk.group


def test_linked_report_stays_with_its_own_day(here, at, swept):
    report, case = here.report(), here.case(age_band="18+", age_basis="documented")
    notes.add_report(case, report, by=here.anna.person)
    closed(here, again(case))
    at(noon(LAST_DAY))
    swept()
    assert list(Report.objects.all()) == [report]
    assert not LinkedReport.objects.exists()


def test_running_case_is_refused(here):
    with pytest.raises(CaseNotDue):
        actions.erase_case(here.case(), by=actions.CLOCK)


def test_case_before_its_day_is_refused_though_a_late_job_names_it(here, at):
    case = closed(here)
    Case.objects.update(erase_on=day(-1))
    reopened(here, case)
    with pytest.raises(CaseNotDue):
        actions.erase_case(case, by=actions.CLOCK)
    assert again(case).reference == case.reference


def test_supervisor_does_not_delete_before_the_day(here):
    with pytest.raises(CaseNotDue):
        actions.erase_case(closed(here), by=here.chief.person)


def test_worker_does_not_delete(here, at):
    case = closed(here)
    at(noon(LAST_DAY))
    with pytest.raises(PermissionDenied):
        actions.erase_case(case, by=here.anna.person)


def test_held_case_stays(here, at, swept):
    case = closed(here)
    holds.hold_case(case, "The court asks", by=here.chief.person)
    at(noon(LAST_DAY + 400))
    assert swept() == (0, 0, 0)
    assert again(case).hold


def test_case_with_open_proceedings_is_put_off_by_thirty_days(here, at, swept):
    case = here.case(age_band="18+", age_basis="documented")
    phase = decisions.begin_phase(case, Phase.PROCEEDINGS, "The court has begun", by=here.anna.person)
    closed(here, again(case))
    at(noon(LAST_DAY))
    assert swept() == (0, 1, 1)
    assert again(case).erase_on == day(LAST_DAY + 30)
    type(phase).objects.update(until=day(LAST_DAY))
    at(noon(LAST_DAY + 30))
    assert swept()[0] == 1


def test_obstructed_case_names_what_keeps_it(here, at):
    case = here.case(age_band="18+", age_basis="documented")
    decisions.begin_phase(case, Phase.PROCEEDINGS, "The court has begun", by=here.anna.person)
    case = closed(here, again(case))
    at(noon(LAST_DAY))
    with pytest.raises(CaseObstructed) as refusal:
        actions.erase_case(case, by=here.chief.person)
    assert str(refusal.value) == "This case is kept: Criminal or civil proceedings are not over"


def test_supervisors_are_warned_thirty_seven_and_one_day_before_once_each(here, at, swept):
    closed(here)
    numbers = []
    for days in (31, 30, 29, 7, 7, 6, 1):
        at(noon(LAST_DAY - days))
        numbers.append(swept()[2])
    assert numbers == [0, 1, 0, 1, 0, 0, 1]
    assert CaseDeletionWarning.objects.count() == 3
    assert {mail.recipient for mail in Message.objects.all()} == {here.chief.person.email, here.boss.person.email}


def test_warning_names_no_case(here, at, swept):
    case = closed(here)
    at(noon(LAST_DAY - 30))
    swept()
    assert Message.objects.filter(facts__icontains=case.reference).count() == 0
    assert Entry.objects.filter(action="case.erasure_near").count() == 1


def test_case_that_was_altered_in_the_database_is_not_deleted(here, at, swept):
    case = closed(here)
    Case.objects.filter(pk=case.pk).update(stamp="0" * 64)
    at(noon(LAST_DAY))
    assert swept()[0] == 0
    assert Case.objects.filter(pk=case.pk).exists()


def test_failure_in_the_middle_leaves_the_case_whole(here, at, failing_deletion):
    case = closed(here)
    before = counts_of_records()
    at(noon(LAST_DAY))
    with pytest.raises(LookupError):
        actions.erase_case(case, by=actions.CLOCK)
    assert counts_of_records() == before
    assert not CaseDeletionRecord.objects.exists()


def test_deleted_cases_are_counted_by_outcome(here, at, swept):
    closed(here)
    at(noon(LAST_DAY))
    swept()
    scope = DeskPeriod.of_months([here.desk.pk], day(LAST_DAY), day(LAST_DAY))
    assert count_deleted_cases(scope) == {("family_reunited",): 1}


def merged(here: CaseDesk, case: Case, into: Case) -> Case:
    """A case that two people have merged with another."""
    request = closures.ask_to_merge(case, into, {"text": "The same child"}, by=here.anna.person)
    return closures.approve_move(request, by=here.chief.person)


def test_merged_case_goes_with_the_other_and_leaves_a_proof(here, at, swept):
    case, into = here.case(**ADULT), here.case(**ADULT)
    merged(here, case, into)
    closed(here, into)
    at(noon(LAST_DAY))
    assert swept()[0] == 1
    assert set(counts_of_records().values()) == {0}
    assert {proof.reference for proof in CaseDeletionRecord.objects.all()} == {case.reference, into.reference}


def test_hold_of_a_merged_case_keeps_both(here, at, swept):
    case, into = here.case(**ADULT), here.case(**ADULT)
    holds.hold_case(merged(here, case, into), "The court asks", by=here.chief.person)
    closed(here, into)
    at(noon(LAST_DAY))
    assert swept()[0] == 0
    assert Case.objects.count() == 2


def test_restricted_case_goes_with_what_was_merged_and_its_group(here, at, swept):
    case, into = here.case(**ADULT), here.case(**ADULT)
    merged(here, case, into)
    restrictions.restrict_case(into, [here.anna.person, here.chief.person], by=here.chief)
    closed(here, again(into))
    at(noon(LAST_DAY))
    assert swept()[0] == 1
    assert list(Group.objects.all()) == [here.desk.group]
