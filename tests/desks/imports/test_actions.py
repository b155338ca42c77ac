"""A file waits sealed for a day, what its columns mean is said once, and cases are opened once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from desks.cases.casework import IdentityBlock, Task
from desks.cases.envelopes import read_words
from desks.cases.models import Case, TimelineEntry
from desks.cases.states import EntryKind
from desks.exchange.case_contents import read_kept
from desks.exchange.models import HtcdsExtra
from desks.facts.actions import facts_of
from desks.imports import actions, openings
from desks.imports.contents import read_upload
from desks.imports.errors import ImportGone, NoRowChosen, NotMapped, UnknownKept
from desks.imports.models import CaseImport, ColumnMapping
from desks.imports.periodic import erase_imports
from desks.imports.presenters import known_children
from desks.imports.states import ImportKind
from tests.desks.cases.case_desks import CaseDesk
from tests.desks.imports.own_lists import HEADINGS, MAPPING, ROWS, csv_list, said
from tests.people import person
from victor.audit.models import Entry
from victor.vault.errors import Unopenable
from victor.vault.keys.models import Key
from victor.vault.records.models import Envelope

pytestmark = pytest.mark.django_db


def begun(here: CaseDesk, content: bytes | None = None) -> CaseImport:
    file = read_upload(ImportKind.LIST, content or csv_list())
    return actions.begin_import(here.desk, ImportKind.LIST, file, by=here.chief.person)


def mapped(here: CaseDesk, content: bytes | None = None) -> CaseImport:
    """A list that waits, of which the desk knows the columns."""
    row = begun(here, content)
    actions.save_mapping(row, HEADINGS, MAPPING, by=here.chief.person)
    return row


def test_worker_and_supervisor_of_another_desk_bring_nothing_in(here):
    file = read_upload(ImportKind.LIST, csv_list())
    for who in (here.anna.person, CaseDesk("lamp").chief.person):
        with pytest.raises(PermissionDenied):
            actions.begin_import(here.desk, ImportKind.LIST, file, by=who)
    assert not CaseImport.objects.exists()


def test_file_of_whose_columns_nothing_is_said_opens_nothing(here):
    row = begun(here)
    with pytest.raises(NotMapped):
        openings.open_cases(row, said(), by=here.chief)
    assert not Case.objects.exists()


def test_list_becomes_cases_through_the_actions_of_people(here):
    row = mapped(here)
    assert openings.open_cases(row, said(worker=here.anna.person), by=here.chief) == 2
    first = Case.objects.order_by("opened_at").first()
    assert first.language == "ro"
    assert first.worker == here.anna.person
    assert first.desk == here.desk
    assert first.due_at is not None
    assert Task.objects.get(case=first).due_at > first.opened_at
    assert facts_of(first).sex == "female"
    assert facts_of(first).citizenship == "union"
    block = IdentityBlock.objects.select_related("envelope__key").get(case=first, block="identity")
    assert read_words(first, [block], by=here.anna)[block.envelope_id]["given"] == "Ioana"
    notes = TimelineEntry.objects.filter(case=first, kind=EntryKind.NOTE)
    assert notes.count() == 1
    assert read_kept(first, by=here.anna)[0]["values"] == {"Shoe size": "36"}


def test_last_row_takes_the_file_with_it(here):
    row = mapped(here)
    openings.open_cases(row, said(), by=here.chief)
    assert not CaseImport.objects.exists()
    assert not Envelope.objects.filter(key=row.key_id).exists()
    assert not Key.objects.filter(pk=row.key_id).exists()
    with pytest.raises(ImportGone):
        openings._settle_row(row, 1, None, said(), by=here.chief.person)


def test_log_says_codes_and_counts_only(here):
    openings.open_cases(mapped(here), said(), by=here.chief)
    entries = Entry.objects.filter(action__startswith="import.")
    assert [entry.action for entry in entries.order_by("pk")] == ["import.begun", "import.prepared", "import.imported"]
    assert Entry.objects.filter(action="case.imported").count() == 2
    assert "Ioana" not in " ".join(str(entry.details) for entry in Entry.objects.all())


def test_row_that_is_left_out_is_not_opened(here):
    row = mapped(here)
    assert openings.open_cases(row, said(left_out={2}), by=here.chief) == 1
    assert Case.objects.count() == 1
    with pytest.raises(NoRowChosen):
        openings.open_cases(mapped(here), said(left_out={2, 3}), by=here.chief)


def test_cell_without_a_field_is_kept_only_where_somebody_says_so(here):
    row = mapped(here, csv_list([*ROWS[0][:3], "spring", *ROWS[0][4:]]))
    with pytest.raises(UnknownKept):
        openings.open_cases(row, said(), by=here.chief)
    assert not Case.objects.exists()
    openings.open_cases(row, said(keep=True), by=here.chief)
    groups = read_kept(Case.objects.get(), by=here.chief)
    assert {name for group in groups for name in group["values"]} == {"Born", "Shoe size"}


def test_opening_that_stopped_goes_on_where_it_stopped(here):
    row = mapped(here)
    cases, _faults = openings.read_incoming(row, language="el", by=here.chief)
    openings._settle_row(row, 1, cases[0], said(), by=here.chief.person)
    with pytest.raises(ImportGone):
        openings._settle_row(row, 1, cases[0], said(), by=here.chief.person)
    assert openings.open_cases(CaseImport.objects.get(), said(), by=here.chief) == 1
    assert Case.objects.count() == 2


def test_child_who_is_known_is_named_with_the_case(here):
    case = here.case()
    row = mapped(here)
    cases, _faults = openings.read_incoming(row, language="el", by=here.chief)
    row = actions.look_for_known(row, cases, by=here.chief.person)
    assert row.known is not None
    known = known_children(row, by=here.chief)
    assert [reference for reference, _why in known[2].candidates] == [case.reference]
    assert 3 not in known


def test_same_headings_need_no_new_mapping(here):
    mapped(here)
    listed = read_upload(ImportKind.LIST, csv_list(ROWS[1]))
    assert actions.read_mapping(here.desk, listed.letters, by=here.chief) == MAPPING
    mapped(here)
    assert ColumnMapping.objects.count() == 1
    assert Envelope.objects.filter(purpose="import.columns").count() == 1


def test_file_goes_after_a_day(here, at):
    row = mapped(here)
    at(timezone.now() + timedelta(hours=23, minutes=59))
    assert erase_imports() == 0
    at(timezone.now() + timedelta(hours=24, minutes=1))
    with pytest.raises(ImportGone):
        openings.open_cases(row, said(), by=here.chief)
    assert erase_imports() == 1
    assert not CaseImport.objects.exists()
    assert not Key.objects.filter(pk=row.key_id).exists()


def test_file_that_is_discarded_leaves_nothing(here):
    row = mapped(here)
    actions.discard_import(row, by=here.chief.person)
    assert not Key.objects.filter(pk=row.key_id).exists()


def test_row_that_somebody_has_changed_is_refused(here):
    row = mapped(here)
    CaseImport.objects.filter(pk=row.pk).update(done=1)
    with pytest.raises(Unopenable):
        openings.open_cases(CaseImport.objects.get(pk=row.pk), said(), by=here.chief)


def test_what_is_kept_goes_with_the_case(here):
    openings.open_cases(mapped(here), said(), by=here.chief)
    case = Case.objects.filter(htcds_extra__isnull=False).first()
    assert case is not None
    case.delete()
    assert not HtcdsExtra.objects.filter(case=case.pk).exists()


def test_supervisor_who_left_finds_nothing(here):
    mapped(here)
    here.chief.person.memberships.all().delete()
    assert not CaseImport.objects.visible_to(type(here.chief.person).objects.get(pk=here.chief.person.pk)).exists()
    assert not CaseImport.objects.visible_to(person()).exists()
