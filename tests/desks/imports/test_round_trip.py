"""Cases come in and go out through the real actions: nothing is lost, also what VICTOR does not model."""

from __future__ import annotations

from itertools import product

import pytest

from desks.cases.models import Case
from desks.exchange import actions as exchange_actions
from desks.exchange.actions import MAX_CASES
from desks.exchange.deliveries import open_cases
from desks.exchange.standard_files import read_file, write_json, write_xlsx
from desks.exchange.standard_rows import StandardCase
from desks.exchange.states import ExportKind, ExportReason, FileForm
from desks.imports import actions, openings
from desks.imports.contents import read_upload
from desks.imports.models import CaseImport
from desks.imports.states import ImportKind
from tests.desks.cases.case_desks import CaseDesk
from tests.desks.exchange.standard_cases import any_case
from tests.desks.imports.own_lists import said
from tests.sampling import sampled

pytestmark = pytest.mark.django_db
WRITERS = {FileForm.JSON: write_json, FileForm.XLSX: write_xlsx}


def bring_in(here: CaseDesk, cases: list[StandardCase], form: FileForm) -> list[Case]:
    """The cases of a file, in its order."""
    before = set(Case.objects.values_list("pk", flat=True))
    file = read_upload(ImportKind.STANDARD, WRITERS[form](cases))
    row = actions.begin_import(here.desk, ImportKind.STANDARD, file, by=here.chief.person)
    while row := CaseImport.objects.filter(pk=row.pk).first():
        assert openings.open_cases(row, said(), by=here.chief) <= openings.AT_ONCE
    return list(Case.objects.exclude(pk__in=before).order_by("opened_at"))


def take_out(here: CaseDesk, cases: list[Case], form: FileForm) -> dict[str, StandardCase]:
    """The cases of a file that leaves, by their references."""
    words = (ExportReason.MOVE, "To their own system")
    export = exchange_actions.ask_for_cases(here.desk, cases, *words, by=here.anna.person)
    exchange_actions.approve_export(export, by=here.chief.person)
    return {case.reference: case for case in read_file(open_cases(export, form, by=here.anna)).cases}


def differences(here: CaseDesk, cases: list[StandardCase], form: FileForm) -> int:
    """How many cases leave otherwise than they came; their references apart, which are ours."""
    opened = bring_in(here, cases, form)
    count = 0
    for start in range(0, len(cases), MAX_CASES):
        part = opened[start : start + MAX_CASES]
        left = take_out(here, part, form)
        for ours, theirs in zip(part, cases[start:], strict=False):
            case = left[ours.reference]
            count += (case.values, case.parts) != (theirs.values, theirs.parts)
    return count


@pytest.fixture
def exporting(here: CaseDesk) -> CaseDesk:
    exchange_actions.give_right(here.anna.person.memberships.get(), ExportKind.CASES, by=here.chief.person)
    return here


@pytest.mark.parametrize("form", [FileForm.JSON, FileForm.XLSX])
def test_cases_of_all_rows_go_out_as_they_came_in(exporting, form):
    assert differences(exporting, [any_case(number) for number in range(4)], form) == 0


@pytest.mark.parametrize(
    ("form", "count"), sampled(product(WRITERS, [60, 500]), daily=[], long=[(FileForm.JSON, 60), (FileForm.XLSX, 60)])
)
def test_many_cases_go_out_as_they_came_in(exporting, form, count, figure):
    number = differences(exporting, [any_case(number) for number in range(count)], form)
    figure(f"{count} cases brought in and taken out as {form}: differences", number)
    assert number == 0


def test_value_that_the_standard_does_not_know_goes_out_as_it_came(exporting):
    case = StandardCase("1", {"prs_FirstName": "Ioana", "prs_Gender": "Unsaid", "x_Own": ["a", "b"]})
    file = read_upload(ImportKind.STANDARD, write_json([case]))
    row = actions.begin_import(exporting.desk, ImportKind.STANDARD, file, by=exporting.chief.person)
    openings.open_cases(row, said(keep=True), by=exporting.chief)
    [left] = take_out(exporting, list(Case.objects.all()), FileForm.JSON).values()
    assert left.values == case.values
