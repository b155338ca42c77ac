"""What is in the files that leave, who takes them, until when, and what is written down of it."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from desks.cases.child_record import save_block
from desks.cases.code_lists import Block, Sensitivity, Source
from desks.cases.models import TimelineEntry
from desks.cases.notes import write_note
from desks.exchange import actions
from desks.exchange.ctdc_rows import LEAST
from desks.exchange.deliveries import open_cases, open_figures
from desks.exchange.errors import ExportClosed
from desks.exchange.models import DataExport, ExportRight
from desks.exchange.standard_files import read_json, read_xlsx
from desks.exchange.standard_rows import Part
from desks.exchange.states import ExportKind, ExportReason, FileForm
from desks.facts.actions import correct_facts
from desks.plans.models import Plan
from partners.memberships.states import Role
from tests.desks.cases.case_desks import CaseDesk
from tests.desks.exchange.counted_cases import open_cases as open_many
from tests.desks.exchange.counted_cases import plain_list
from tests.desks.exchange.test_actions import WHY, WORDS, allowed
from tests.desks.plans.plan_desks import agreed, determined
from tests.people import person
from tests.vault.people import open_vault
from victor.audit.models import Entry
from victor.vault.errors import NoGrant, Unopenable

pytestmark = pytest.mark.django_db
SECRET = "Never leaves with others"


def approved(here: CaseDesk, *cases) -> DataExport:
    """Anna may take a file of these cases."""
    allowed(here.anna.person, ExportKind.CASES, ExportKind.TABLES, by=here.chief.person)
    asked = actions.ask_for_cases(here.desk, cases, WHY, WORDS, by=here.anna.person)
    return actions.approve_export(asked, by=here.chief.person)


def written(here: CaseDesk):
    """A case with something of all that the standard has rows for."""
    child = {Block.IDENTITY: {"given": "Ioana", "family": "Zamfirescu", "birth_year": 2011, "birth_month": 3}}
    child[Block.IDENTITY] |= {"birth_day": 4, "citizenships": "Romania", "documents": "RO 12"}
    case = here.case(child=child)
    contact = {"address": "Strada 1", "phones": "+40712345678", "email": "i@example.org"}
    save_block(case, Block.CONTACT, contact, source=Source.CHILD, seen=0, by=here.anna.person)
    write_note(case, "She sleeps badly", by=here.anna.person)
    write_note(case, SECRET, sensitivity=Sensitivity.SENSITIVE, by=here.anna.person)
    correct_facts(case, {"sex": "female", "citizenship": "union", "form": "sexual"}, by=here.anna.person)
    return case


WRITTEN = {
    "prs_FirstName": "Ioana",
    "prs_SecondName": "Zamfirescu",
    "prs_Birthdate": "2011-03-04",
    "prs_Gender": "Feminine",
    "prs_PrimaryLanguage": "ron",
    "prs_Citizenship": ["RO"],
    "prs_IdentityNumber": "RO 12",
    "prs_Email": "i@example.org",
    "prs_MobilePhone": "+40712345678",
    "prs_MailingStreet": "Strada 1",
    "cas_Status": "Active",
}


def test_file_holds_what_is_written_in_the_case(here):
    case = written(here)
    (read,) = read_json(open_cases(approved(here, case), FileForm.JSON, by=here.anna))
    assert read.reference == case.reference
    assert read.values == WRITTEN | {"cas_CaseOwner": str(here.organisation)}
    assert read.parts[Part.COMMENTS] == [{"cco_CaseComment": "She sleeps badly"}]
    assert read.parts[Part.ORGANISATIONS][0]["org_Name"] == str(here.organisation)


def test_goals_of_the_valid_plan_leave(here):
    case = here.case()
    determined(here, case)
    agreed(here, case)
    (read,) = read_xlsx(open_cases(approved(here, case), FileForm.XLSX, by=here.anna))
    goals = Plan.objects.valid().get(case=case).goals.count()
    assert len(read.parts[Part.PLANS]) == goals
    assert all(row["spl_Objectives"] for row in read.parts[Part.PLANS])


def test_note_that_never_leaves_does_not(here):
    case = written(here)
    assert SECRET not in open_cases(approved(here, case), FileForm.JSON, by=here.anna).decode()


def test_each_case_and_the_log_say_that_it_left(here):
    cases = [here.case(), here.case()]
    open_cases(approved(here, *cases), FileForm.JSON, by=here.anna)
    assert TimelineEntry.objects.filter(kind="exported").count() == 2
    assert Entry.objects.filter(action="case.exported").count() == 2
    assert Entry.objects.filter(action="export.file_exported").count() == 1


def test_log_holds_nothing_of_the_child(here):
    open_cases(approved(here, written(here)), FileForm.JSON, by=here.anna)
    details = " ".join(Entry.objects.values_list("details", flat=True))
    assert not [word for word in ("Ioana", "Zamfirescu", "RO 12", WORDS) if word in details]


def test_only_the_asker_takes_the_file(here):
    export = approved(here, here.case())
    allowed(here.ben.person, ExportKind.CASES, by=here.chief.person)
    with pytest.raises(ExportClosed):
        open_cases(export, FileForm.JSON, by=here.ben)


def test_file_is_not_taken_before_the_approval_nor_after_a_day(here, at):
    allowed(here.anna.person, ExportKind.CASES, by=here.chief.person)
    asked = actions.ask_for_cases(here.desk, [here.case()], WHY, WORDS, by=here.anna.person)
    with pytest.raises(ExportClosed):
        open_cases(asked, FileForm.JSON, by=here.anna)
    actions.approve_export(asked, by=here.chief.person)
    at(timezone.now() + timedelta(hours=24))
    with pytest.raises(ExportClosed):
        open_cases(asked, FileForm.JSON, by=here.anna)


def test_file_is_not_taken_once_the_right_is_withdrawn(here):
    export = approved(here, here.case())
    for right in ExportRight.objects.all():
        actions.withdraw_right(right, by=here.chief.person)
    with pytest.raises(PermissionDenied):
        open_cases(export, FileForm.JSON, by=here.anna)


def test_file_needs_the_key_of_the_case(here):
    export = approved(here, here.case())
    other = open_vault(person(Role.WORKER))
    with pytest.raises(NoGrant):
        open_cases(export, FileForm.JSON, by=type(here.anna)(here.anna.person, other.key_id, other.private))


def test_tables_of_the_desk_are_taken_by_the_asker(here):
    open_many(here, plain_list(60))
    allowed(here.anna.person, ExportKind.TABLES, by=here.chief.person)
    asked = actions.ask_for_figures(
        ExportKind.TABLES, 2026, ExportReason.AUTHORITY, desk=here.desk, by=here.anna.person
    )
    actions.approve_export(asked, by=here.chief.person)
    content = open_figures(asked, FileForm.CSV, by=here.anna.person).decode()
    female = [line for line in plain_list(60) if line["year"] == "2026" and line["sex"] == "female"]
    numbers = [sum(line["status"] == status for line in female) for status in ("presumed", "identified")]
    assert f"Sex,Female,{numbers[0]},{numbers[1]},{sum(numbers)}" in content


@pytest.fixture
def network(at):
    """Two coordinators who may ask, after the end of a year in which many cases were opened."""
    at(datetime(2027, 3, 1, 12, tzinfo=UTC))
    one, two = person(Role.COORDINATOR), person(Role.COORDINATOR)
    for asker, giver in ((one, two), (two, one)):
        allowed(asker, ExportKind.ROWS, ExportKind.ALL_TABLES, by=giver)
    open_many(CaseDesk("many"), plain_list(200))
    at(datetime(2027, 3, 20, 12, tzinfo=UTC))
    return one, two


def released(asker, approver, kind=ExportKind.ROWS) -> DataExport:
    asked = actions.ask_for_figures(kind, 2026, ExportReason.STATISTICS, by=asker)
    return actions.approve_export(asked, by=approver)


@pytest.mark.parametrize("form", [FileForm.GLOBAL, FileForm.SYNTHETIC])
def test_rows_of_all_desks_are_never_of_few(network, form):
    content = open_figures(released(*network), form, by=network[0]).decode().lstrip("\ufeff")
    _titles, *rows = csv.reader(StringIO(content))
    assert rows
    assert min(Counter(map(tuple, rows)).values()) >= LEAST


def test_rows_of_a_year_stay_as_they_were_counted_first(network):
    before = open_figures(released(*network), FileForm.GLOBAL, by=network[0])
    open_many(CaseDesk("more"), plain_list(50))
    assert open_figures(released(network[1], network[0]), FileForm.GLOBAL, by=network[1]) == before


def test_rows_are_encrypted_in_the_database(network):
    released(*network)
    assert "Minor" not in DataExport.objects.get().content


def test_tables_of_all_desks_hide_what_the_page_of_figures_hides(network):
    export = released(*network, kind=ExportKind.ALL_TABLES)
    content = open_figures(export, FileForm.CSV, by=network[0]).decode()
    assert "not shown" in content
    shown = [int(cell) for line in csv.reader(StringIO(content)) for cell in line[2:] if cell.isdecimal()]
    assert all(number == 0 or number >= LEAST for number in shown if number != 2026)


def test_supervisor_does_not_approve_for_all_desks(network, here):
    asked = actions.ask_for_figures(ExportKind.ROWS, 2026, ExportReason.STATISTICS, by=network[0])
    with pytest.raises(PermissionDenied):
        actions.approve_export(asked, by=here.chief.person)


def test_request_that_was_altered_in_the_database_is_refused(here):
    export = approved(here, here.case())
    DataExport.objects.filter(pk=export.pk).update(kind=ExportKind.TABLES, year=2026)
    with pytest.raises(Unopenable):
        open_figures(export, FileForm.CSV, by=here.anna.person)
